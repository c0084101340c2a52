/// Why there can be no full-screen terminal here.
public enum TerminalError: Error, Sendable, Hashable {
    /// Standard input or output (named) leads elsewhere.
    case notATerminal(String)
    /// `TERM=dumb`, or unset: the terminal can neither clear nor move.
    case dumb
    /// ncurses knows no way to drive this terminal.
    case noEntry(term: String)
    /// The clipboard takes `limit` bytes, and the text has more.
    case tooLongToCopy(bytes: Int, limit: Int)
    case system(call: String, code: Int32)

    /// What happened.
    public var what: String {
        switch self {
        case .notATerminal(let stream): "\(stream) is not a terminal"
        case .dumb: "The terminal says it is dumb (TERM): it cannot show full screens"
        case .noEntry(let term): "No way is known to drive a terminal of the type \(term)"
        case .tooLongToCopy(let bytes, let limit):
            "\(bytes) bytes are too many for the terminal's clipboard (\(limit) at most)"
        case .system(let call, let code): "\(call) failed with error \(code)"
        }
    }

    /// What to do about it.
    public var remedy: String {
        switch self {
        case .notATerminal: "Run it in a terminal, or use one of the subcommands"
        case .dumb: "Use one of the subcommands, or set TERM to what the terminal is"
        case .noEntry: "Set TERM=xterm-256color, or install the terminfo database (ncurses-base)"
        case .tooLongToCopy: "Write it to a file with the subcommand of the same name"
        case .system: "Try another terminal; if it stays, report it"
        }
    }
}
