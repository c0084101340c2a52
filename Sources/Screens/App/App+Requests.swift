import AWSCaller
import Chainguard
import TerminalUI

extension App {
    mutating func apply(_ requests: [Request]) -> [Effect] {
        requests.flatMap { apply($0) }
    }

    private mutating func apply(_ request: Request) -> [Effect] {
        switch request {
        case .run(let job): return run(job, owner: screen)
        case .detect(let probes): return run(.detectCaller(profile: workspace.profile, probes: probes), owner: nil)
        case .stop(let question): return stop { $0.job.question == question }
        case .go(let target): return go(to: target, keepsHistory: true)
        case .choose(let uid, let name, let target): return choose(uid, name: name, then: target)
        case .startWizard: return startWizard()
        case .edit(let identity):
            if edit.start(identity) { say("What was typed before is taken up; ^R starts over") }
            return go(to: .edit, keepsHistory: true)
        case .showBindings(let identity):
            bindings.start(identity)
            return go(to: .bindings, keepsHistory: true)
        case .back: return perform(.back)
        case .startLogin: return screen == .login ? perform(.logIn) : []
        case .chooseIdentity(let target):
            overlay = .identities(IdentityMenu(then: target, context))
            return listForMenu()
        case .confirm(let confirmation):
            overlay = .confirm(confirmation)
            return []
        case .prompt(let prompt):
            overlay = .prompt(prompt)
            return []
        case .facets(let menu):
            overlay = .facets(menu)
            return []
        case .profiles(let menu):
            if overlay == nil { overlay = .profiles(menu) }
            return []
        case .copy(let secret, let said):
            say(said)
            return [.copy(secret)]
        case .say(let text):
            say(text)
            return []
        case .use(let session): return use(session)
        }
    }

    /// The menu lists what is known; what is not is asked for where somebody is signed in.
    private mutating func listForMenu() -> [Effect] {
        guard workspace.identities.isUntouched, workspace.signedIn != nil else { return [] }
        return run(.identities(as: workspace.session), owner: screen)
    }

    /// The menu that is open shows what has just become known.
    mutating func refreshMenu(after answer: Answer) -> [Effect] {
        guard case .identities(var menu) = overlay else { return [] }
        switch answer {
        case .caller, .subject, .identitiesRemembered, .identities(_, _, complete: true), .failed:
            let effects = listForMenu()
            menu.take(context)
            overlay = .identities(menu)
            return effects
        default: return []
        }
    }

    mutating func run(_ job: Job, owner: Screen?) -> [Effect] {
        workspace.begin(job)
        return work.start(job, owner: owner, now: now)
    }

    mutating func stop(where condition: (Work.Running) -> Bool) -> [Effect] {
        for (_, running) in work.inOrder where condition(running) { workspace.stop(running.job) }
        return work.cancelAll(where: condition)
    }

    mutating func say(_ text: String, _ kind: Notices.Word.Kind = .done) {
        notices.say(text, kind, now: now)
    }

    /// Go to another screen: what this one asked for is cancelled, and delicate work asks first.
    mutating func go(to target: Screen, keepsHistory: Bool) -> [Effect] {
        guard target != screen else { return [] }
        if let delicate = delicateWork(of: screen) {
            overlay = .confirm(.abandon(delicate, to: target))
            return []
        }
        return move(to: target, keepsHistory: keepsHistory)
    }

    mutating func move(to target: Screen, keepsHistory: Bool) -> [Effect] {
        let left = screen
        let cancelled = stop { $0.owner == left } + (left == .wizard ? keepDraft() : [])
        if let farewell = current.farewell { say(farewell) }
        onCurrent { state, _ in state.leave() }
        history = keepsHistory ? history.filter { $0 != left && $0 != target } + [left] : []
        screen = target
        return cancelled + apply(onCurrent { $0.enter($1) })
    }

    /// What is typed in the wizard is kept for the next run this many seconds later, or when the wizard is left.
    static let draftPatience = 1.0

    /// Something was typed, or what was typed was made into an identity.
    var hasUnkeptDraft: Bool {
        screen == .wizard && (wizard.unfinishedDraft != nil || wizard.created != nil)
            && wizard.unfinishedDraft != workspace.keptDraft?.draft
    }

    mutating func keepDraft() -> [Effect] {
        guard wizard.unfinishedDraft != workspace.keptDraft?.draft else { return [] }
        workspace.keptDraft = wizard.unfinishedDraft.map {
            KeptDraft(api: options.endpoints.api, draft: $0, saved: now)
        }
        return run(.keepDraft(wizard.unfinishedDraft), owner: nil)
    }

    func delicateWork(of owner: Screen?) -> Job? {
        work.inOrder.first { $0.running.job.isDelicate && (owner == nil || $0.running.owner == owner) }?.running.job
    }

    private mutating func choose(_ uid: UIDP, name: String?, then target: Screen) -> [Effect] {
        if delicateWork(of: screen) != nil { return go(to: target, keepsHistory: true) }
        workspace.chosenName = name ?? workspace.name(of: uid)
        workspace.chosen = uid
        if target == .token { token.leavePasted() }
        return screen == target ? apply(onCurrent { $0.enter($1) }) : go(to: target, keepsHistory: true)
    }

    private mutating func startWizard() -> [Effect] {
        if let taken = wizard.start(context) { say(taken.words(now: now), taken.isOfCaller ? .done : .refused) }
        return go(to: .wizard, keepsHistory: true)
    }

    /// Be another AWS caller: nothing that was found or signed with the old profile stays.
    /// - Parameter profile: `nil` leaves the choice to the environment.
    mutating func use(profile: String?) -> [Effect] {
        workspace.profile = profile
        workspace.caller = Loadable()
        caller.restart()
        token.forgetSigned()
        wizard.forgetToken()
        return apply([.detect(probes: false)])
    }

    /// Look at Chainguard as somebody else.
    /// - Parameter subject: who that is, when it is known already.
    mutating func use(_ session: Session, as subject: AuthenticatedSubject? = nil) -> [Effect] {
        let stale: Set<Job.Question> = [.subject, .identities, .groups, .roles, .bindings, .repositories, .tags]
        let cancelled = stop { stale.contains($0.job.question) }
        workspace.change(to: session)
        notices.dismiss()
        if let subject { workspace.subject.finish(subject) }
        let asking = subject == nil ? run(.subject(as: session), owner: nil) : []
        for screen in Screen.allCases { on(screen) { $0.sessionChanged($1) } }
        return cancelled + asking + run(.groups(as: session), owner: nil) + apply(onCurrent { $0.enter($1) })
    }
}
