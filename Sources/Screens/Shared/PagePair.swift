import TerminalUI

/// Two pages beside each other that scroll as one, for wide screens; on narrow ones a screen writes both into one page.
struct PagePair {
    var left: Page
    var right: Page
    private let first, second: Rect
    private let theme: Theme

    /// - Parameter leftPercent: how much of the room goes to the left one.
    init(_ context: Context, leftPercent: Int = 50) {
        theme = context.theme
        (first, second) = context.content.panes(leftPercent: leftPercent)
        left = Page(width: first.width - 2, theme: theme)
        right = Page(width: second.width - 2, theme: theme)
    }

    /// Of the longer one.
    var rowCount: Int { max(left.rows.count, right.rows.count) }

    func draw(into surface: inout Surface, scroll: Scroll) {
        left.draw(into: &surface, in: first, scroll: scroll)
        surface.drawDivider(leftOf: second, isFocused: false, theme)
        right.draw(into: &surface, in: second, scroll: scroll)
    }
}
