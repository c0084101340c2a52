/// A list under a field: what is typed narrows it, arrows choose. The best match is chosen while typing.
public struct FilterList: Sendable {
    public private(set) var filter: TextField
    /// What is listed, best match first, as indices of the titles.
    public private(set) var listed: [Int]
    public private(set) var selection: Selection
    private var index: FuzzyIndex

    /// - Parameter selected: the title that is chosen at first.
    public init(_ titles: [String], selected: Int = 0, placeholder: String = "") {
        filter = TextField(placeholder: placeholder)
        index = FuzzyIndex(titles)
        listed = Array(titles.indices)
        selection = Selection(count: titles.count)
        selection.select(selected)
    }

    /// Another list to choose from; what was typed stays.
    public mutating func setTitles(_ titles: [String]) {
        index = FuzzyIndex(titles)
        narrow()
    }

    /// Choose a title, if it is listed.
    public mutating func select(_ title: Int) {
        if let row = listed.firstIndex(of: title) { selection.select(row) }
    }

    /// The index of the chosen title; `nil` when nothing is listed.
    public var chosen: Int? {
        selection.current.flatMap { $0 < listed.count ? listed[$0] : nil }
    }

    /// Tells where what is typed occurs.
    public var matcher: FuzzyMatcher { FuzzyMatcher(filter.text) }

    /// - Parameter visibleRows: rows of the list that are seen at once, for paging.
    /// - Returns: whether the key moved in the list or changed the filter.
    public mutating func update(_ key: Key, visibleRows: Int) -> Bool {
        selection.visibleRows = max(1, visibleRows)
        switch key.code {
        case .up, .down, .pageUp, .pageDown: return selection.update(key, letters: false)
        default:
            guard filter.update(key) else { return false }
            narrow()
            return true
        }
    }

    /// A click on the chosen row is Enter.
    public mutating func update(_ hit: MouseHit) {
        if !selection.update(hit) { filter.update(hit) }
    }

    public mutating func paste(_ text: String) {
        filter.paste(text)
        narrow()
    }

    private mutating func narrow() {
        listed = index.search(matcher)
        selection.setCount(listed.count)
        selection.select(0)
    }

    /// The field in the first row behind `prompt`, the list below.
    /// - Parameters:
    ///   - none: what is said when nothing matches.
    ///   - row: what stands left and right in the row of a title; its spans in the style of a chosen row are up to it.
    public func draw(
        into surface: inout Surface, in rect: Rect, theme: Theme, prompt: String = "", none: String,
        row: (_ title: Int, _ isChosen: Bool) -> (left: [Span], right: [Span])
    ) {
        let (head, body) = rect.splitTop(1)
        surface.cursor = nil
        surface.write(prompt, at: head.origin, style: theme.key)
        filter.draw(into: &surface, in: head.splitLeft(Text.width(prompt)).rest, theme: theme, focused: true)
        if listed.isEmpty, !body.isEmpty { surface.write(none, at: body.origin, style: theme.dim, limit: body.width) }
        surface.register(.ground, in: body)
        let top = selection.top(height: body.height)
        for (line, title) in listed.dropFirst(top).prefix(body.height).enumerated() {
            let isChosen = top + line == selection.current
            let place = Rect(x: body.x, y: body.y + line, width: body.width - 2, height: 1)
            surface.register(isChosen ? .key(.enter) : .item(top + line), in: place)
            if isChosen { surface.fill(place, style: theme.selected) }
            let (left, right) = row(title, isChosen)
            let lead = Span((isChosen ? theme.glyphs.pointer : " ") + " ", isChosen ? theme.selected : theme.text)
            surface.write([lead] + left, at: place.origin, limit: place.width - right.width - 1)
            surface.write(right, at: Point(place.maxX - right.width, place.y))
        }
        Scrollbar.draw(into: &surface, in: body, top: top, count: listed.count, theme: theme)
    }
}
