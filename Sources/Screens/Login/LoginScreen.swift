import AWSCaller
import Chainguard
import FoundationEssentials
import TerminalUI

/// Assuming an identity: the stages as they happen, then who one is at Chainguard and what one may do.
struct LoginScreen: PairedScreen {
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
            .character("i"), action: .chooseIdentity, label: "identity",
            help: "Choose the identity from a list, those that let this caller in first, or type its UIDP."),
        Binding(
            .character("o"), action: .useOperator, label: "operator",
            help: "Be the operator at Chainguard again; the login stays in the cache."),
        Binding(
            .character("t"), action: .showToken, label: "token", help: "Sign a token for the identity and open it."),
        Binding(
            .character("w"), action: .logInWithWebIdentity, label: "web identity",
            help: "Log in with a JWT of AWS (GetWebIdentityToken), for an identity that matches on its subject."),
    ]

    mutating func enter(_ context: Context) -> [Request] {
        if let chosen = context.workspace.chosen, chosen != uid { self = LoginScreen(uid: chosen) }
        return []
    }

    mutating func receive(_ answer: Answer, of job: Job, _ context: Context) -> [Request] {
        if let uid, answer.gone.contains(uid) { self = LoginScreen() }
        switch answer {
        case .loginStage(let update):
            stages[update.stage] = update
            if update.state == .running { stageBegan = context.now }
        case .loggedIn(let outcome): self.outcome = outcome
        case .failed(let failure) where job.question == .login: self.failure = failure
        default: break
        }
        return []
    }

    /// The operator is back: what the login gave is not in use.
    mutating func forgetLogin() { self = LoginScreen(uid: uid) }

    mutating func perform(_ command: Command, _ context: Context) -> [Request] {
        switch command {
        case .logIn: return logIn(.signedRequest, context)
        case .logInWithWebIdentity: return logIn(.webIdentity, context)
        case .chooseIdentity: return [.chooseIdentity(then: .login)]
        case .showToken: return uid.map { [.choose($0, name: nil, then: .token)] } ?? []
        default: return []
        }
    }

    private mutating func logIn(_ proof: LoginProof, _ context: Context) -> [Request] {
        guard let uid else { return [.chooseIdentity(then: .login)] }
        self = LoginScreen(uid: uid)
        let alias = context.workspace.loginAlias(for: uid)
        self.alias = alias
        return [.run(.login(uid, proof: proof, alias: alias, profile: context.workspace.profile))]
    }

    func objection(to command: Command, _ context: Context) -> String? {
        let busy = context.work.contains(.login) ? "a login is in progress" : nil
        switch command {
        case .chooseIdentity: return busy
        case .logIn: return busy ?? objection(to: .signedRequest, context)
        case .logInWithWebIdentity:
            return busy ?? (uid == nil ? "no identity is chosen" : objection(to: .webIdentity, context))
        case .showToken: return uid == nil ? "no identity is chosen" : nil
        case .useOperator: return context.workspace.session == .standard ? "you are the operator" : nil
        default: return nil
        }
    }

    /// What is known of the identity decides which proof it can take.
    func objection(to proof: LoginProof, _ context: Context) -> String? {
        guard let relationship = uid.flatMap(context.workspace.identity)?.relationship,
            let reason = relationship.objection(to: proof)
        else { return nil }
        return switch relationship.proof {
        case .signedRequest: "\(reason): Enter logs in"
        case .webIdentity: "\(reason): w logs in with one"
        case nil: reason
        }
    }

    func wakes(_ context: Context) -> [Duration] {
        guard let expiry = outcome?.expiry, expiry > context.now else { return [] }
        return [Format.nextChange(to: expiry, now: context.now)]
    }
}
