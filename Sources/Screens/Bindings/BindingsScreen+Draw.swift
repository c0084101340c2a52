import AWSCaller
import Chainguard
import TerminalUI

extension BindingsScreen {
    func draw(into surface: inout Surface, _ context: Context) {
        let theme = context.theme
        let head = context.content.splitTop(1).top
        let body = body(context)
        guard let identity else {
            surface.write("No identity is chosen. Esc goes back.", at: head.origin, style: theme.dim, limit: head.width)
            return
        }
        let spans = [
            Span("Roles of ", theme.dim), Span(identity.name, theme.title),
            Span(" \(theme.glyphs.pointer) ", theme.dim),
            Span(title, theme.title),
        ]
        surface.write(spans, at: head.origin, limit: head.width)
        switch step {
        case .list: drawList(into: &surface, in: body, context)
        case .roles: roles.draw(into: &surface, in: body, context)
        case .place: place.choice.draw(into: &surface, in: body, theme: theme, focused: true)
        }
    }

    func body(_ context: Context) -> Rect { context.content.splitTop(2).rest }

    private var title: String {
        switch step {
        case .list: "what it is bound to"
        case .roles: "which to bind"
        case .place: "where to bind \(roles.chosen.map(\.name).joined(separator: ", "))"
        }
    }

    private func drawList(into surface: inout Surface, in rect: Rect, _ context: Context) {
        let known = known(context)
        var page = Page(width: rect.width - 2, theme: context.theme)
        if let failure { page.failure(failure) }
        if let problem = known.failure { page.failure(problem) }
        let all = known.value ?? []
        if all.isEmpty, known.failure == nil {
            let words = known.value == nil ? "asking …" : "Bound to no role: it can log in but do nothing. b binds one."
            page.text(words, context.theme.dim)
        }
        let (notes, list) = rect.splitTop(min(page.rows.count, rect.height))
        page.draw(into: &surface, in: notes, scroll: Scroll())
        guard !all.isEmpty else { return }
        drawRole(into: &surface, in: RoleDetail.layout(list, context).detail, context)
        table.draw(into: &surface, in: RoleDetail.layout(list, context).list, theme: context.theme, focused: true) {
            row in
            guard row < all.count else { return [] }
            let binding = all[row]
            return [TableCell(binding.role.name), TableCell(placeName(binding, context), context.theme.dim)]
        }
    }

    /// What the selected binding allows.
    private func drawRole(into surface: inout Surface, in rect: Rect, _ context: Context) {
        if context.isWide { surface.drawDivider(leftOf: rect, isFocused: false, context.theme) }
        let role = context.workspace.roles.value?.first { $0.uid == selected(context)?.role.uid }
        if let role { RoleDetail(role: role, theme: context.theme).draw(into: &surface, in: rect) }
    }

    private func placeName(_ binding: RoleBinding, _ context: Context) -> String {
        context.workspace.group(binding.group.uid) == nil
            ? binding.group.name : context.workspace.groupPath(binding.group.uid)
    }
}
