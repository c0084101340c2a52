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

/// A screen that shows one page, or two beside each other where there is room and something for both.
protocol PairedScreen: ScreenState {
    var scroll: Scroll { get set }
    func isPaired(_ context: Context) -> Bool
    func pair(_ context: Context) -> PagePair
    /// Everything one below the other.
    func page(_ context: Context) -> Page
}

extension PairedScreen {
    mutating func handle(_ key: Key, _ context: Context) -> [Request]? { turn(key, context) }

    /// - Returns: `nil` when the key does not scroll.
    mutating func turn(_ key: Key, _ context: Context) -> [Request]? {
        let rows = isPaired(context) ? pair(context).rowCount : page(context).rows.count
        return scroll.update(key, rows: rows, height: context.content.height) ? [] : nil
    }

    func draw(into surface: inout Surface, _ context: Context) {
        if isPaired(context) {
            pair(context).draw(into: &surface, scroll: scroll)
        } else {
            page(context).draw(into: &surface, in: context.content, scroll: scroll)
        }
    }
}
