import TerminalUI

/// A table with a filter above it: what is typed narrows the rows, the best match is selected, Esc clears.
struct FilteredTable<Row: Sendable>: Sendable {
    var table: TableView
    var filter: TextField
    /// The filter has the keys.
    var isFiltering = false
    private(set) var rows: [Row] = []

    init(_ columns: [TableColumn], placeholder: String) {
        table = TableView(columns: columns, emptyText: "")
        filter = TextField(placeholder: placeholder)
    }

    var selected: Row? { table.selectedRow.flatMap { rows.indices.contains($0) ? rows[$0] : nil } }

    var matcher: FuzzyMatcher { FuzzyMatcher(filter.text) }

    /// - Parameter selecting: the row that the cursor goes to; `nil` leaves it where it is.
    mutating func show(_ new: [Row], selecting row: Int?) {
        rows = new
        table.rowCount = new.count
        if let row { table.selection.select(row) }
    }

    enum FilterChange: Sendable, Equatable {
        case unused, used
        /// Another row is selected.
        case moved
        /// The text is another: the rows are to be listed anew. The first one is selected.
        case typed
    }

    /// A key while the filter has the keys: Enter and Tab go to the rows, arrows move in them, the rest is typed.
    mutating func updateFilter(_ key: Key) -> FilterChange {
        switch key.code {
        case .enter, .tab, .backTab: isFiltering = false
        case .up, .down, .pageUp, .pageDown:
            _ = table.selection.update(key, letters: false)
            return .moved
        default:
            let before = filter.text
            guard filter.update(key) else { return .unused }
            return typed(instead: before)
        }
        return .used
    }

    /// A click on the filter gives it the keys, one on a row the rows.
    mutating func update(_ hit: MouseHit) -> FilterChange {
        switch hit.place {
        case .filter:
            isFiltering = true
            filter.update(hit)
            return .used
        case .table:
            if hit.action == .click { isFiltering = false }
            return table.selection.update(hit) ? .moved : .unused
        default: return .unused
        }
    }

    mutating func paste(_ text: String) -> FilterChange {
        guard isFiltering else { return .unused }
        let before = filter.text
        filter.paste(text)
        return typed(instead: before)
    }

    private mutating func typed(instead before: String) -> FilterChange {
        guard filter.text != before else { return .used }
        table.selection.select(0)
        return .typed
    }

    /// Esc: leave the filter and empty it.
    /// - Returns: false when there was nothing to leave.
    mutating func clearFilter() -> Bool {
        guard isFiltering || !filter.isEmpty else { return false }
        isFiltering = false
        if !filter.isEmpty { filter.setText("") }
        return true
    }

    /// One row: the filter, and how many are listed at the right.
    func drawFilter(into surface: inout Surface, in rect: Rect, count: String, theme: Theme) {
        let (label, countWidth) = ("Filter ", Text.width(count))
        surface.write(label, at: rect.origin, style: theme.label)
        let room = rect.width - label.count - countWidth - 2
        let field = Rect(x: rect.x + label.count, y: rect.y, width: max(0, min(40, room)), height: 1)
        if isFiltering || !filter.isEmpty {
            surface.within(.filter) { filter.draw(into: &$0, in: field, theme: theme, focused: isFiltering) }
        } else {
            surface.within(.filter) { $0.register(.text, in: field) }
            surface.write("press / to type", at: field.origin, style: theme.dim, limit: field.width)
        }
        surface.write(count, at: Point(rect.maxX - countWidth, rect.y), style: theme.dim)
    }
}
