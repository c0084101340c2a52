/// Why a pattern is no regular expression to Go (`regexp/syntax`), in Go's words.
public struct PatternError: Error, Sendable, Hashable {
    /// The whole pattern.
    public var pattern: String
    /// As Go says it: ``error parsing regexp: missing closing ]: `[a` ``.
    public var message: String
    /// Where in the pattern, in UTF-8 bytes.
    public var offset: Int

    public init(pattern: String, message: String, offset: Int) {
        self.pattern = pattern
        self.message = message
        self.offset = offset
    }
}

extension PatternError: CustomStringConvertible {
    public var description: String { message }
}

/// What can be wrong with a pattern.
enum RegexProblem: String {
    case invalidCharacterRange = "invalid character class range"
    case invalidEscape = "invalid escape sequence"
    case invalidNamedCapture = "invalid named capture"
    case invalidPerlSyntax = "invalid or unsupported Perl syntax"
    case nestedRepetition = "invalid nested repetition operator"
    case invalidRepeatCount = "invalid repeat count"
    case missingBracket = "missing closing ]"
    case missingParenthesis = "missing closing )"
    case missingArgument = "missing argument to repetition operator"
    case trailingBackslash = "trailing backslash at end of expression"
    case unexpectedParenthesis = "unexpected )"
    case nestingDepth = "expression nests too deeply"
    case tooLarge = "expression too large"
}
