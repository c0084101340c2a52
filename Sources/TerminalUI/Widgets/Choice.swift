/// One of the things to choose from.
public struct ChoiceOption: Sendable, Hashable {
    public var title: String
    /// Said behind the title, dim.
    public var detail: String
    /// Why it cannot be chosen; nil when it can.
    public var disabledReason: String?

    public init(_ title: String, detail: String = "", disabledReason: String? = nil) {
        self.title = title
        self.detail = detail
        self.disabledReason = disabledReason
    }

    func spans(theme: Theme, title style: Style, dim: Style) -> [Span] {
        let rest = disabledReason ?? detail
        return [Span(title, disabledReason == nil ? style : dim)] + (rest.isEmpty ? [] : [Span("  " + rest, dim)])
    }
}

/// Exactly one of several: moving chooses, where that is allowed.
public struct Choice: Sendable, Hashable {
    public var options: [ChoiceOption]
    public private(set) var selected: Int

    public init(_ options: [ChoiceOption], selected: Int = 0) {
        self.options = options
        self.selected = min(max(0, selected), max(0, options.count - 1))
    }

    public mutating func select(_ index: Int) {
        if options.indices.contains(index), options[index].disabledReason == nil { selected = index }
    }

    /// Arrows, j k, Home End; sideways too. Passes over what cannot be chosen.
    /// - Returns: whether the key is one of these.
    public mutating func update(_ key: Key) -> Bool {
        guard !key.alt else { return false }
        switch key.code {
        case .up, .left, .character("k"), .character("h"): move(from: selected - 1, by: -1)
        case .down, .right, .character("j"), .character("l"), .character(" "): move(from: selected + 1, by: 1)
        case .home: move(from: 0, by: 1)
        case .end: move(from: options.count - 1, by: -1)
        default: return false
        }
        return true
    }

    public mutating func update(_ hit: MouseHit) {
        if let index = hit.clickedItem { select(index) }
    }

    private mutating func move(from start: Int, by step: Int) {
        var index = start
        while options.indices.contains(index) {
            if options[index].disabledReason == nil {
                selected = index
                return
            }
            index += step
        }
    }

    /// One row for each option.
    public func draw(into surface: inout Surface, in rect: Rect, theme: Theme, focused: Bool) {
        let top = max(0, min(selected - rect.height + 1, options.count - rect.height))
        for (row, index) in options.indices.dropFirst(top).prefix(rect.height).enumerated() {
            let isSelected = index == selected
            let style = isSelected && focused ? theme.selected : theme.text
            let place = Rect(x: rect.x, y: rect.y + row, width: rect.width, height: 1)
            surface.register(.item(index), in: place)
            if isSelected && focused { surface.fill(place, style: style) }
            let sign = Span((isSelected ? theme.glyphs.radioOn : theme.glyphs.radioOff) + " ", style)
            let dim = isSelected && focused ? style : theme.dim
            let spans = [sign] + options[index].spans(theme: theme, title: style, dim: dim)
            surface.write(spans, at: place.origin, limit: rect.width)
        }
    }
}
