import Chainguard

/// What a session leaves for the next one: where the person was, how the list was sorted, the theme chosen on screen,
/// whom the last login was as.
public struct Memory: Sendable, Equatable, Codable {
    /// A tab's title.
    public var screen: String?
    public var sort: Sort?
    public var theme: String?
    /// The one that was logged in as last.
    public var identity: Identity?

    public struct Identity: Sendable, Equatable, Codable {
        /// The API that knows it.
        public var api: String
        public var uid: UIDP
        public var name: String?

        public init(api: String, uid: UIDP, name: String?) {
            self.api = api
            self.uid = uid
            self.name = name
        }
    }

    public struct Sort: Sendable, Equatable, Codable {
        public var column: String
        public var isAscending: Bool
    }

    public init(screen: String? = nil, sort: Sort? = nil, theme: String? = nil, identity: Identity? = nil) {
        self.screen = screen
        self.sort = sort
        self.theme = theme
        self.identity = identity
    }
}

extension App {
    /// To be handed to the next session.
    public var memory: Memory {
        let tab = ([screen] + history.reversed()).first { Screen.tabs.contains($0) }
        let sort = Memory.Sort(column: identities.choice.sort.rawValue, isAscending: identities.choice.isAscending)
        return Memory(
            screen: tab?.title, sort: sort, theme: chosenTheme ?? options.memory.theme,
            identity: workspace.lastUsed ?? options.memory.identity)
    }

    /// What is not known here any more is left alone.
    mutating func recall(_ memory: Memory) {
        if let tab = Screen.tabs.first(where: { $0.title == memory.screen }) { screen = tab }
        if memory.identity?.api == options.endpoints.api { workspace.lastUsed = memory.identity }
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
