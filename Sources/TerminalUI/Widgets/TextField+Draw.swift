extension TextField {
    /// The first row holds the value, the second (if there is one) the error.
    public func draw(into surface: inout Surface, in rect: Rect, theme: Theme, focused: Bool) {
        guard !rect.isEmpty else { return }
        let style = focused ? theme.focus : theme.text.underlined
        let ground = focused ? style : theme.dim.underlined
        surface.fill(Rect(x: rect.x, y: rect.y, width: rect.width, height: 1), style: ground)
        if isEmpty {
            let shown = theme.dim.underlined
            surface.write(placeholder, at: rect.origin, style: shown, limit: rect.width)
        } else {
            let view = visible(width: rect.width, theme: theme)
            surface.write(view.text, at: rect.origin, style: style, limit: rect.width)
            if focused { surface.cursor = Point(rect.x + view.cursor, rect.y) }
        }
        if isEmpty, focused { surface.cursor = rect.origin }
        if let error, rect.height > 1 {
            let spans = [Span(theme.glyphs.cross + " " + error, theme.bad)]
            surface.write(spans, at: Point(rect.x, rect.y + 1), limit: rect.width)
        }
    }

    /// The part around the cursor that fits, with an ellipsis where something is hidden.
    private func visible(width: Int, theme: Theme) -> (text: String, cursor: Int) {
        let shown =
            masked ? Array(repeating: theme.glyphs.mask, count: text.count) : text.map { Text.sanitised(String($0)) }
        let widths = shown.map(Text.width)
        let before = widths[..<cursor].reduce(0, +)
        let total = widths.reduce(0, +)
        guard total >= width else { return (shown.joined(), before) }
        let ellipsis = theme.glyphs.ellipsis
        var start = 0
        var skipped = 0
        let margin = Text.width(ellipsis)
        // The cursor needs a column of its own, and the text hidden on either side a sign each.
        let after = cursor < text.count ? margin : 0
        while before - skipped + (start > 0 ? margin : 0) > width - 1 - after, start < cursor {
            skipped += widths[start]
            start += 1
        }
        let lead = start > 0 ? ellipsis : ""
        let rest = shown[start...].joined()
        return (
            lead + Text.truncated(rest, to: width - Text.width(lead), ellipsis: ellipsis),
            min(width - 1, before - skipped + Text.width(lead))
        )
    }
}

extension Style {
    fileprivate var underlined: Style { Style(foreground, on: background, attributes.union(.underline)) }
}
