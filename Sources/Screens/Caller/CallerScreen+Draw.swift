import AWSCaller
import FoundationEssentials
import TerminalUI

extension CallerScreen {
    func isPaired(_ context: Context) -> Bool { context.isWide }

    /// Everything one below the other: first what answers who calls and why, as far as a small screen holds it, then
    /// the rest of what is known.
    func page(_ context: Context) -> Page {
        var page = Page(width: context.content.width - 2, theme: context.theme)
        winner(context, &page)
        let facts = facts(context)
        page.labelWidth = 9
        for fact in facts where fact.isEssential { write(fact, &page) }
        page.labelWidth = Page.standardLabelWidth
        chain(context, &page)
        if !facts.isEmpty { page.heading("More about the caller") }
        for fact in facts where !fact.isEssential { write(fact, &page) }
        chainDetails(context, &page)
        findings(context, &page)
        return page
    }

    /// The caller and the findings; the chain with all that its sources say.
    func pair(_ context: Context) -> PagePair {
        var pair = PagePair(context)
        winner(context, &pair.left)
        for fact in facts(context) { write(fact, &pair.left) }
        findings(context, &pair.left)
        chain(context, &pair.right)
        return pair
    }

    private func winner(_ context: Context, _ page: inout Page) {
        guard let found = context.workspace.caller.value else {
            page.heading(Self.question)
            let words = endpoint.map { "asking STS at \($0.url) …" } ?? "looking through the credential sources …"
            page.text(context.workspace.caller.isLoading ? words : "not looked yet: r looks", page.theme.dim)
            return
        }
        headline(found, context, &page)
        ChainVerdict(reports: found.resolution.reports).write(&page)
        warn(found, context, &page)
        if let failure = found.failure {
            page.failure(failure)
            page.blank()
        }
        guard found.resolution.credentials == nil else { return }
        page.text(
            "Set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, run aws sso login, or run this on a "
                + "host with a role. Then press r.")
    }

    private static let question = "This host calls AWS as"

    /// Who it is: in one line with the question where that fits.
    private func headline(_ found: DetectedCaller, _ context: Context, _ page: inout Page) {
        let theme = page.theme
        let again = context.workspace.caller.isLoading ? [Span("  looking again …", theme.dim)] : []
        var who = [Span("somebody whom STS does not name", theme.title)]
        if let identity = found.answer?.identity {
            who = [Span(identity.shortName, theme.title), Span(" of account "), Span(identity.account, theme.title)]
        }
        guard found.resolution.credentials != nil else {
            return page.text([Span("This host has no AWS credentials", theme.title)] + again)
        }
        let line = [Span("\(Self.question) ", theme.dim)] + who + again
        if line.width <= page.width { return page.appendRow(line) }
        page.heading(Self.question)
        page.text(who + again)
    }

    /// Where the findings stand far below, that there are warnings.
    private func warn(_ found: DetectedCaller, _ context: Context, _ page: inout Page) {
        let warnings = found.findings.count { $0.severity == .warning }
        guard warnings > 0, !context.isWide else { return }
        page.warning("\(Format.plural(warnings, "warning")): G shows what is worth knowing")
    }

    /// What is known of the caller; nothing where nobody calls.
    private func facts(_ context: Context) -> [CallerFact] {
        guard let found = context.workspace.caller.value, found.resolution.credentials != nil else { return [] }
        return found.facts(now: context.now)
    }

    private func write(_ fact: CallerFact, _ page: inout Page) {
        switch fact.form {
        case .text: page.pair(fact.label, fact.value)
        case .bad: page.pair(fact.label, [Span(fact.value, page.theme.bad)])
        case .exact: page.exact(fact.label, fact.value)
        }
    }

    private func findings(_ context: Context, _ page: inout Page) {
        guard let findings = context.workspace.caller.value?.findings, !findings.isEmpty else { return }
        page.heading("Worth knowing")
        for finding in findings {
            if finding.severity == .warning { page.warning(finding.text) } else { page.note(finding.text) }
            if !finding.remedy.isEmpty {
                page.item(page.theme.glyphs.arrow, page.theme.accent, [Span(finding.remedy)], indent: 2)
            }
        }
    }
}
