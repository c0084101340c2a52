import CNcurses

extension TerminalEntry {
    /// What would drive a terminal of this type here, without taking the terminal over.
    /// - Returns: `nil` when it is dumb.
    public static func serving(_ term: String) -> TerminalEntry? {
        guard !["", "dumb", "unknown"].contains(term) else { return nil }
        return candidates(for: term).first { $0.origin == .embedded || cgid_terminfo_knows($0.served) != 0 }
    }
}
