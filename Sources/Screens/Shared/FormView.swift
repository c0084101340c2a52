import TerminalUI

/// A row of a form: a label, what is filled in, and below it the rule that it breaks or a hint.
struct FormRow: Sendable {
    enum Widget: Sendable {
        case text(TextField)
        /// All choices on one row, the chosen one marked.
        case picker(Choice)
        /// One choice a row.
        case list(Choice)
        /// Why there is nothing to fill in.
        case message(String, Style)
    }

    var title: String
    var widget: Widget
    var isFocused: Bool
    var below: (text: String, style: Style)?
}

/// The rows of a form, one under the other.
struct FormView: Sendable {
    var rows: [FormRow]
    var theme: Theme

    /// The room of a form beside which stands what comes of it, in percent.
    static let paneWidth = 57

    private static let labelWidth = 18
    private static let maximumWidth = 100

    func draw(into surface: inout Surface, in rect: Rect) {
        let heights = rows.map { height(of: $0, in: rect) }
        // The focused row stays in sight on a screen that is too low for all of them.
        let focused = rows.firstIndex(where: \.isFocused) ?? 0
        let needed = heights.prefix(focused + 1).reduce(0, +)
        var y = rect.y - max(0, needed - rect.height)
        for (number, (row, height)) in zip(rows, heights).enumerated() {
            let place = Rect(x: rect.x, y: y, width: min(rect.width, Self.maximumWidth), height: height)
            if y >= rect.y, place.maxY <= rect.maxY {
                surface.within(.row(number)) {
                    $0.register(.ground, in: place)
                    draw(row, into: &$0, in: place)
                }
            }
            y += height
        }
    }

    private func height(of row: FormRow, in rect: Rect) -> Int {
        switch row.widget {
        case .list(let choice): return max(3, min(choice.options.count + 1, rect.height - 4))
        case .message: return 3
        case .picker, .text:
            let width = max(1, min(rect.width, Self.maximumWidth) - Self.labelWidth)
            return 1 + (row.below.map { Text.wrapped($0.text, width: width).count } ?? 1)
        }
    }

    private func draw(_ row: FormRow, into surface: inout Surface, in rect: Rect) {
        let (label, value) = rect.splitLeft(Self.labelWidth)
        let pointer = row.isFocused ? theme.glyphs.pointer : " "
        surface.write(
            "\(pointer) \(row.title)", at: label.origin, style: row.isFocused ? theme.title : theme.label,
            limit: Self.labelWidth - 1)
        switch row.widget {
        case .text(let field):
            let place = Rect(x: value.x, y: value.y, width: value.width, height: 1)
            field.draw(into: &surface, in: place, theme: theme, focused: row.isFocused)
        case .picker(let choice): drawPicker(choice, into: &surface, in: value, row.isFocused)
        case .list(let choice): return choice.draw(into: &surface, in: value, theme: theme, focused: row.isFocused)
        case .message(let text, let style):
            for (line, words) in Text.wrapped(text, width: max(1, value.width)).prefix(value.height).enumerated() {
                surface.write(words, at: Point(value.x, value.y + line), style: style, limit: value.width)
            }
        }
        guard let below = row.below else { return }
        for (line, words) in Text.wrapped(below.text, width: value.width).prefix(value.height - 1).enumerated() {
            surface.write(words, at: Point(value.x, value.y + 1 + line), style: below.style, limit: value.width)
        }
    }

    private func drawPicker(_ choice: Choice, into surface: inout Surface, in rect: Rect, _ isFocused: Bool) {
        var spans: [Span] = []
        for (index, option) in choice.options.enumerated() {
            let isChosen = index == choice.selected
            let sign = isChosen ? theme.glyphs.radioOn : theme.glyphs.radioOff
            let style = isChosen ? (isFocused ? theme.selected : theme.text) : theme.dim
            spans += [Span("\(sign) \(option.title)", style), Span("  ", theme.text)]
        }
        guard spans.width > rect.width else {
            surface.write(spans, at: rect.origin, limit: rect.width)
            return registerOptions(spans, into: &surface, in: rect)
        }
        let option = choice.options[choice.selected]
        let chosen = Span("\(theme.glyphs.radioOn) \(option.title)", isFocused ? theme.selected : theme.text)
        let arrows = [Key.left, .right].map { $0.name(theme.glyphs) }.joined(separator: " ")
        let count = "  \(choice.selected + 1) of \(choice.options.count) (\(arrows))"
        surface.write([chosen, Span(count, theme.dim)], at: rect.origin, limit: rect.width)
    }

    /// Each option takes two spans, its own and the gap behind it.
    private func registerOptions(_ spans: [Span], into surface: inout Surface, in rect: Rect) {
        var x = rect.x
        for index in stride(from: 0, to: spans.count, by: 2) {
            let width = Text.width(spans[index].text)
            surface.register(.item(index / 2), in: Rect(x: x, y: rect.y, width: width, height: 1))
            x += width + Text.width(spans[index + 1].text)
        }
    }
}
