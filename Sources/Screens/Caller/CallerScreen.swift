import AWSCaller
import Chainguard
import FoundationEssentials
import TerminalUI

/// Who is calling AWS from this host, and why: the winner, the chain, what is worth knowing about it.
struct CallerScreen: PairedScreen, Equatable {
    /// What the sources said so far, while the chain is walked.
    var reports: [CredentialSource: SourceReport] = [:]
    var asking: CredentialSource?
    /// When that source was asked.
    var askingSince: Date?
    var endpoint: STSEndpoint?
    var scroll = Scroll()

    static let bindings: [Binding<Command>] = [
        Binding(
            .character("n"), action: .newIdentity, label: "new",
            help: "Create an identity at Chainguard that this caller can assume, filled in from it."),
        Binding(.character("r"), action: .refresh, label: "refresh", help: "Walk the credential chain again."),
        Binding(
            .character("p"), action: .chooseProfile, label: "profile",
            help: "Look at the caller of another profile of the AWS files."),
        Binding(
            .character("P"), action: .probe, label: "probe",
            help: "Ask every source of the network too, although an earlier one won: which credentials would they give?"
        ),
        Binding(.character("y"), action: .copyCaller, label: "copy ARN", help: "Copy the caller's ARN."),
    ]

    mutating func perform(_ command: Command, _ context: Context) -> [Request] {
        switch command {
        case .refresh, .probe:
            restart()
            return [.detect(probes: command == .probe)]
        case .newIdentity: return [.startWizard]
        case .chooseProfile: return [.run(.profiles)]
        case .copyCaller:
            return Self.arn(context).map { [.copy(Secret($0.description), said: "Copied the ARN \($0)")] } ?? []
        default: return []
        }
    }

    mutating func restart() {
        reports = [:]
        asking = nil
        askingSince = nil
        endpoint = nil
        scroll.reset()
    }

    mutating func receive(_ answer: Answer, of _: Job, _ context: Context) -> [Request] {
        switch answer {
        case .callerProgress(let progress): receive(progress, context)
        case .profiles(let profiles):
            return profiles.isEmpty
                ? [.say("Neither AWS file holds a profile")] : [.profiles(ProfileMenu(profiles, context))]
        default: break
        }
        return []
    }

    private mutating func receive(_ progress: CallerDetector.Progress, _ context: Context) {
        switch progress {
        case .asking(let source):
            asking = source
            askingSince = context.now
        case .report(let report):
            reports[report.source] = report
            if asking == report.source { asking = nil }
        case .askingSTS(let endpoint): self.endpoint = endpoint
        }
    }

    func wakes(_ context: Context) -> [Duration] {
        guard let expiry = context.workspace.caller.value?.resolution.credentials?.expiration, expiry > context.now
        else {
            return []
        }
        return [Format.nextChange(to: expiry, now: context.now)]
    }

    private static func arn(_ context: Context) -> ARN? { context.workspace.caller.value?.answer?.identity.arn }

    func objection(to command: Command, _ context: Context) -> String? {
        if command == .copyCaller { return Self.arn(context) == nil ? "the AWS caller is not known" : nil }
        let isLoading = context.workspace.caller.isLoading
        return [.refresh, .probe].contains(command) && isLoading ? "the chain is being walked" : nil
    }
}
