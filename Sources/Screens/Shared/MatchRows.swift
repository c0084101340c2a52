import Chainguard
import TerminalUI

extension Page {
    /// Whether a caller would be let in: a verdict, then each field; a field that does not match shows what was
    /// expected, what the caller has, and where the two part.
    mutating func verdict(_ verdict: MatchVerdict) {
        if verdict.matches {
            item(theme.glyphs.check, theme.good, [Span("This caller matches: it may assume the identity", theme.good)])
        } else {
            let fields = verdict.fields.filter { !$0.matches }.map(\.field.title)
            let clause = fields.joined(separator: " and ") + (fields.count == 1 ? " differs" : " differ")
            item(theme.glyphs.cross, theme.bad, [Span("This caller does not match: \(clause)", theme.bad)])
        }
        for field in verdict.fields.filter({ !$0.matches }) + verdict.fields.filter(\.matches) { row(field) }
        for line in verdict.advice { item(theme.glyphs.arrow, theme.accent, [Span(line)]) }
    }

    /// What a field of the caller must be.
    mutating func matcher(_ label: String, _ matcher: ValueMatcher) {
        if matcher.text.isEmpty { pair(label, "") } else { exact(label, matcher.words) }
    }

    private mutating func row(_ field: FieldVerdict) {
        if field.matches {
            let lead = "  \(theme.glyphs.check) "
            let label = Text.padded(field.field.title, to: 9)
            let room = max(8, width - Text.width(lead) - 9)
            for (index, chunk) in Page.chunks(Text.sanitised(field.actual), width: room).enumerated() {
                let blank = Span(String(repeating: " ", count: Text.width(lead) + 9))
                appendRow((index == 0 ? [Span(lead, theme.good), Span(label)] : [blank]) + [Span(chunk)])
            }
            return
        }
        item(theme.glyphs.cross, theme.bad, [Span(field.field.title)], indent: 2)
        expectation(field.expected)
        marked(field.actual, agreeing: field.matchedPrefix, label: "caller has", indent: 4)
        if let problem = field.problem { text(problem, theme.warning, indent: 4) }
    }

    private mutating func expectation(_ matcher: ValueMatcher) {
        let lead = "    " + Text.padded("expected", to: 11)
        for (index, line) in Page.chunks(Text.sanitised(matcher.words), width: max(8, width - Text.width(lead)))
            .enumerated()
        {
            let blank = String(repeating: " ", count: Text.width(lead))
            appendRow([Span(index == 0 ? lead : blank, theme.dim), Span(line)])
        }
    }

    /// A value whose first bytes agree with what was expected; an arrow stands under the first that does not.
    mutating func marked(_ value: String, agreeing bytes: Int, label: String, indent: Int) {
        let clean = Text.sanitised(value)
        let lead = String(repeating: " ", count: indent) + Text.padded(label, to: 11)
        let room = max(8, width - Text.width(lead))
        let start = agreeingCount(value, bytes: bytes)
        var shown = 0
        for (index, row) in Page.chunks(clean, width: room).enumerated() {
            let blank = String(repeating: " ", count: Text.width(lead))
            let good = min(max(0, start - shown), row.count)
            appendRow([
                Span(index == 0 ? lead : blank, theme.dim), Span(String(row.prefix(good))),
                Span(String(row.dropFirst(good)), theme.bad),
            ])
            let isHere = start >= shown && (start < shown + row.count || shown + row.count == clean.count)
            if isHere, start <= shown + row.count {
                let column = Text.width(lead) + Text.width(String(row.prefix(good)))
                appendRow(pointer(at: column, start == clean.count ? "ends too early" : "differs from here"))
            }
            shown += row.count
        }
    }

    /// An arrow under a column, with words behind it or, where there is no room, before it.
    private func pointer(at column: Int, _ words: String) -> [Span] {
        let behind = "\(theme.glyphs.up) \(words)"
        let isRoom = column + Text.width(behind) <= width
        let text = isRoom ? behind : "\(words) \(theme.glyphs.up)"
        let start = isRoom ? column : column + Text.width(theme.glyphs.up) - Text.width(text)
        return [Span(String(repeating: " ", count: max(0, start))), Span(text, theme.warning)]
    }

    private func agreeingCount(_ value: String, bytes: Int) -> Int {
        let prefix = String(decoding: value.utf8.prefix(max(0, bytes)), as: UTF8.self)
        return min(Text.sanitised(prefix).count, Text.sanitised(value).count)
    }
}
