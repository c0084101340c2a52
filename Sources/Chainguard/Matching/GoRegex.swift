/// A regular expression in Go's dialect of RE2 (<https://github.com/google/re2/wiki/Syntax>), the one in which
/// Chainguard matches AWS callers. What Go refuses is refused; matching takes time in proportion to pattern × text.
public struct GoRegex: Sendable, Hashable {
    /// As it was given.
    public let pattern: String
    private let program: RegexProgram
    /// Whether every way through the pattern begins with `^` or `\A`.
    let isAnchoredAtStart: Bool
    /// Whether every way through the pattern ends with `$` or `\z`.
    let isAnchoredAtEnd: Bool

    /// - Throws: ``PatternError`` in Go's words; also for programs beyond 100,000 steps, which Go would still run.
    public init(_ pattern: String) throws(PatternError) {
        var parser = RegexParser(pattern)
        let tree = try parser.parse()
        guard let program = RegexProgram(tree) else {
            throw parser.scanner.error(.tooLarge, 0..<parser.scanner.count)
        }
        self.pattern = pattern
        self.program = program
        isAnchoredAtStart = tree.isAnchored(by: .beginOfText, fromEnd: false)
        isAnchoredAtEnd = tree.isAnchored(by: .endOfText, fromEnd: true)
    }

    /// Whether the pattern is found anywhere in the text, as Go's `MatchString` says: without `^` and `$` that may be
    /// in its middle.
    public func matches(_ text: String) -> Bool {
        var machine = RegexMachine(program, text)
        return machine.finds()
    }

    /// How far the text agrees with the pattern from its beginning: the length in UTF-8 bytes of the longest prefix
    /// along which the pattern can still be met.
    public func longestMatchedPrefix(_ text: String) -> Int {
        var machine = RegexMachine(program, text)
        let characters = machine.followed()
        return text.unicodeScalars.prefix(characters).reduce(0) { $0 + Unicode.UTF8.width($1) }
    }

    /// The text as a pattern that matches only itself, as Go's `regexp.QuoteMeta` writes it.
    public static func escape(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            if metacharacters.contains(scalar) { escaped.unicodeScalars.append("\\") }
            escaped.unicodeScalars.append(scalar)
        }
        return escaped
    }

    private static let metacharacters = Set("\\.+*?()|[]{}^$".unicodeScalars)

    public static func == (lhs: GoRegex, rhs: GoRegex) -> Bool { lhs.pattern.utf8.elementsEqual(rhs.pattern.utf8) }

    public func hash(into hasher: inout Hasher) { hasher.combine(Array(pattern.utf8)) }
}
