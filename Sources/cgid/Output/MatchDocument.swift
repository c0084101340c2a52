import Chainguard

/// One identity's verdict for a caller, as `identities match -o json` prints it.
struct MatchDocument: Encodable {
    struct Field: Encodable {
        let field: String
        let expected: String
        let isPattern: Bool
        let actual: String
        let matches: Bool
        /// UTF-8 bytes of `actual` that agree before they part ways.
        let matchedPrefix: Int
        let problem: String?
    }
    let uid: String
    let name: String
    let matches: Bool
    let fields: [Field]
    let advice: [String]

    init(_ identity: AssumableIdentity, _ verdict: MatchVerdict) {
        uid = identity.uid.text
        name = identity.name
        matches = verdict.matches
        advice = verdict.advice
        fields = verdict.fields.map { field in
            Field(
                field: field.field.rawValue, expected: field.expected.text, isPattern: field.expected.isPattern,
                actual: field.actual, matches: field.matches, matchedPrefix: field.matchedPrefix,
                problem: field.problem)
        }
    }
}

/// The same for people: for each field that differs both values and where they part.
enum MatchText {
    static func text(_ identity: AssumableIdentity, _ verdict: MatchVerdict) -> String {
        var lines = ["\(identity.name) (\(identity.uid)): \(verdict.matches ? "matches" : "does not match")"]
        for field in verdict.fields {
            lines.append("  \(field.matches ? "ok" : "no")  \(field.field.title)")
            guard !field.matches else { continue }
            lines.append("      expected \(field.expected.text)")
            lines.append("      actual   \(field.actual)")
            if let problem = field.problem { lines.append("      \(problem)") }
            if field.matchedPrefix > 0 {
                lines.append("      agrees up to '\(prefix(of: field))'")
            }
        }
        return (lines + verdict.advice.map { "  \($0)" }).joined(separator: "\n")
    }

    private static func prefix(of field: FieldVerdict) -> String {
        String(decoding: field.actual.utf8.prefix(field.matchedPrefix), as: UTF8.self)
    }
}
