import AWSCaller
import Chainguard
import FoundationEssentials
import TerminalUI

/// Assuming an identity: the stages as they happen, then who one is at Chainguard and what one may do.
struct LoginScreen: ScreenState {
    var uid: UIDP?
    /// What the login is kept under, so that the operator's own token stays.
    var alias: String?
    var stages: [LoginStage: LoginFlow.StageUpdate] = [:]
    /// When the stage that runs now began.
    var stageBegan: Date?
    var outcome: LoginOutcome?
    var failure: Failure?
    var scroll = Scroll()

    static let bindings: [Binding<Command>] = [
        Binding(
            .enter, .character("l"), action: .logIn, label: "log in",
            help: "Log in as the chosen identity with this host's AWS credentials."),
        Binding(
            .character("i"), action: .enterIdentity, label: "identity", help: "Type the UIDP of the identity."),
        Binding(
            .character("o"), action: .useOperator, label: "operator",
            help: "Be the operator at Chainguard again; the login stays in the cache."),
        Binding(
            .character("t"), action: .showToken, label: "token", help: "Sign a token for the identity and open it."),
    ]

    mutating func enter(_ context: Context) -> [Request] {
        if let chosen = context.workspace.chosen, chosen != uid { self = LoginScreen(uid: chosen) }
        return []
    }

    mutating func receive(_ answer: Answer, of job: Job, _ context: Context) -> [Request] {
        switch answer {
        case .loginStage(let update):
            stages[update.stage] = update
            if update.state == .running { stageBegan = context.now }
        case .loggedIn(let outcome): self.outcome = outcome
        case .failed(let failure) where job.question == .login: self.failure = failure
        case .deleted(let uid) where uid == self.uid: self = LoginScreen()
        default: break
        }
        return []
    }

    mutating func handle(_ key: Key, _ context: Context) -> [Request]? {
        scroll.update(key, rows: page(context).rows.count, height: context.content.height) ? [] : nil
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Request] {
        switch command {
        case .logIn, .refresh: return logIn(context)
        case .enterIdentity: return [.prompt(.identity(then: .login))]
        case .useOperator: return [.use(.standard), .say("You are the operator again")]
        case .showToken: return uid.map { [.choose($0, name: nil, then: .token)] } ?? []
        default: return []
        }
    }

    private mutating func logIn(_ context: Context) -> [Request] {
        guard let uid else { return [.prompt(.identity(then: .login))] }
        self = LoginScreen(uid: uid)
        let alias = Session.alias(for: uid, name: context.workspace.name(of: uid))
        self.alias = alias
        return [.run(.login(uid, alias: alias, profile: context.workspace.profile))]
    }

    func objection(to command: Command, _ context: Context) -> String? {
        switch command {
        case .logIn where context.work.contains(.login): "a login is in progress"
        case .showToken: uid == nil ? "no identity is chosen" : nil
        case .useOperator: context.workspace.session == .standard ? "you are the operator" : nil
        default: nil
        }
    }

    func wakes(_ context: Context) -> [Duration] {
        guard let expiry = outcome?.expiry, expiry > context.now else { return [] }
        return [Format.nextChange(to: expiry, now: context.now)]
    }
}
