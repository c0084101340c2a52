import AWSCaller
import FoundationEssentials
import TerminalUI

extension CallerScreen {
    func draw(into surface: inout Surface, _ context: Context) {
        let rect = context.content
        guard context.isWide else {
            page(context).draw(into: &surface, in: rect, scroll: scroll)
            return
        }
        let (left, rest) = rect.splitLeft((rect.width - 3) / 2)
        let columns = columns(context)
        columns[0].draw(into: &surface, in: left, scroll: scroll)
        columns[1].draw(into: &surface, in: rest.splitLeft(3).rest, scroll: scroll)
    }

    /// Everything one below the other.
    func page(_ context: Context) -> Page {
        var page = Page(width: context.content.width - 2, theme: context.theme)
        winner(context, &page)
        chain(context, &page)
        findings(context, &page)
        return page
    }

    /// The caller and the findings; the chain.
    func columns(_ context: Context) -> [Page] {
        let width = (context.content.width - 3) / 2
        var left = Page(width: width - 2, theme: context.theme)
        var right = Page(width: context.content.width - width - 5, theme: context.theme)
        winner(context, &left)
        findings(context, &left)
        chain(context, &right)
        return [left, right]
    }

    private func winner(_ context: Context, _ page: inout Page) {
        page.heading("This host calls AWS as")
        guard let found = context.workspace.caller.value else {
            let words = endpoint.map { "asking STS at \($0.url) …" } ?? "looking through the credential sources …"
            page.text(context.workspace.caller.isLoading ? words : "not looked yet: r looks", page.theme.dim)
            return
        }
        headline(found, context, &page)
        if let failure = found.failure {
            page.blank()
            page.failure(failure)
            page.blank()
        }
        guard found.resolution.credentials != nil else {
            return page.text(
                "Set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, run aws sso login, or run this on a "
                    + "host with a role. Then press r.")
        }
        for fact in found.facts(now: context.now) { write(fact, &page) }
    }

    /// Who it is in one line; where the findings stand far below, that there are warnings.
    private func headline(_ found: DetectedCaller, _ context: Context, _ page: inout Page) {
        let theme = page.theme
        let again = context.workspace.caller.isLoading ? [Span("  looking again …", theme.dim)] : []
        if let identity = found.answer?.identity {
            page.text(
                [Span(identity.shortName, theme.title), Span(" of account "), Span(identity.account, theme.title)]
                    + again)
        } else {
            let words = found.resolution.credentials == nil ? "nobody" : "somebody STS does not name"
            page.text([Span(words, theme.title)] + again)
        }
        let warnings = found.findings.count { $0.severity == .warning }
        guard warnings > 0, !context.isWide else { return }
        page.warning("\(Format.plural(warnings, "warning")): G shows what is worth knowing")
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
