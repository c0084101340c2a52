import AWSCaller
import Chainguard
import TerminalUI

/// Creations that did not come to their end, of this run or an earlier one: continue, undo, or forget each.
struct UnfinishedScreen: PairedScreen {
    var selection = Selection(count: 0)
    var scroll = Scroll()
    /// The creation that is being continued, or was.
    private(set) var resumed: PendingCreation?
    private(set) var steps: [IdentityCreation.StepUpdate] = []
    private(set) var created: CreatedIdentity?
    private(set) var failure: Failure?

    static let bindings: [Binding<Command>] = [
        Binding(
            .character("c"), action: .continueCreation, label: "continue",
            help: "Look what exists and do what is left of it."),
        Binding(
            .character("u"), action: .undoCreation, label: "undo",
            help: "Delete what it made, after its name was typed."),
        Binding(
            .character("f"), action: .forgetCreation, label: "forget",
            help: "Drop the record; what exists at Chainguard stays."),
        Binding(
            .character("l"), action: .logIn, label: "log in", help: "When it is created: log in as the new identity."),
        Binding(
            .character("t"), action: .showToken, label: "token",
            help: "When it is created: sign a token for it and open it."),
        Binding(.character("r"), action: .refresh, label: "refresh", help: "Look again."),
    ]

    func selected(_ context: Context) -> PendingCreation? {
        let all = context.workspace.pendingCreations.value ?? []
        return selection.current.flatMap { $0 < all.count ? all[$0] : nil }
    }

    mutating func enter(_ context: Context) -> [Request] {
        (resumed, steps, created, failure) = (nil, [], nil, nil)
        scroll.reset()
        count(context)
        return context.workspace.pendingCreations.isLoading ? [] : [.run(.pendingCreations)]
    }

    private mutating func count(_ context: Context) {
        selection.setCount(context.workspace.pendingCreations.value?.count ?? 0)
    }

    mutating func receive(_ answer: Answer, of job: Job, _ context: Context) -> [Request] {
        count(context)
        guard resumed != nil, job.question == .creation else { return [] }
        switch answer {
        case .creationStep(let update):
            steps.note(update)
        case .created(let identity): created = identity
        case .failed(let reason): failure = reason
        default: break
        }
        return []
    }

    mutating func handle(_ key: Key, _ context: Context) -> [Request]? {
        if resumed == nil, selection.count > 1, selection.update(key) {
            scroll.reset()
            return []
        }
        return turn(key, context)
    }

    mutating func handle(_ hit: MouseHit, _ context: Context) -> [Request] {
        if let row = hit.clickedItem { selection.select(row) }
        return turnWheel(hit, context)
    }

    mutating func goBack(_ context: Context) -> [Request]? {
        hasWayBack(context) ? enter(context) : nil
    }

    func hasWayBack(_ context: Context) -> Bool { resumed != nil && !context.work.contains(.creation) }

    mutating func perform(_ command: Command, _ context: Context) -> [Request] {
        switch command {
        case .refresh: return enter(context)
        case .logIn: return created.map { .logIn(as: $0.identity.uid, name: $0.identity.name) } ?? []
        case .showToken: return created.map { [.choose($0.identity.uid, name: $0.identity.name, then: .token)] } ?? []
        default: return selected(context).map { perform(command, on: $0, context) } ?? []
        }
    }

    private mutating func perform(
        _ command: Command, on pending: PendingCreation, _ context: Context
    ) -> [Request] {
        switch command {
        case .continueCreation:
            (resumed, steps, created, failure) = (pending, [], nil, nil)
            scroll.reset()
            let caller = context.workspace.callerValues
            return [.run(.resume(pending, caller: caller, as: context.workspace.session))]
        case .undoCreation: return [.confirm(.undo(pending, context))]
        case .forgetCreation: return [.run(.forget(pending))]
        default: return []
        }
    }

    func objection(to command: Command, _ context: Context) -> String? {
        if context.work.contains(.creation) || context.work.contains(.dropping) { return "it is being worked on" }
        switch command {
        case .continueCreation, .undoCreation, .forgetCreation:
            if resumed != nil { return "Esc goes back to the list first" }
            return selected(context) == nil ? "nothing is unfinished" : nil
        case .logIn, .showToken: return created == nil ? "the identity is not created yet" : nil
        default: return nil
        }
    }
}
