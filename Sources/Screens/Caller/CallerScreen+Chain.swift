import AWSCaller
import FoundationEssentials
import TerminalUI

extension CallerScreen {
    /// Every source in the order of the chain, a row each: a sign, its name, what it said. On a wide screen all that it
    /// rests on stands below it, else `chainDetails` tells.
    func chain(_ context: Context, _ page: inout Page) {
        page.heading("Where credentials come from, first to last")
        let isLoading = context.workspace.caller.isLoading
        for source in CredentialSource.allCases {
            if let said = said(source, context) {
                row(said, &page)
                if context.isWide { details(of: said, &page) }
            } else if isLoading, asking == source {
                askingRow(source, context, &page)
            } else {
                let words = isLoading ? "not asked yet" : "not asked"
                page.appendRow(Self.lead(source.title, words, page.theme.glyphs.radioOff, page.theme.dim))
            }
        }
    }

    /// What the sources said for which their rows have no room.
    func chainDetails(_ context: Context, _ page: inout Page) {
        let more = CredentialSource.allCases.compactMap { said($0, context) }
            .filter { !$0.told.details.isEmpty || reasonBehind($0, page) == nil }
        guard !more.isEmpty else { return }
        page.heading("What the sources say")
        for said in more {
            page.item(said.sign(page.theme), said.style(page.theme), [Span(said.told.title)])
            details(of: said, &page)
        }
    }

    /// What a source said, and what that is to the chain.
    private struct Said {
        var told: SourceExplanation
        var outcome: SourceReport.Outcome

        func sign(_ theme: Theme) -> String {
            switch outcome {
            case .used: theme.glyphs.radioOn
            case .failed: theme.glyphs.cross
            case .shadowed, .skipped, .notConfigured: theme.glyphs.radioOff
            }
        }

        func style(_ theme: Theme) -> Style {
            switch outcome {
            case .used: theme.good
            case .failed: theme.bad
            case .shadowed: theme.warning
            case .skipped, .notConfigured: theme.dim
            }
        }
    }

    /// While the chain is walked again, what this walk brought so far.
    private func said(_ source: CredentialSource, _ context: Context) -> Said? {
        let caller = context.workspace.caller
        if !caller.isLoading, let found = caller.value {
            return found.resolution.reports.first { $0.source == source }
                .map { Said(told: found.explanation(of: $0), outcome: $0.outcome) }
        }
        return reports[source].map { Said(told: $0.explanation(), outcome: $0.outcome) }
    }

    /// The outcomes stand in a column of their own.
    private static func lead(_ title: String, _ outcome: String, _ sign: String, _ style: Style) -> [Span] {
        [Span(sign + " ", style), Span(Text.padded(title, to: 34)), Span(outcome, style)]
    }

    private func lead(_ said: Said, _ theme: Theme) -> [Span] {
        Self.lead(said.told.title, said.told.outcome, said.sign(theme), said.style(theme))
    }

    /// The reason as it stands behind the outcome; `nil` where there is no room for it.
    private func reasonBehind(_ said: Said, _ page: Page) -> [Span]? {
        guard !said.told.reason.isEmpty else { return [] }
        let behind = [Span(": \(said.told.reason)", page.theme.dim)]
        return lead(said, page.theme).width + behind.width <= page.width ? behind : nil
    }

    private func row(_ said: Said, _ page: inout Page) {
        page.appendRow(lead(said, page.theme) + (reasonBehind(said, page) ?? []))
    }

    /// The reason, where it does not stand in the row, and what it rests on.
    private func details(of said: Said, _ page: inout Page) {
        if reasonBehind(said, page) == nil { page.text(said.told.reason, page.theme.dim, indent: 4) }
        for detail in said.told.details { write(detail, &page) }
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

    /// With a moving sign and the time it takes, once that is worth telling.
    private func askingRow(_ source: CredentialSource, _ context: Context, _ page: inout Page) {
        let seconds = askingSince.map { context.now.timeIntervalSince($0) } ?? 0
        let elapsed = Duration.milliseconds(Int(max(0, min(1e9, seconds)) * 1000))
        let spinner = Spinner(elapsed: elapsed)
        let sign = spinner.isVisible ? spinner.sign(page.theme.glyphs) : page.theme.glyphs.radioOff
        let time = spinner.isVisible ? " \(TimeText.waited(elapsed))" : ""
        page.appendRow(Self.lead(source.title, "asking …" + time, sign, page.theme.accent))
    }
}
