import TerminalUI

extension Rect {
    /// Two panes side by side, with three columns for the divider between them.
    /// - Parameter leftPercent: how much of the room goes to the left one.
    func panes(leftPercent: Int) -> (left: Rect, right: Rect) {
        let (left, rest) = splitLeft((width - 3) * leftPercent / 100)
        return (left, rest.splitLeft(3).rest)
    }
}

extension Surface {
    /// A line from top to bottom in the middle of the three columns left of a pane; it points at the pane that has the
    /// keys.
    mutating func drawDivider(leftOf pane: Rect, isFocused: Bool, _ theme: Theme) {
        let style = isFocused ? theme.accent : theme.border
        for y in pane.y..<pane.maxY { write(theme.glyphs.vertical, at: Point(pane.x - 2, y), style: style) }
        if isFocused, !pane.isEmpty { write(theme.glyphs.pointer, at: Point(pane.x - 2, pane.y), style: style) }
    }
}
