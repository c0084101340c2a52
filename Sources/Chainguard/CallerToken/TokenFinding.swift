/// Something about a token that a person should know.
public struct TokenFinding: Sendable, Hashable {
    /// How much a finding matters; ordered from note to error.
    public enum Severity: String, Sendable, Hashable, CaseIterable, Comparable {
        /// Good to know.
        case note
        /// Works today, but unwise.
        case warning
        /// Chainguard will refuse the token.
        case error

        public static func < (lhs: Severity, rhs: Severity) -> Bool { lhs.rank < rhs.rank }

        private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    /// What was looked for and found.
    public var rule: TokenRule
    /// Where in the token: `base64`, `request line`, `header X-Amz-Date`.
    public var place: String
    /// The byte at which the place begins: of the request, or of the text as given for what stands around the token and
    /// for its base64. `nil` where there is no such byte, as for what is missing.
    public var offset: Int?
    /// What is so, and what follows from it.
    public var explanation: String
    /// What to do; empty when nothing needs doing.
    public var fix: String

    /// Stable, for scripts: `audience-trailing-slash`.
    public var code: String { rule.code }
    /// The rule's.
    public var severity: Severity { rule.severity }

    public init(_ rule: TokenRule, place: String, offset: Int? = nil, explanation: String, fix: String) {
        self.rule = rule
        self.place = place
        self.offset = offset
        self.explanation = explanation
        self.fix = fix
    }
}
