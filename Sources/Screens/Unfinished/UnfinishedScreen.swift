import AWSCaller
import Chainguard
import TerminalUI

/// Creations that did not come to their end, of this run or an earlier one: continue, undo, or forget each.
struct UnfinishedScreen: ScreenState {
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
            if let index = steps.firstIndex(where: { $0.step == update.step }) {
                steps[index] = update
            } else {
                steps.append(update)
            }
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
        let rows = page(context).rows.count
        return scroll.update(key, rows: rows, height: context.content.height) ? [] : nil
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
        if command == .refresh { return enter(context) }
        guard let pending = selected(context) else { return [] }
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
        default: return nil
        }
    }

    func draw(into surface: inout Surface, _ context: Context) {
        page(context).draw(into: &surface, in: context.content, scroll: scroll)
    }
}

extension UnfinishedScreen {
    func page(_ context: Context) -> Page {
        var page = Page(width: min(context.content.width - 2, 110), theme: context.theme)
        if let resumed {
            progress(resumed, context, &page)
            return page
        }
        page.heading("Creations that did not come to their end")
        let all = context.workspace.pendingCreations.value ?? []
        if all.isEmpty {
            let isAsking = context.workspace.pendingCreations.isLoading
            page.text(isAsking ? "looking …" : "Nothing is unfinished. Esc goes back.", context.theme.dim)
        }
        for (index, pending) in all.enumerated() {
            let isSelected = index == selection.current
            let sign = isSelected ? context.theme.glyphs.pointer : " "
            let ago = TimeText.ago(pending.started, now: context.now)
            let spans = [
                Span(pending.draft.name, isSelected ? context.theme.title : context.theme.text),
                Span("  begun \(ago)", context.theme.dim),
            ]
            page.answering(.item(index)) { $0.item(sign, context.theme.accent, spans) }
        }
        if let pending = selected(context) { describe(pending, context, &page) }
        return page
    }

    private func describe(_ pending: PendingCreation, _ context: Context, _ page: inout Page) {
        page.blank()
        page.pair("Parent", pending.draft.parent?.name ?? "")
        let principal = "\(pending.draft.kind.title) \(pending.draft.iamName) of \(pending.draft.account)"
        page.pair("Lets in", pending.draft.federation?.subject ?? principal)
        if let uid = pending.identity {
            page.exact("Exists as", uid.text)
        } else if pending.mayExist {
            page.pair("Exists", [Span("not known: it was asked for and no clear answer came", context.theme.warning)])
        } else {
            page.pair("Exists", "no: the request was not sent yet")
        }
        let roles = pending.draft.roles.map { "\($0.name) \(pending.bound.contains($0.uid) ? "bound" : "not bound")" }
        page.pair("Roles", roles.joined(separator: ", "))
        page.blank()
        if let problem = pending.problem {
            page.text("It was stopped by:", context.theme.dim)
            page.item(context.theme.glyphs.cross, context.theme.bad, [Span(problem.what)])
            if !problem.detail.isEmpty { page.text(problem.detail, context.theme.dim, indent: 2) }
        } else {
            page.text("The program ended before it was done, or another cgid is at it now.", context.theme.dim)
        }
    }

    private func progress(_ pending: PendingCreation, _ context: Context, _ page: inout Page) {
        page.heading("Continuing \(pending.draft.name)")
        for update in steps { StepRows.creation(update, context.workspace, &page) }
        if let failure {
            page.blank()
            page.failure(failure)
            page.text("Esc goes back to the list.", context.theme.dim)
        } else if let created {
            page.blank()
            let theme = context.theme
            page.item(theme.glyphs.check, theme.good, [Span("\(created.identity.name) is complete", theme.title)])
            page.exact("UIDP", created.identity.uid.text)
            page.pair("Roles", created.roles.map(\.name).joined(separator: ", "))
        } else if !context.work.contains(.creation) {
            page.blank()
            page.warning("Cancelled. Esc goes back to the list; what was done stays done")
        }
    }
}
