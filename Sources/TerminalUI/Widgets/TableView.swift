/// What one table cell holds.
public struct TableCell: Sendable, Hashable, ExpressibleByStringLiteral {
    public var spans: [Span]

    public init(_ text: String, _ style: Style = .plain) {
        spans = [Span(text, style)]
    }

    public init(spans: [Span]) {
        self.spans = spans
    }

    public init(stringLiteral value: String) {
        self.init(value)
    }
}

public struct TableColumn: Sendable, Hashable {
    public enum Width: Sendable, Hashable {
        case fixed(Int)
        /// At least `min` columns; takes a share of what is left, up to `max`.
        case flexible(min: Int, max: Int = .max)
    }

    public var title: String
    public var width: Width
    /// 0 is always shown; where there is no room the highest number goes first.
    public var priority: Int
    public var alignsRight: Bool

    public init(_ title: String, _ width: Width, priority: Int = 0, alignsRight: Bool = false) {
        self.title = title
        self.width = width
        self.priority = priority
        self.alignsRight = alignsRight
    }

    var minimum: Int {
        switch width {
        case .fixed(let columns): columns
        case .flexible(let minimum, _): minimum
        }
    }

    var maximum: Int {
        switch width {
        case .fixed(let columns): columns
        case .flexible(_, let maximum): maximum
        }
    }
}

/// A table whose rows are asked for as they are seen: a hundred thousand cost what twenty do.
public struct TableView: Sendable, Hashable {
    public var columns: [TableColumn]
    public var selection: Selection
    /// Shown in place of rows when there are none.
    public var emptyText: String
    /// The column sorted by, marked in the header.
    public var sorted: (column: Int, ascending: Bool)? {
        get { sortColumn.map { ($0, sortAscending) } }
        set { (sortColumn, sortAscending) = (newValue?.column, newValue?.ascending ?? true) }
    }
    private var sortColumn: Int?
    private var sortAscending = true

    public init(columns: [TableColumn], rowCount: Int = 0, emptyText: String = "Nothing here.") {
        self.columns = columns
        self.selection = Selection(count: rowCount)
        self.emptyText = emptyText
    }

    public var rowCount: Int {
        get { selection.count }
        set { selection.setCount(newValue) }
    }

    /// The chosen row; nil when there is none.
    public var selectedRow: Int? { selection.current }

    /// - Returns: whether the key moved in the table. See `Selection.update`.
    public mutating func update(_ key: Key) -> Bool {
        selection.update(key)
    }

    /// One row of header, the rest rows.
    ///
    /// A click chooses a row, a click on the chosen row is Enter. Only the table that has the keys points at its row.
    /// - Parameter row: the cells of one row, one for each of `columns`; asked for the rows that are seen only.
    public func draw(
        into surface: inout Surface, in rect: Rect, theme: Theme, focused: Bool, row: (Int) -> [TableCell]
    ) {
        guard !rect.isEmpty else { return }
        let (header, body) = rect.splitTop(1)
        let hasBar = rowCount > body.height
        let marker = Text.width(theme.glyphs.pointer) + 1
        let layout = layout(width: rect.width - marker - (hasBar ? 1 : 0))
        surface.register(.ground, in: rect)
        drawHeader(into: &surface, in: header, layout: layout, marker: marker, theme: theme)
        if rowCount == 0 {
            guard !body.isEmpty else { return }
            surface.write(emptyText, at: Point(body.x + marker, body.y), style: theme.dim, limit: body.width - marker)
            return
        }
        let top = selection.top(height: body.height)
        for line in 0..<min(body.height, rowCount - top) {
            let isSelected = top + line == selection.current
            let base = isSelected ? theme.selection(focused: focused) : theme.text
            let place = Rect(x: body.x, y: body.y + line, width: body.width - (hasBar ? 1 : 0), height: 1)
            surface.register(isSelected && focused ? .key(.enter) : .item(top + line), in: place)
            if isSelected {
                surface.fill(place, style: base)
                surface.write(theme.glyphs.pointer, at: place.origin, style: base)
            }
            draw(row(top + line), into: &surface, at: Point(place.x + marker, place.y), layout: layout) { style in
                // What a filter has found stays underlined.
                isSelected
                    ? Style(
                        base.foreground, on: base.background,
                        base.attributes.union(style.attributes.intersection(.underline))) : style
            }
        }
        Scrollbar.draw(into: &surface, in: body, top: top, count: rowCount, theme: theme)
    }

    private func drawHeader(
        into surface: inout Surface, in rect: Rect, layout: [(column: Int, x: Int, width: Int)], marker: Int,
        theme: Theme
    ) {
        let titles = columns.indices.map { index -> TableCell in
            let sign = sortColumn == index ? " " + (sortAscending ? theme.glyphs.up : theme.glyphs.down) : ""
            return TableCell(columns[index].title + sign, theme.label)
        }
        draw(titles, into: &surface, at: Point(rect.x + marker, rect.y), layout: layout) { $0 }
        for title in layout {
            let place = Rect(x: rect.x + marker + title.x, y: rect.y, width: title.width, height: 1)
            surface.register(.heading(title.column), in: place)
        }
    }

    private func draw(
        _ cells: [TableCell], into surface: inout Surface, at point: Point,
        layout: [(column: Int, x: Int, width: Int)], style: (Style) -> Style
    ) {
        for place in layout where place.column < cells.count {
            let spans = cells[place.column].spans.map { Span($0.text, style($0.style)) }
            let indent = columns[place.column].alignsRight ? max(0, place.width - spans.width) : 0
            surface.write(spans, at: Point(point.x + place.x + indent, point.y), limit: place.width - indent)
        }
    }

    /// Which columns are shown and where. Two blanks stand between columns.
    func layout(width: Int) -> [(column: Int, x: Int, width: Int)] {
        var shown = Array(columns.indices)
        func needed() -> Int { shown.reduce(0) { $0 + columns[$1].minimum } + 2 * max(0, shown.count - 1) }
        while needed() > width, shown.count > 1,
            let drop = shown.filter({ columns[$0].priority > 0 }).max(by: {
                columns[$0].priority <= columns[$1].priority
            })
        {
            shown.removeAll { $0 == drop }
        }
        let widths = share(max(0, width - needed()), among: shown)
        var x = 0
        return zip(shown, widths).compactMap { column, wanted in
            let columns = min(wanted, width - x)
            guard columns > 0 else { return nil }
            defer { x += columns + 2 }
            return (column, x, columns)
        }
    }

    /// The minimum of each, and what is left in equal shares up to each maximum.
    private func share(_ spare: Int, among shown: [Int]) -> [Int] {
        var widths = shown.map { columns[$0].minimum }
        var spare = spare
        while spare > 0 {
            let growing = shown.indices.filter { widths[$0] < columns[shown[$0]].maximum }
            if growing.isEmpty { break }
            for index in growing where spare > 0 {
                let share = min(max(1, spare / growing.count), columns[shown[index]].maximum - widths[index], spare)
                widths[index] += share
                spare -= share
            }
        }
        return widths
    }
}
