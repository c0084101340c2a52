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
    var list: FilterList

    init(_ entries: [Entry]) {
        self.entries = entries
        list = FilterList(entries.map(\.command.title), placeholder: "what do you want to do?")
    }

    var chosen: Entry? { list.chosen.map { entries[$0] } }

    mutating func update(_ key: Key, size: Size) {
        _ = list.update(key, visibleRows: HelpOverlay.box(in: Chrome.content(of: size)).height - 3)
    }

    func draw(into surface: inout Surface, in rect: Rect, theme: Theme) {
        let box = HelpOverlay.box(in: rect)
        Panel.draw(into: &surface, in: box, title: "Actions", theme: theme)
        list.draw(
            into: &surface, in: box.inset(horizontal: 2, vertical: 1), theme: theme, prompt: ": ",
            none: "No action is called that."
        ) { index, isChosen in
            let entry = entries[index]
            let style = isChosen ? theme.selected : entry.objection == nil ? theme.text : theme.dim
            let reason = Span(entry.objection.map { "  not now: \($0)" } ?? "", isChosen ? style : theme.dim)
            let found = isChosen ? style.layered(over: Style(.standard, on: .standard, .underline)) : theme.found
            let title = list.matcher.highlighted(entry.command.title, style: style, highlight: found)
            return (title + [reason], [Span(entry.keys, isChosen ? style : theme.key)])
        }
    }
}
