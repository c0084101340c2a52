import TerminalUI

extension Surface {
    /// `Identities ▸ deploy`: where a detail stands that takes the whole screen, and at the right how much there is of it.
    /// A click on the list's name goes back to it.
    mutating func drawDetailTitle(_ name: String, in list: String, count: String = "", at rect: Rect, _ theme: Theme) {
        let lead = [Span("\(list) \(theme.glyphs.pointer) ", theme.dim)]
        let room = rect.width - Text.width(count) - (count.isEmpty ? 0 : 2)
        write(lead + [Span(name, theme.title)], at: rect.origin, limit: room)
        write(count, at: Point(rect.maxX - Text.width(count), rect.y), style: theme.dim)
        register(.key(.escape), in: rect.splitLeft(lead.width).left.splitTop(1).top)
    }
}
