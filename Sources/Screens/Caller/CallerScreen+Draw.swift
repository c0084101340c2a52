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
        let theme = context.theme
        page.heading("This host calls AWS as")
        guard let found = context.workspace.caller.value else {
            let words = endpoint.map { "asking \($0.url) …" } ?? "looking through the credential sources …"
            page.text(context.workspace.caller.isLoading ? words : "not looked yet: r looks", theme.dim)
            return
        }
        if let answer = found.answer {
            identity(answer, found, context, &page)
        } else if found.resolution.credentials != nil {
            credentials(found, context, &page)
            page.blank()
            if let failure = found.failure { page.failure(failure) }
        } else {
            nobody(found, context, &page)
        }
    }

    private func identity(
        _ answer: CallerAnswer, _ found: DetectedCaller, _ context: Context, _ page: inout Page
    ) {
        let identity = answer.identity
        page.pair("Account", [Span(identity.account, page.theme.accent)])
        page.pair("Partition", identity.partition)
        page.exact("ARN", identity.arn.description)
        for (label, value) in CallerWords.parts(of: identity) { page.pair(label, value) }
        page.exact("User id", identity.userID)
        credentials(found, context, &page)
        if let difference = answer.clockDifference {
            page.pair("Clock", CallerWords.clock(difference))
        }
        page.pair("Answered in", Format.elapsed(answer.elapsed) + ", request \(answer.requestID)")
    }

    private func credentials(_ found: DetectedCaller, _ context: Context, _ page: inout Page) {
        page.pair("Source", found.resolution.winner?.title ?? "")
        page.pair(
            "Profile", "\(found.resolution.profile.name) (\(CallerWords.reason(found.resolution.profile.reason)))")
        if let expiration = found.resolution.credentials?.expiration {
            let left = Format.countdown(to: expiration, now: context.now)
            let style = expiration <= context.now ? page.theme.bad : page.theme.text
            page.pair("Expires", [Span("\(Format.clock(expiration, now: context.now)), \(left)", style)])
        } else {
            let isTemporary = found.resolution.credentials?.sessionToken != nil
            page.pair("Expires", isTemporary ? "not known: the source does not say" : "never: long-term credentials")
        }
        page.pair("Region", found.region.map { "\($0.name) (\($0.location))" } ?? "")
        if let endpoint = found.endpoint { page.pair("STS", "\(endpoint.url) (\(endpoint.origin))") }
    }

    private func nobody(_ found: DetectedCaller, _ context: Context, _ page: inout Page) {
        page.text("nobody", page.theme.title)
        page.blank()
        page.failure(found.failure ?? Failure("No AWS credentials were found"))
        page.blank()
        let tried = found.resolution.reports.map(\.source.title).joined(separator: ", ")
        if !tried.isEmpty { page.text("Tried, in this order: \(tried).") }
        page.text(
            "Set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, run aws sso login, or run this on a host "
                + "with a role. Then press r.")
    }

    private func findings(_ context: Context, _ page: inout Page) {
        guard let findings = context.workspace.caller.value?.findings, !findings.isEmpty else { return }
        page.heading("Worth knowing")
        for finding in findings.filter({ $0.severity == .warning }) + findings.filter({ $0.severity != .warning }) {
            if finding.severity == .warning { page.warning(finding.text) } else { page.note(finding.text) }
            if !finding.remedy.isEmpty {
                page.item(page.theme.glyphs.arrow, page.theme.accent, [Span(finding.remedy)], indent: 2)
            }
        }
    }

    private func chain(_ context: Context, _ page: inout Page) {
        page.heading("Where credentials come from, first to last")
        let final = context.workspace.caller.isLoading ? nil : context.workspace.caller.value?.resolution.reports
        let known = final.map { Dictionary($0.map { ($0.source, $0) }, uniquingKeysWith: { first, _ in first }) }
        for source in CredentialSource.allCases {
            if let report = (known ?? reports)[source] {
                CallerWords.row(report, &page)
            } else {
                let isAsked = asking == source && context.workspace.caller.isLoading
                let words =
                    isAsked ? askingWords(context) : context.workspace.caller.isLoading ? "not asked yet" : "not asked"
                CallerWords.row(source, page.theme.glyphs.radioOff, page.theme.dim, words, page.theme.dim, "", &page)
            }
        }
    }

    /// With the time it takes, once that is a second.
    private func askingWords(_ context: Context) -> String {
        let seconds = Int(askingSince.map { context.now.timeIntervalSince($0) } ?? 0)
        return seconds < 1 ? "asking …" : "asking … \(Format.span(seconds))"
    }
}
