import TerminalUI
import TestSupport
import Testing

/// Whatever is typed and however small the place is: no crash, and nothing drawn outside the place.
@Suite struct ContainmentTests {
    private let keys: [Key] =
        [.enter, .escape, .tab, .backTab, .up, .down, .left, .right, .space, Key(.home), Key(.end), Key(.pageUp)]
        + [Key(.pageDown), Key(.backspace), Key(.delete), Key(.left, alt: true), Key(.backspace, alt: true)]
        + "adjkgGuw/漢x_y".flatMap { [Key(.character($0)), Key(.control($0))] }

    private struct Widgets {
        var field = TextField("some 漢字 text", placeholder: "placeholder")
        var table = TableView(columns: [TableColumn("A", .flexible(min: 3)), TableColumn("B", .fixed(4), priority: 1)])
        var pane = ScrollPane(text: "several words that wrap\nand more\n\n漢字かな")
        var choice = Choice([ChoiceOption("one", detail: "first"), ChoiceOption("two", disabledReason: "no")])
        var multi = MultiChoice((0..<30).map { ChoiceOption("option \($0)") })
        var dialog = Dialog(title: "Title", message: [["a message"]], confirmLabel: "Do", requiredText: "name")

        mutating func update(_ key: Key) {
            _ = field.update(key)
            _ = table.update(key)
            _ = pane.update(key)
            _ = choice.update(key)
            _ = multi.update(key)
            _ = dialog.update(key)
        }

        func draw(_ number: Int, into surface: inout Surface, in rect: Rect, theme: Theme) {
            switch number {
            case 0: field.draw(into: &surface, in: rect, theme: theme, focused: true)
            case 1:
                table.draw(into: &surface, in: rect, theme: theme, focused: true) {
                    ["漢字 \($0)", "b"].map { TableCell($0) }
                }
            case 2: pane.draw(into: &surface, in: rect, theme: theme)
            case 3: choice.draw(into: &surface, in: rect, theme: theme, focused: true)
            case 4: multi.draw(into: &surface, in: rect, theme: theme, focused: true)
            case 5: dialog.draw(into: &surface, in: rect, theme: theme)
            case 6: Tabs(["Caller", "Identities"]).draw(into: &surface, in: rect, theme: theme)
            default: [KeyHint(.control("c"), label: "quit")].draw(into: &surface, in: rect, theme: theme)
            }
        }
    }

    @Test(arguments: ["standard", "mono"])
    func widgetsStayInTheirPlace(_ name: String) throws {
        let theme = try #require(Theme(named: name)).with(glyphs: name == "mono" ? .ascii : .unicode)
        var generator = SeededGenerator(seed: 42)
        var widgets = Widgets()
        for round in 0..<3_000 {
            if let key = keys.randomElement(using: &generator) { widgets.update(key) }
            widgets.table.rowCount = round % 40
            let rect = Rect(
                x: Int.random(in: 0...12, using: &generator), y: Int.random(in: 0...6, using: &generator),
                width: Int.random(in: 0...30, using: &generator), height: Int.random(in: 0...8, using: &generator))
            var surface = Surface(size: Size(40, 12))
            widgets.draw(round % 8, into: &surface, in: rect, theme: theme)
            for y in 0..<12 {
                for x in 0..<40
                where !rect.contains(Point(x, y)) && surface[x, y] != Cell(text: " ", width: 1, style: .plain) {
                    Issue.record("widget \(round % 8) drew at \(x), \(y), outside \(rect)")
                    return
                }
            }
        }
    }
}
