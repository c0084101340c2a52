/// Any number of several, with a filter over them.
public struct MultiChoice: Sendable, Hashable {
    public private(set) var options: [ChoiceOption]
    /// The chosen ones, by their place in `options`.
    public private(set) var checked: Set<Int>
    public private(set) var filter = TextField(placeholder: "type to filter")
    /// While filtering, letters go into the filter.
    public private(set) var isFiltering = false
    public private(set) var selection: Selection
    /// The cursor was moved since the filter's text changed: Space is for the option under it, no longer for the text.
    private var isMoved = false
    private var shown: [Int]

    public init(_ options: [ChoiceOption], checked: Set<Int> = []) {
        self.options = options
        self.checked = checked.filter(options.indices.contains)
        shown = Array(options.indices)
        selection = Selection(count: options.count)
    }

    /// The option under the cursor.
    public var current: Int? { selection.current.map { shown[$0] } }

    /// For the footer.
    public static let hints = [KeyHint(.space, label: "check"), KeyHint(.character("/"), label: "filter")]

    /// For the footer while the filter has the keys.
    public static let filterHints = [
        KeyHint(.space, label: "check"), KeyHint(.up, .down, label: "move"), KeyHint(.enter, label: "to the list"),
        KeyHint(.escape, label: "clear"),
    ]

    /// Rows that are seen at once, for paging. Set it when the layout changes.
    public var visibleRows: Int {
        get { selection.visibleRows }
        set { selection.visibleRows = newValue }
    }

    public mutating func setChecked(_ indices: Set<Int>) {
        checked = indices.filter(options.indices.contains)
    }

    /// Space checks, in the filter once an arrow moved or one option is left; `/` starts the filter, Enter keeps it, Esc clears it; arrows
    /// move, and j k g G outside the filter.
    /// - Returns: whether the key was used.
    public mutating func update(_ key: Key) -> Bool {
        if isFiltering { return updateFilter(key) }
        switch key {
        case .space: toggle()
        case .character("/"): isFiltering = true
        case .escape where !filter.isEmpty: clearFilter()
        default: return selection.update(key)
        }
        return true
    }

    /// A click checks.
    public mutating func update(_ hit: MouseHit) {
        if hit.target.part == .text { isFiltering = true }
        filter.update(hit)
        if selection.update(hit), hit.action == .click { toggle() }
    }

    public mutating func paste(_ text: String) {
        guard isFiltering else { return }
        filter.paste(text)
        applyFilter()
    }

    private mutating func updateFilter(_ key: Key) -> Bool {
        switch key {
        case .space where isMoved || shown.count == 1 && !isTitle(holding: filter.text + " "): toggle()
        case .enter: isFiltering = false
        case .escape: clearFilter()
        case .up, .down, Key(.pageUp), Key(.pageDown):
            _ = selection.update(key)
            isMoved = true
        default:
            guard filter.update(key) else { return false }
            applyFilter()
        }
        return true
    }

    /// A title goes on like this: what is typed belongs to the text.
    private func isTitle(holding text: String) -> Bool {
        options.contains { $0.title.lowercased().contains(text.lowercased()) }
    }

    private mutating func clearFilter() {
        isFiltering = false
        filter.setText("")
        applyFilter()
    }

    private mutating func applyFilter() {
        isMoved = false
        let kept = current
        let matcher = FuzzyMatcher(filter.text)
        shown = FuzzyIndex(options.map { $0.title + " " + $0.detail }).search(matcher)
        selection.setCount(shown.count)
        selection.select(matcher.isEmpty ? kept.flatMap(shown.firstIndex) ?? 0 : 0)
    }

    private mutating func toggle() {
        guard let current, options[current].disabledReason == nil else { return }
        if checked.remove(current) == nil { checked.insert(current) }
    }

    /// The first row holds the filter and how many are chosen, the rest the options.
    public func draw(into surface: inout Surface, in rect: Rect, theme: Theme, focused: Bool) {
        guard !rect.isEmpty else { return }
        let (head, body) = rect.splitTop(1)
        drawHead(into: &surface, in: head, theme: theme, focused: focused)
        surface.register(.ground, in: body)
        let top = selection.top(height: body.height)
        for (row, index) in shown.dropFirst(top).prefix(body.height).enumerated() {
            let isCurrent = focused && top + row == selection.current
            let style = isCurrent ? theme.selected : theme.text
            let place = Rect(x: body.x, y: body.y + row, width: body.width - 1, height: 1)
            surface.register(.item(top + row), in: place)
            if isCurrent { surface.fill(place, style: style) }
            let pointer = isCurrent ? theme.glyphs.pointer : " "
            let sign = checked.contains(index) ? theme.glyphs.boxOn : theme.glyphs.boxOff
            let box = Span("\(pointer) \(sign) ", style)
            let spans = options[index].spans(theme: theme, title: style, dim: isCurrent ? style : theme.dim)
            surface.write([box] + spans, at: place.origin, limit: place.width)
        }
        if shown.isEmpty, !body.isEmpty {
            surface.write("Nothing matches.", at: body.origin, style: theme.dim, limit: body.width)
        }
        Scrollbar.draw(into: &surface, in: body, top: top, count: shown.count, theme: theme)
    }

    private func drawHead(into surface: inout Surface, in rect: Rect, theme: Theme, focused: Bool) {
        let count = "\(checked.count) of \(options.count) chosen"
        surface.write(
            count, at: Point(max(rect.x, rect.maxX - Text.width(count)), rect.y), style: theme.dim, limit: rect.width)
        let place = Rect(x: rect.x + 2, y: rect.y, width: rect.width - Text.width(count) - 4, height: 1)
        guard isFiltering || !filter.isEmpty, !place.isEmpty else { return }
        surface.write("/", at: rect.origin, style: theme.key)
        filter.draw(into: &surface, in: place, theme: theme, focused: focused && isFiltering)
    }
}
