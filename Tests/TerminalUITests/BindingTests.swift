import TerminalUI
import Testing

@Suite struct BindingTests {
    private enum Action: Sendable, Equatable { case open, quit, filter }

    private let table: [Binding<Action>] = [
        Binding(.enter, .character("o"), action: .open, label: "open", help: "Opens what is selected."),
        Binding(.character("/"), action: .filter, label: "filter", help: "Shows only what matches."),
        Binding(.control("c"), action: .quit, label: "quit", help: "Leaves.", showsInFooter: false),
    ]

    @Test func findsTheActionOfAKey() {
        #expect(table.action(for: .character("o")) == .open)
        #expect(table.action(for: .control("c")) == .quit)
        #expect(table.action(for: .character("x")) == nil)
        #expect(table.action(for: Key(.character("o"), alt: true)) == nil)
    }

    @Test func makesTheFooter() {
        let hints = table.footer()
        #expect(hints == [KeyHint(.enter, label: "open"), KeyHint(.character("/"), label: "filter")])
        #expect(drawn(30, 1) { hints.draw(into: &$0, in: $1, theme: .standard) } == "Enter open  / filter")
        #expect(drawn(19, 1) { hints.draw(into: &$0, in: $1, theme: .standard) } == "Enter open  …")
    }

    @Test(arguments: [
        (Key.control("c"), "^C", "^C"), (.up, "↑", "Up"), (.left, "←", "Left"), (.space, "Space", "Space"),
        (.backTab, "Shift-Tab", "Shift-Tab"), (Key(.character("b"), alt: true), "Alt-b", "Alt-b"),
        (Key(.function(5)), "F5", "F5"), (Key(.pageDown), "PgDn", "PgDn"),
    ])
    func namesKeys(_ key: Key, _ unicode: String, _ ascii: String) {
        #expect(key.name() == unicode)
        #expect(key.name(.ascii) == ascii)
    }
}
