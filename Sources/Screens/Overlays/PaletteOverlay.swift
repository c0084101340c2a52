import TerminalUI

/// Every action by name; those that can't be done now say why.
struct PaletteOverlay: Sendable {
    struct Entry: Sendable {
        var command: Command
        var keys: String
        /// `nil` when it can be done.
        var objection: String?
    }

    let entries: [Entry]
    var filter = TextField(placeholder: "what do you want to do?")
    private(set) var listed: [Int]
    var selection: Selection
    private let index: FuzzyIndex

    init(_ entries: [Entry]) {
        self.entries = entries
        index = FuzzyIndex(entries.map(\.command.title))
        listed = Array(entries.indices)
        selection = Selection(count: entries.count)
    }

    var chosen: Entry? {
        selection.current.flatMap { $0 < listed.count ? entries[listed[$0]] : nil }
    }

    mutating func update(_ key: Key, size: Size) {
        selection.visibleRows = max(1, HelpOverlay.box(in: Chrome.content(of: size)).height - 3)
        switch key.code {
        case .up, .down, .pageUp, .pageDown: _ = selection.update(key, letters: false)
        default: if filter.update(key) { list() }
        }
    }

    mutating func paste(_ text: String) {
        filter.paste(text)
        list()
    }

    private mutating func list() {
        listed = index.search(FuzzyMatcher(filter.text))
        selection.setCount(listed.count)
        selection.select(0)
    }

    func draw(into surface: inout Surface, in rect: Rect, theme: Theme) {
        let box = HelpOverlay.box(in: rect)
        Panel.draw(into: &surface, in: box, title: "Actions", theme: theme)
        let (search, body) = box.inset(horizontal: 2, vertical: 1).splitTop(1)
        surface.cursor = nil
        surface.write(": ", at: search.origin, style: theme.key)
        filter.draw(into: &surface, in: search.splitLeft(2).rest, theme: theme, focused: true)
        if listed.isEmpty { surface.write("No action is called that.", at: body.origin, style: theme.dim) }
        let top = selection.top(height: body.height)
        for (line, entry) in listed.dropFirst(top).prefix(body.height).map({ entries[$0] }).enumerated() {
            let isSelected = top + line == selection.current
            draw(
                entry, isSelected, into: &surface, in: Rect(x: body.x, y: body.y + line, width: body.width, height: 1),
                theme)
        }
    }

    private func draw(_ entry: Entry, _ isSelected: Bool, into surface: inout Surface, in row: Rect, _ theme: Theme) {
        let style = isSelected ? theme.selected : entry.objection == nil ? theme.text : theme.dim
        if isSelected { surface.fill(row, style: style) }
        let pointer = isSelected ? theme.glyphs.pointer : " "
        let reason = entry.objection.map { "  \($0)" } ?? ""
        let keysWidth = Text.width(entry.keys)
        let spans = [
            Span("\(pointer) \(entry.command.title)", style), Span(reason, isSelected ? style : theme.dim),
        ]
        surface.write(spans, at: row.origin, limit: row.width - keysWidth - 1)
        surface.write(entry.keys, at: Point(row.maxX - keysWidth, row.y), style: isSelected ? style : theme.key)
    }
}
