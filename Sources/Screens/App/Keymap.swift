import TerminalUI

/// All keys, as data: what a key does, what the help says, and the key table of the documentation.
public enum Keymap {
    /// A group of keys under a heading.
    public struct Section: Sendable, Hashable {
        public var title: String
        public var rows: [Row]
    }

    public struct Row: Sendable, Hashable {
        /// As people write them: `↑/k`.
        public var keys: String
        public var help: String
    }

    static let global: [Binding<Command>] =
        [
            Binding(
                .character("?"), Key(.function(1)), action: .help, label: "help", help: "Show the keys of this screen."),
            Binding(.character(":"), action: .palette, label: "actions", help: "Find an action by its name."),
            Binding(.escape, action: .back, label: "back", help: "Go back one level; never quits."),
            Binding(.character("q"), action: .leave, label: "quit", help: "Go back; at the root, quit."),
            Binding(
                .character("U"), action: .go(.unfinished), label: "unfinished",
                help: "Show creations that did not come to their end.", showsInFooter: false),
            Binding(
                .character("x"), action: .dismiss, label: "dismiss", help: "Dismiss the message above the footer.",
                showsInFooter: false),
            Binding(
                .control("c"), action: .interrupt, label: "cancel",
                help: "Cancel what is running or being typed; when nothing is, press it twice to quit.",
                showsInFooter: false),
            Binding(
                .control("l"), action: .redraw, label: "redraw", help: "Draw the screen anew.", showsInFooter: false),
            Binding(
                .control("z"), action: .suspend, label: "suspend", help: "Suspend to the shell; fg comes back.",
                showsInFooter: false),
        ]
        + Screen.tabs.enumerated().map { index, screen in
            Binding(
                .character(Character("\(index + 1)")), action: .go(screen), label: screen.title,
                help: "Go to \(screen.title).", showsInFooter: false)
        }

    static let movement = Section(
        title: "Moving",
        rows: [
            Row(keys: "↑ ↓ k j", help: "Move, or scroll, by one."),
            Row(keys: "PgUp PgDn ^B ^F", help: "By a page."), Row(keys: "^U ^D", help: "By half a page."),
            Row(keys: "g G Home End", help: "To the start, to the end."),
            Row(keys: "Tab Shift-Tab", help: "Between panes and between fields."),
            Row(
                keys: "Mouse", help: "With --mouse: a click selects, a second one opens; the wheel scrolls."),
        ])

    static let typing = Section(
        title: "In a field",
        rows: [
            Row(keys: "^A ^E", help: "To the start, to the end."), Row(keys: "Alt-b Alt-f", help: "By a word."),
            Row(keys: "^W Alt-d", help: "Delete the word before, the word after."),
            Row(keys: "^U ^K", help: "Delete to the start, to the end."), Row(keys: "^_ ^Y", help: "Undo, redo."),
        ])

    static func bindings(of screen: Screen) -> [Binding<Command>] {
        switch screen {
        case .caller: CallerScreen.bindings
        case .identities: IdentitiesScreen.bindings
        case .wizard: WizardScreen.bindings
        case .token: TokenScreen.bindings
        case .login: LoginScreen.bindings
        case .repositories: RepositoriesScreen.bindings
        case .messages: MessagesScreen.bindings
        case .unfinished: UnfinishedScreen.bindings
        case .edit: EditScreen.bindings
        case .bindings: BindingsScreen.bindings
        }
    }

    /// The keys that work on a screen: its own, moving, typing, and those that work everywhere.
    /// - Parameter isReadOnly: leaves out what changes something.
    public static func sections(of screen: Screen, isReadOnly: Bool, glyphs: Glyphs = .unicode) -> [Section] {
        [
            section(screen.title, bindings(of: screen).allowed(isReadOnly), glyphs), movement, typing,
            section("Everywhere", global, glyphs),
        ].filter { !$0.rows.isEmpty }
    }

    private static func section(_ title: String, _ bindings: [Binding<Command>], _ glyphs: Glyphs) -> Section {
        Section(title: title, rows: bindings.map { Row(keys: $0.keyNames(glyphs), help: $0.help) })
    }

    /// The keys of all screens as one Markdown table, for the README.
    public static var markdown: String {
        let others = Screen.allCases.filter { !Screen.tabs.contains($0) }
        let screens = (Screen.tabs + others).map { section($0.title, bindings(of: $0), .unicode) }
        let rows = ([section("Everywhere", global, .unicode), movement, typing] + screens).flatMap { section in
            section.rows.map { "| \(section.title) | `\($0.keys)` | \($0.help) |" }
        }
        return (["| where | key | what it does |", "|---|---|---|"] + rows).joined(separator: "\n")
    }
}

extension [Binding<Command>] {
    func allowed(_ isReadOnly: Bool) -> [Binding<Command>] {
        isReadOnly ? filter { !$0.action.isMutation } : self
    }

    func binding(for key: Key) -> Binding<Command>? {
        first { $0.keys.contains(key) }
    }
}
