extension TextField {
    /// The first row holds the value, the second (if there is one) the error.
    public func draw(into surface: inout Surface, in rect: Rect, theme: Theme, focused: Bool) {
        guard !rect.isEmpty else { return }
        let style = focused ? theme.focus : theme.text.underlined
        let ground = focused ? style : theme.dim.underlined
        let line = Rect(x: rect.x, y: rect.y, width: rect.width, height: 1)
        surface.register(.text, in: line)
        surface.fill(line, style: ground)
        if isEmpty {
            let shown = theme.dim.underlined
            surface.write(placeholder, at: rect.origin, style: shown, limit: rect.width)
        } else {
            let view = visible(from: focused ? cursor : 0, width: rect.width, theme: theme)
            surface.write(view.text, at: rect.origin, style: style, limit: rect.width)
            if focused { surface.cursor = Point(rect.x + view.cursor, rect.y) }
        }
        if isEmpty, focused { surface.cursor = rect.origin }
        if let error, rect.height > 1 {
            let spans = [Span(theme.glyphs.cross + " " + error, theme.bad)]
            surface.write(spans, at: Point(rect.x, rect.y + 1), limit: rect.width)
        }
    }

    /// The part around the cursor that fits, with an ellipsis where something is hidden. Without the keys a field shows
    /// its start.
    private func visible(from cursor: Int, width: Int, theme: Theme) -> (text: String, cursor: Int) {
        let shown = signs(theme)
        let widths = shown.map(Text.width)
        guard widths.reduce(0, +) >= width else { return (shown.joined(), widths[..<cursor].reduce(0, +)) }
        let ellipsis = theme.glyphs.ellipsis
        let start = firstVisible(widths, cursor, width: width, margin: Text.width(ellipsis))
        let lead = start > 0 ? ellipsis : ""
        let rest = shown[start...].joined()
        return (
            lead + Text.truncated(rest, to: width - Text.width(lead), ellipsis: ellipsis),
            min(width - 1, widths[start..<cursor].reduce(0, +) + Text.width(lead))
        )
    }

    /// What is drawn for each character.
    private func signs(_ theme: Theme) -> [String] {
        masked ? Array(repeating: theme.glyphs.mask, count: text.count) : text.map { Text.sanitised(String($0)) }
    }

    /// The first character that is seen. The cursor needs a column of its own, and the text hidden on either side a
    /// sign each.
    private func firstVisible(_ widths: [Int], _ cursor: Int, width: Int, margin: Int) -> Int {
        guard widths.reduce(0, +) >= width else { return 0 }
        let before = widths[..<cursor].reduce(0, +)
        let after = cursor < text.count ? margin : 0
        var (start, skipped) = (0, 0)
        while before - skipped + (start > 0 ? margin : 0) > width - 1 - after, start < cursor {
            skipped += widths[start]
            start += 1
        }
        return start
    }

    /// Before which character the column stands, when it is drawn in `width` columns. All ellipses and masks are one
    /// column wide.
    func cursor(atColumn column: Int, width: Int, focused: Bool) -> Int {
        let widths = signs(.standard).map(Text.width)
        var index = firstVisible(widths, focused ? cursor : 0, width: width, margin: 1)
        var x = index > 0 ? 1 : 0
        while index < widths.count, x + widths[index] <= column {
            x += widths[index]
            index += 1
        }
        return index
    }
}

extension Style {
    fileprivate var underlined: Style { Style(foreground, on: background, attributes.union(.underline)) }
}
