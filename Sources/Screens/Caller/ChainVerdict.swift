import AWSCaller
import TerminalUI

/// What the chain came to, in a line: which source won, and which of the others gave or might have given credentials.
struct ChainVerdict {
    let reports: [SourceReport]

    /// Writes nothing where no source was of use: then there is nothing to tell apart.
    func write(_ page: inout Page) {
        let theme = page.theme
        let won = titles { $0 == .used }
        let parts =
            part(won.isEmpty ? "Failed" : "failed", theme.bad) { if case .failed = $0 { true } else { false } }
            + part("shadowed", theme.warning) { if case .shadowed = $0 { true } else { false } }
            + part("skipped", theme.dim, hint: ", P asks") { if case .skipped = $0 { true } else { false } }
        let all = (won.isEmpty ? [] : [Span("Won: \(won.joined(separator: ", "))", theme.good)]) + parts
        guard !all.isEmpty else { return }
        let separator = Span(" \(theme.glyphs.separator) ", theme.dim)
        let spans = Array(all.map { [$0] }.joined(separator: [separator]))
        let (sign, style) = won.isEmpty ? (theme.glyphs.cross, theme.bad) : (theme.glyphs.radioOn, theme.good)
        page.item(sign, style, spans)
    }

    private func part(
        _ words: String, _ style: Style, hint: String = "", _ isMeant: (SourceReport.Outcome) -> Bool
    ) -> [Span] {
        let titles = titles(isMeant)
        return titles.isEmpty ? [] : [Span("\(words): \(titles.joined(separator: ", "))\(hint)", style)]
    }

    private func titles(_ isMeant: (SourceReport.Outcome) -> Bool) -> [String] {
        reports.filter { isMeant($0.outcome) }.map(\.source.title)
    }
}
