import Chainguard
import TerminalUI

/// What the program was started with.
public struct AppOptions: Sendable {
    /// Everything is answered by the sandbox in this process: the screen says so.
    public var isSandbox: Bool
    /// Nothing at Chainguard may be changed from here.
    public var isReadOnly: Bool
    public var endpoints: ChainguardEndpoints
    public var theme: Theme
    /// Those that can be changed to, in this order.
    public var themes: [Theme]
    /// What the last session left.
    public var memory: Memory
    /// The organization or folder, by name or UIDP, that new identities stand in unless another is picked
    /// (chainctl's `default.group`).
    public var defaultParent: String?
    /// The person's home folder: paths below it are shown with `~`.
    public var home: String?
    /// The AWS profile asked for on the command line.
    public var profile: String?

    public init(
        isSandbox: Bool = false, isReadOnly: Bool = false, endpoints: ChainguardEndpoints = ChainguardEndpoints(),
        theme: Theme = .standard, themes: [Theme] = Theme.all, memory: Memory = Memory(), defaultParent: String? = nil,
        home: String? = nil, profile: String? = nil
    ) {
        self.isSandbox = isSandbox
        self.isReadOnly = isReadOnly
        self.endpoints = endpoints
        self.theme = theme
        self.themes = themes
        self.memory = memory
        self.defaultParent = defaultParent
        self.home = home
        self.profile = profile
    }

    /// The path as people write it.
    func shortened(_ path: String) -> String {
        guard let home, path.hasPrefix(home + "/") else { return path }
        return "~" + path.dropFirst(home.count)
    }
}
