import AWSCaller
import FoundationEssentials
import TerminalUI

extension CallerScreen {
    /// Every source in the order of the chain: a sign, its name, what it said, and below that what it rests on.
    func chain(_ context: Context, _ page: inout Page) {
        page.heading("Where credentials come from, first to last")
        let caller = context.workspace.caller
        let final = caller.isLoading ? nil : caller.value
        let known = final.map { Dictionary($0.resolution.reports.map { ($0.source, $0) }, uniquingKeysWith: { $1 }) }
        for source in CredentialSource.allCases {
            if let report = (known ?? reports)[source] {
                row(final?.explanation(of: report) ?? report.explanation(), report.outcome, &page)
            } else if caller.isLoading, asking == source {
                askingRow(source, context, &page)
            } else {
                let words = caller.isLoading ? "not asked yet" : "not asked"
                row(source.title, words, "", page.theme.glyphs.radioOff, page.theme.dim, &page)
            }
        }
    }

    /// With a moving sign and the time it takes, once that is worth telling.
    private func askingRow(_ source: CredentialSource, _ context: Context, _ page: inout Page) {
        let seconds = askingSince.map { context.now.timeIntervalSince($0) } ?? 0
        let elapsed = Duration.milliseconds(Int(max(0, min(1e9, seconds)) * 1000))
        let spinner = Spinner(elapsed: elapsed)
        let sign = spinner.isVisible ? spinner.sign(page.theme.glyphs) : page.theme.glyphs.radioOff
        let time = spinner.isVisible ? " \(TimeText.waited(elapsed))" : ""
        row(source.title, "asking …" + time, "", sign, page.theme.accent, &page)
    }

    private func row(_ told: SourceExplanation, _ outcome: SourceReport.Outcome, _ page: inout Page) {
        let theme = page.theme
        let (sign, style) =
            switch outcome {
            case .used: (theme.glyphs.radioOn, theme.good)
            case .failed: (theme.glyphs.cross, theme.bad)
            case .shadowed: (theme.glyphs.radioOff, theme.warning)
            case .skipped, .notConfigured: (theme.glyphs.radioOff, theme.dim)
            }
        row(told.title, told.outcome, told.reason, sign, style, &page)
        for detail in told.details { write(detail, &page) }
    }

    private func write(_ detail: SourceExplanation.Detail, _ page: inout Page) {
        let theme = page.theme
        switch detail {
        case .start(let text): page.text(text, indent: 4)
        case .origin(let text), .cause(let text): page.text(text, theme.dim, indent: 4)
        case .hop(let role): page.item(theme.glyphs.arrow, theme.text, [Span(role)], indent: 4)
        case .remedy(let text): page.item(theme.glyphs.arrow, theme.accent, [Span(text)], indent: 4)
        case .probe(let text, let hasCredentials):
            let (sign, style) = hasCredentials ? (theme.glyphs.check, theme.good) : (theme.glyphs.cross, theme.bad)
            page.item(sign, style, [Span(text)], indent: 4)
        }
    }

    /// The outcomes stand in a column of their own; the reason behind it where there is room, else below.
    private func row(
        _ title: String, _ outcome: String, _ reason: String, _ sign: String, _ style: Style, _ page: inout Page
    ) {
        let lead = [Span(sign + " ", style), Span(Text.padded(title, to: 34)), Span(outcome, style)]
        let behind = lead + (reason.isEmpty ? [] : [Span(": \(reason)", page.theme.dim)])
        guard behind.width > page.width else {
            page.appendRow(behind)
            return
        }
        page.appendRow(lead)
        page.text(reason, page.theme.dim, indent: 4)
    }
}
