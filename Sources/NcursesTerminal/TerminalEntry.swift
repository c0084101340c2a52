/// Which terminfo entry drives the terminal.
public struct TerminalEntry: Sendable, Hashable {
    public enum Origin: String, Sendable, Hashable {
        /// What `TERM` names.
        case own
        /// A relative of what `TERM` names, from the host's database.
        case family
        /// The one inside this program.
        case embedded
    }

    /// What `TERM` says.
    public var asked: String
    public var served: String
    public var origin: Origin

    /// What to try, in this order.
    static func candidates(for term: String) -> [TerminalEntry] {
        let relatives = family(of: term).filter { $0 != term }
        return [TerminalEntry(asked: term, served: term, origin: .own)]
            + relatives.map { TerminalEntry(asked: term, served: $0, origin: .family) }
            + [TerminalEntry(asked: term, served: EmbeddedTerminfo.name, origin: .embedded)]
    }

    private static func family(of term: String) -> [String] {
        if term.hasPrefix("tmux") || term.hasPrefix("screen") {
            return ["screen-256color", "screen", "xterm-256color"]
        }
        if term.hasPrefix("linux") { return ["linux"] }
        if term.hasPrefix("rxvt") { return ["rxvt-256color", "rxvt", "xterm-256color"] }
        return ["xterm-256color", "xterm"]
    }
}
