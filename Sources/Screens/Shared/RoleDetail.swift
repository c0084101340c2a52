import Chainguard
import TerminalUI

/// What a role allows, beside the list that it is picked from, or below it where there is no room beside.
struct RoleDetail {
    let role: Role
    let theme: Theme

    /// Where the list stands, and where the details of what is selected in it.
    static func layout(_ rect: Rect, _ context: Context) -> (list: Rect, detail: Rect) {
        guard context.isWide else {
            let (list, detail) = rect.splitBottom(min(6, rect.height / 2))
            return (list, detail.splitTop(1).rest)
        }
        let (list, detail) = rect.panes(leftPercent: 50)
        return (list, detail)
    }

    func page(width: Int) -> Page {
        var page = Page(width: width, theme: theme)
        let kind = role.isBuiltIn ? "built-in" : "custom"
        let words = role.description.isEmpty ? kind : "\(kind), \(role.description)"
        page.text([Span(role.name, theme.title), Span("  \(words)", theme.dim)])
        guard !role.capabilities.isEmpty else {
            page.text("What it allows is not told.", theme.dim)
            return page
        }
        page.capabilities(role.capabilities)
        return page
    }

    /// What does not fit is told by an ellipsis.
    func draw(into surface: inout Surface, in rect: Rect) {
        let rows = page(width: rect.width).rows
        for (y, row) in rows.prefix(rect.height).enumerated() {
            surface.write(row, at: Point(rect.x, rect.y + y), limit: rect.width)
        }
        guard rows.count > rect.height, !rect.isEmpty else { return }
        surface.write(theme.glyphs.ellipsis, at: Point(rect.maxX - 1, rect.maxY - 1), style: theme.dim)
    }
}
