/// Something about a token that a person should know.
public struct TokenFinding: Sendable, Hashable {
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

    /// Stable, for scripts: `audience-trailing-slash`.
    public var code: String
    public var severity: Severity
    /// Where in the token: `base64, offset 12`, `request line`, `header X-Amz-Date`.
    public var place: String
    /// What is so, and what follows from it.
    public var explanation: String
    /// What to do; empty when nothing needs doing.
    public var fix: String

    public init(code: String, severity: Severity, place: String, explanation: String, fix: String) {
        self.code = code
        self.severity = severity
        self.place = place
        self.explanation = explanation
        self.fix = fix
    }
}
