import TerminalUI

extension Surface {
    /// A line from top to bottom in the middle of the three columns left of a pane.
    mutating func drawDivider(leftOf pane: Rect, _ theme: Theme) {
        for y in pane.y..<pane.maxY { write(theme.glyphs.vertical, at: Point(pane.x - 2, y), style: theme.border) }
    }
}
