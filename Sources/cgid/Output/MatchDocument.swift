import Chainguard
import TerminalUI

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
    /// 1 for a match, down to 0 for nothing in common.
    let closeness: Double
    let fields: [Field]
    let advice: [String]

    init(_ ranked: RankedIdentity) {
        let verdict = ranked.verdict
        uid = ranked.identity.uid.text
        name = ranked.identity.name
        matches = verdict.matches
        closeness = ranked.closeness
        advice = verdict.advice
        fields = verdict.fields.map { field in
            Field(
                field: field.field.rawValue, expected: field.expected.text, isPattern: field.expected.isPattern,
                actual: field.actual, matches: field.matches, matchedPrefix: field.matchedPrefix,
                problem: field.problem)
        }
    }
}

/// The same for people.
enum MatchText {
    private static let longestRanking = 20

    /// The closest first: how close, and where each parts from the caller.
    static func ranking(_ ranked: [RankedIdentity]) -> String {
        var table = TextTable(header: ["CLOSE", "NAME", "UIDP", "VERDICT"], rows: [])
        for entry in ranked.prefix(longestRanking) {
            table.rows.append([
                "\(Int(entry.closeness * 100)) %", entry.identity.name, entry.identity.uid.text,
                entry.verdict.summary,
            ])
        }
        let more = ranked.count - longestRanking
        return table.text + (more > 0 ? "\nand \(more) more, less close: -o json lists them all" : "")
    }

    /// Each field with both values; where they part, the first character that differs is marked.
    static func text(_ ranked: RankedIdentity) -> String {
        let (identity, verdict) = (ranked.identity, ranked.verdict)
        var lines = ["\(identity.name) (\(identity.uid)): \(verdict.matches ? "matches" : "does not match")"]
        for field in verdict.fields {
            lines.append("  \(field.matches ? "ok" : "no")  \(field.field.title)")
            lines.append("      expected \(field.expected.words)")
            lines.append("      actual   \(field.actual)")
            guard !field.matches else { continue }
            lines.append(field.problem.map { "      \($0)" } ?? mark(field))
        }
        return (lines + verdict.advice.map { "  \($0)" }).joined(separator: "\n")
    }

    private static func mark(_ field: FieldVerdict) -> String {
        let agreed = Text.sanitised(String(decoding: field.actual.utf8.prefix(field.matchedPrefix), as: UTF8.self))
        let isShort = field.matchedPrefix >= field.actual.utf8.count
        let gap = String(repeating: " ", count: 15 + Text.width(agreed))
        return "\(gap)^ \(isShort ? "ends too early" : "differs from here")"
    }
}
