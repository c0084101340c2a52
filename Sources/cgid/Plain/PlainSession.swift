import AWSCaller
import Chainguard
import FoundationEssentials
import NcursesTerminal
import Screens

/// What the person is at, question by question. The jobs are those of the screens.
final class PlainSession {
    let runtime: Runtime
    let terminal: LineTerminal
    let isReadOnly: Bool
    let runner: EffectRunner
    private let mailbox: Mailbox<Event>
    private var lastJob = 0

    /// Whose Chainguard token is used.
    var login = Session.standard
    /// The AWS profile asked for; `nil` leaves the choice to the environment.
    var profile: String?
    var caller: DetectedCaller?
    /// The identities as they were listed last.
    var listed: [AssumableIdentity] = []

    init(runtime: Runtime, terminal: LineTerminal, isReadOnly: Bool) {
        self.runtime = runtime
        self.terminal = terminal
        self.isReadOnly = isReadOnly
        profile = runtime.profile
        let mailbox = Mailbox<Event>()
        self.mailbox = mailbox
        runner = EffectRunner(runtime: runtime) { mailbox.post($0) }
    }

    var now: Date { runtime.host.now() }
    var callerValues: CallerValues? { caller?.answer.map { CallerValues($0.identity) } }

    private struct Choice {
        let key: String
        let title: String
        let run: (PlainSession) throws -> Void
    }

    private var choices: [Choice] {
        let creating = [Choice(key: "3", title: "Create an identity for this caller") { try $0.createIdentity() }]
        let finishing = [
            Choice(key: "u", title: "Finish or drop a creation that broke off") { try $0.finishCreations() }
        ]
        let operating = [Choice(key: "o", title: "Be the operator again") { try $0.become(.standard) }]
        return [
            Choice(key: "1", title: "Who this host is at AWS, and why") { try $0.explainCaller() },
            Choice(key: "2", title: "Find an identity") { try $0.browseIdentities() },
        ] + (isReadOnly ? [] : creating) + [
            Choice(key: "4", title: "Sign a token for an identity and open it") { try $0.openToken(for: nil) },
            Choice(key: "5", title: "Log in as an identity") { try $0.logIn(as: nil) },
            Choice(key: "6", title: "Repositories and their tags") { try $0.browseRepositories() },
            Choice(key: "t", title: "Open a token that you paste") { try $0.openPasted() },
            Choice(key: "p", title: "Look at another AWS profile") { try $0.changeProfile() },
        ] + (isReadOnly ? [] : finishing) + (login == .standard ? [] : operating)
    }

    /// Until the person leaves.
    func run() throws {
        let badges = [runtime.sandboxURL.map { _ in "SANDBOX" }, isReadOnly ? "READ-ONLY" : nil].compactMap { $0 }
        terminal.say((["cgid \(CgidCommand.version)"] + badges).joined(separator: ", "))
        try attempt { try lookAtCaller() }
        try attempt { try lookAtSubject() }
        if !isReadOnly { try attempt { try lookForUnfinished() } }
        while true {
            terminal.say("")
            let choices = choices
            for choice in choices { terminal.say("\(choice.key). \(choice.title)") }
            terminal.say("q. Quit")
            let answer = try terminal.ask("What next").lowercased()
            if ["q", "quit", "exit"].contains(answer) { return }
            guard let choice = choices.first(where: { $0.key == answer }) else {
                if !answer.isEmpty { terminal.say("There is no '\(answer)' here.") }
                continue
            }
            try attempt { try choice.run(self) }
        }
    }

    /// A failure is told, and ^C goes back to the menu.
    private func attempt(_ work: () throws -> Void) throws {
        do {
            try work()
        } catch let failure as Failure {
            terminal.say("Failed: \(failure)")
        } catch LineTerminal.Leaving.interrupted {
            terminal.say("Cancelled.")
        }
    }

    // MARK: Jobs

    /// Runs one job to its end; ^C cancels it.
    /// - Parameter progress: is told what it says on the way.
    /// - Throws: the job's `Failure`, or why the person leaves.
    func answer(_ job: Job, progress: (Answer) -> Void = { _ in }) throws -> Answer {
        lastJob += 1
        let id = EffectID(rawValue: lastJob)
        runner.run(id, job)
        var isAnnounced = false
        while true {
            do {
                if try !terminal.wait(for: mailbox.wake, within: isAnnounced ? nil : Self.patience) {
                    terminal.say("\(job.title) …")
                    isAnnounced = true
                }
            } catch {
                runner.cancel(id)
                throw error
            }
            for case .answer(id, let answer, let isLast) in mailbox.drain() {
                if case .failed(let failure) = answer { throw failure }
                if isLast { return answer }
                progress(answer)
            }
        }
    }

    /// Milliseconds until a job that takes longer is announced.
    private static let patience: Int32 = 500
}
