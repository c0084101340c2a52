import AWSCaller
import Chainguard
import FoundationEssentials
import TerminalUI

/// Who is calling AWS from this host, and why: the winner, the chain, what is worth knowing about it.
struct CallerScreen: ScreenState, Equatable {
    /// What the sources said so far, while the chain is walked.
    var reports: [CredentialSource: SourceReport] = [:]
    var asking: CredentialSource?
    /// When that source was asked.
    var askingSince: Date?
    var endpoint: STSEndpoint?
    var scroll = Scroll()

    static let bindings: [Binding<Command>] = [
        Binding(
            .character("n"), action: .newIdentity, label: "new identity",
            help: "Create an identity at Chainguard that this caller can assume, filled in from it."),
        Binding(.character("r"), action: .refresh, label: "refresh", help: "Walk the credential chain again."),
        Binding(
            .character("p"), action: .chooseProfile, label: "profile",
            help: "Look at the caller of another profile of the AWS files."),
    ]

    mutating func perform(_ command: Command, _ context: Context) -> [Request] {
        switch command {
        case .refresh:
            restart()
            return [.detect(context.workspace.profile)]
        case .newIdentity: return [.startWizard]
        case .chooseProfile: return [.prompt(.profile(context.workspace.profile))]
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
        guard case .callerProgress(let progress) = answer else { return [] }
        switch progress {
        case .asking(let source):
            asking = source
            askingSince = context.now
        case .report(let report):
            reports[report.source] = report
            if asking == report.source { asking = nil }
        case .askingSTS(let endpoint): self.endpoint = endpoint
        }
        return []
    }

    mutating func handle(_ key: Key, _ context: Context) -> [Request]? {
        let rows = context.isWide ? columns(context).map(\.rows.count).max() ?? 0 : page(context).rows.count
        return scroll.update(key, rows: rows, height: context.content.height) ? [] : nil
    }

    func wakes(_ context: Context) -> [Duration] {
        guard let expiry = context.workspace.caller.value?.resolution.credentials?.expiration, expiry > context.now
        else {
            return []
        }
        return [Format.nextChange(to: expiry, now: context.now)]
    }

    func objection(to command: Command, _ context: Context) -> String? {
        command == .refresh && context.workspace.caller.isLoading ? "the chain is being walked" : nil
    }
}
