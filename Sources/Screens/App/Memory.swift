/// What a session leaves for the next one: where the person was, how the list was sorted, the theme chosen on screen.
public struct Memory: Sendable, Equatable, Codable {
    /// A tab's title.
    public var screen: String?
    public var sort: Sort?
    public var theme: String?

    public struct Sort: Sendable, Equatable, Codable {
        public var column: String
        public var isAscending: Bool
    }

    public init(screen: String? = nil, sort: Sort? = nil, theme: String? = nil) {
        self.screen = screen
        self.sort = sort
        self.theme = theme
    }
}

extension App {
    /// To be handed to the next session.
    public var memory: Memory {
        let tab = ([screen] + history.reversed()).first { Screen.tabs.contains($0) }
        let sort = Memory.Sort(column: identities.choice.sort.rawValue, isAscending: identities.choice.isAscending)
        return Memory(screen: tab?.title, sort: sort, theme: chosenTheme ?? options.memory.theme)
    }

    /// What is not known here any more is left alone.
    mutating func recall(_ memory: Memory) {
        if let tab = Screen.tabs.first(where: { $0.title == memory.screen }) { screen = tab }
        guard let sort = memory.sort, let column = IdentityColumn(rawValue: sort.column) else { return }
        identities.choice.sort = column
        identities.choice.isAscending = sort.isAscending
    }

    mutating func changeTheme() {
        let index = options.themes.firstIndex { $0.name == options.theme.name } ?? -1
        options.theme = options.themes[(index + 1) % options.themes.count]
        chosenTheme = options.theme.name
        say("Theme: \(options.theme.name)")
    }
}
