import AWSCaller
import Chainguard
import TerminalUI

extension UnfinishedScreen {
    /// There is room for the selected one beside the list.
    func isPaired(_ context: Context) -> Bool { context.isWide && resumed == nil && selected(context) != nil }

    func pair(_ context: Context) -> PagePair {
        var pair = PagePair(context, leftPercent: 45)
        list(context, &pair.left)
        if let pending = selected(context) {
            pair.right.heading(pending.draft.name)
            describe(pending, context, &pair.right)
        }
        return pair
    }

    /// Everything one below the other.
    func page(_ context: Context) -> Page {
        var page = Page(width: min(context.content.width - 2, 110), theme: context.theme)
        if let resumed {
            progress(resumed, context, &page)
            return page
        }
        list(context, &page)
        if let pending = selected(context) {
            page.blank()
            describe(pending, context, &page)
        }
        return page
    }

    private func list(_ context: Context, _ page: inout Page) {
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
    }

    private func describe(_ pending: PendingCreation, _ context: Context, _ page: inout Page) {
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
