/// A question that must be answered before anything else. The focus starts on Cancel; for what cannot be undone the
/// name of the thing must be typed.
public struct Dialog: Sendable, Hashable {
    public enum Outcome: Sendable, Hashable {
        case open, cancelled, confirmed
    }

    private enum Focus: Sendable, Hashable { case field, cancel, confirm }

    public var title: String
    public var message: [[Span]]
    public var confirmLabel: String
    public var isDestructive: Bool
    /// What must be typed before Confirm works; nil for a plain question.
    public let requiredText: String?
    public private(set) var field = TextField()
    private var focus: Focus = .cancel

    public init(
        title: String, message: [[Span]], confirmLabel: String, isDestructive: Bool = false, requiredText: String? = nil
    ) {
        self.title = title
        self.message = message
        self.confirmLabel = confirmLabel
        self.isDestructive = isDestructive
        self.requiredText = requiredText
    }

    public init(title: String, message: String, confirmLabel: String) {
        self.init(title: title, message: [[Span(message)]], confirmLabel: confirmLabel)
    }

    /// Whether Confirm works.
    public var isReady: Bool { requiredText.map { $0 == field.text } ?? true }

    /// Esc cancels; Tab, Shift-Tab and the arrows move the focus; Enter presses; typing goes into the field.
    public mutating func update(_ key: Key) -> Outcome {
        switch key {
        case .escape, .control("c"): return .cancelled
        case .tab, .down: moveFocus(1)
        case .backTab, .up: moveFocus(-1)
        case .left where focus != .field: moveFocus(-1)
        case .right where focus != .field: moveFocus(1)
        case .enter: return press()
        default: type(key)
        }
        return .open
    }

    /// A click presses a button, or goes into the field.
    public mutating func update(_ hit: MouseHit) -> Outcome {
        if hit.target.part == .text, hit.action == .click {
            focus = .field
            field.update(hit)
        }
        guard let button = hit.clickedItem else { return .open }
        focus = button == 0 ? .cancel : .confirm
        return press()
    }

    public mutating func paste(_ text: String) {
        guard requiredText != nil else { return }
        focus = .field
        field.paste(text)
    }

    private mutating func type(_ key: Key) {
        guard requiredText != nil else { return }
        if focus != .field, case .character = key.code { focus = .field }
        if focus == .field { _ = field.update(key) }
    }

    private mutating func press() -> Outcome {
        switch focus {
        case .cancel: return .cancelled
        case .confirm where isReady: return .confirmed
        case .confirm,
            .field where !isReady:
            field.error = "That is not “\(requiredText ?? "")”."
            focus = .field
        case .field: focus = .confirm
        }
        return .open
    }

    private mutating func moveFocus(_ step: Int) {
        let order: [Focus] = requiredText == nil ? [.cancel, .confirm] : [.field, .cancel, .confirm]
        let index = order.firstIndex(of: focus) ?? 0
        focus = order[(index + step + order.count) % order.count]
    }

    /// In the middle of the rectangle, as large as it needs to be. Where not even a short question fits, its title
    /// alone.
    public func draw(into surface: inout Surface, in rect: Rect, theme: Theme) {
        guard rect.width >= 24, rect.height >= 5 else {
            surface.fill(rect, style: theme.text)
            if !rect.isEmpty { surface.write(title, at: rect.origin, style: theme.title, limit: rect.width) }
            return
        }
        let width = min(rect.width, max(40, min(72, rect.width - 8)))
        let inner = max(1, width - 4)
        let rows = message.flatMap { Text.wrapped($0, width: inner) }
        // What to type, the field, what is wrong with it; a blank row where there is room.
        let isTight = rows.count + 9 > rect.height
        let fieldRows = requiredText == nil ? 0 : isTight ? 3 : 4
        let height = min(rect.height, rows.count + fieldRows + 5)
        let box = Rect(
            x: rect.x + (rect.width - width) / 2, y: rect.y + (rect.height - height) / 2, width: width, height: height)
        Panel.draw(into: &surface, in: box, title: title, theme: theme, isAlert: isDestructive)
        let (text, buttons) = box.inset(horizontal: 2, vertical: 1).splitBottom(1)
        let (body, input) = text.splitBottom(fieldRows)
        surface.cursor = nil
        for (row, line) in fitting(rows, height: body.height, theme).enumerated() {
            surface.write(line, at: Point(body.x, body.y + row), limit: inner)
        }
        if let requiredText {
            let prompt = [Span("Type ", theme.dim), Span(requiredText, theme.title), Span(" to confirm:", theme.dim)]
            surface.write(prompt, at: input.origin, limit: inner)
            let place = Rect(x: input.x, y: input.y + 1, width: inner, height: min(2, input.height - 1))
            field.draw(into: &surface, in: place, theme: theme, focused: focus == .field)
        }
        drawButtons(into: &surface, in: buttons, theme: theme)
    }

    /// Where there is no room for all, the last row says so.
    private func fitting(_ rows: [[Span]], height: Int, _ theme: Theme) -> [[Span]] {
        guard rows.count > height else { return rows }
        let shown = max(0, height - 1)
        let words = "\(theme.glyphs.ellipsis) \(rows.count - shown) more rows: enlarge the terminal"
        return (rows.prefix(shown) + [[Span(words, theme.warning)]]).prefix(height).map { $0 }
    }

    private func drawButtons(into surface: inout Surface, in rect: Rect, theme: Theme) {
        let labels = [("Cancel", Focus.cancel, true), (confirmLabel, Focus.confirm, isReady)]
        let width = labels.reduce(0) { $0 + Text.width($1.0) + 5 } - 2
        var x = max(rect.x, rect.maxX - width)
        for (index, (label, place, works)) in labels.enumerated() {
            let isFocused = focus == place
            let base = place == .confirm && isDestructive ? theme.bad : theme.text
            let style = isFocused ? theme.selected : works ? base : theme.dim
            let sign = isFocused ? theme.glyphs.pointer : " "
            let width = surface.write("\(sign) \(label) ", at: Point(x, rect.y), style: style, limit: rect.maxX - x)
            surface.register(.item(index), in: Rect(x: x, y: rect.y, width: width, height: 1))
            x += width + 2
        }
    }
}

/// A framed part of the screen with a title.
public enum Panel {
    /// Clears the rectangle and frames it.
    public static func draw(
        into surface: inout Surface, in rect: Rect, title: String, theme: Theme, isAlert: Bool = false
    ) {
        guard rect.width > 2, rect.height > 1 else { return }
        let style = isAlert ? theme.bad : theme.border
        let glyphs = theme.glyphs
        let corners = glyphs.isASCII ? ["+", "+", "+", "+"] : ["╭", "╮", "╰", "╯"]
        let line = String(repeating: glyphs.horizontal, count: rect.width - 2)
        surface.fill(rect, style: theme.text)
        surface.write(corners[0] + line + corners[1], at: rect.origin, style: style)
        for y in rect.y + 1..<rect.maxY - 1 {
            surface.write(glyphs.vertical, at: Point(rect.x, y), style: style)
            surface.write(glyphs.vertical, at: Point(rect.maxX - 1, y), style: style)
        }
        surface.write(corners[2] + line + corners[3], at: Point(rect.x, rect.maxY - 1), style: style)
        guard !title.isEmpty, rect.width > 6 else { return }
        let shown = Text.truncated(title, to: rect.width - 6, ellipsis: glyphs.ellipsis)
        surface.write([Span(" " + shown + " ", theme.title)], at: Point(rect.x + 2, rect.y))
    }
}
