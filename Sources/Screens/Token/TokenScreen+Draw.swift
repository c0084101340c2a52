import AWSCaller
import Chainguard
import FoundationEssentials
import TerminalUI

extension TokenScreen {
    /// Whose token, until when, the panes; a blank row where there is room.
    private func headHeight(_ context: Context) -> Int { context.content.height > 20 ? 4 : 3 }

    func body(_ context: Context) -> Rect {
        context.content.splitTop(headHeight(context)).rest
    }

    /// Whether the forms that were signed stand whole below the request.
    func showsSigning(_ context: Context) -> Bool {
        context.isWide && body(context).height >= 30
    }

    func draw(into surface: inout Surface, _ context: Context) {
        if let field { return drawField(field, into: &surface, context) }
        guard shown != nil || uid != nil else {
            nothingChosen(context).draw(into: &surface, in: context.content, scroll: Scroll())
            return
        }
        drawHead(into: &surface, in: context.content.splitTop(headHeight(context)).top, context)
        let body = body(context)
        if shownPane(context) == .request, let shown, let request = shown.request {
            drawRequest(shown, request, into: &surface, in: body, context)
        } else {
            page(context, width: body.width).draw(into: &surface, in: body, scroll: scroll)
        }
    }

    private func nothingChosen(_ context: Context) -> Page {
        var page = Page(width: context.content.width, theme: context.theme)
        page.heading("No identity is chosen")
        page.text("A token is signed for one identity: press i to choose it, or pick it with 2.")
        page.text("Signing needs AWS credentials and no network; Chainguard hears nothing of it.")
        page.text("To see what a token says that was made elsewhere, press p.")
        return page
    }

    private func drawField(_ field: TextField, into surface: inout Surface, _ context: Context) {
        var page = Page(width: context.content.width, theme: context.theme)
        page.heading("Examine a token")
        page.text("Paste a token from anywhere: it is opened as far as it can be. Nothing is sent.")
        page.draw(into: &surface, in: context.content, scroll: Scroll())
        let row = Rect(x: context.content.x, y: context.content.y + 3, width: context.content.width, height: 1)
        field.draw(into: &surface, in: row, theme: context.theme, focused: true)
    }

    // MARK: Head

    private func drawHead(into surface: inout Surface, in rect: Rect, _ context: Context) {
        surface.write(headline(context), at: rect.origin, limit: rect.width)
        surface.write(validity(context), at: Point(rect.x, rect.y + 1), limit: rect.width)
        let panes = panes(context)
        let tabs = Tabs(
            panes.map(\.title), selected: panes.firstIndex(of: shownPane(context)) ?? 0, isNumbered: false)
        let row = Rect(x: rect.x, y: rect.y + 2, width: rect.width, height: 1)
        surface.within(.panes) { tabs.draw(into: &$0, in: row, theme: context.theme) }
    }

    private func headline(_ context: Context) -> [Span] {
        let theme = context.theme
        if let pasted {
            let length = Format.plural(pasted.text.reveal().utf8.count, "character")
            return [Span("A pasted token", theme.title), Span(" of \(length)  Esc goes back", theme.dim)]
        }
        guard let uid else { return [] }
        let name = context.workspace.name(of: uid)
        return [Span("Token for ", theme.dim), Span(name ?? uid.text, theme.title)]
            + (name == nil ? [] : [Span("  \(uid.text)", theme.dim)])
    }

    /// What would come of it, until when, and whether its secrets are seen.
    private func validity(_ context: Context) -> [Span] {
        let theme = context.theme
        guard let shown else {
            return failure == nil
                ? [Span("signing …", theme.dim)] : [Span("\(theme.glyphs.cross) not signed", theme.bad)]
        }
        let objection =
            TokenChecklist.objection(shown, context) == nil
            ? [] : [Span("\(theme.glyphs.cross) takes another proof", theme.bad)]
        let verdict = objection.isEmpty && shown.isPasted ? [TokenFindings.summary(shown, context)] : objection
        let mask = Span(isRevealed ? "secrets shown" : "secrets masked", isRevealed ? theme.warning : theme.dim)
        let parts =
            verdict + (shown.expires.map { [validity(until: $0, endsEarly: shown.endsEarly, context)] } ?? []) + [mask]
        let separator = Span(" \(theme.glyphs.separator) ", theme.dim)
        return Array(parts.map { [$0] }.joined(separator: [separator]))
    }

    private func validity(until end: Date, endsEarly: Bool, _ context: Context) -> Span {
        let theme = context.theme
        let left = TimeText.countdown(to: end, now: context.now)
        if end <= context.now { return Span("\(theme.glyphs.cross) \(left)", theme.bad) }
        let words = "valid until \(TimeText.clock(end, now: context.now)), \(left)"
        return endsEarly
            ? Span("\(theme.glyphs.warning) \(words): the AWS credentials end then", theme.warning)
            : Span(words, theme.good)
    }

    // MARK: Request

    /// The request and what its part means, beside each other where there is room, and there what was signed below.
    private func drawRequest(
        _ shown: OpenedToken, _ request: TokenRequest, into surface: inout Surface, in body: Rect, _ context: Context
    ) {
        let theme = context.theme
        let view = TokenRequestView(token: shown, cursor: cursor, isRevealed: isRevealed, theme: theme)
        let part = shown.part(at: cursor)
        let findings = TokenFindings.findings(shown, context)
        guard context.isWide else {
            let (top, rest) = body.splitBottom(min(TokenPartPage.height + 1, body.height / 2 + 1))
            let (rule, bottom) = rest.splitTop(1)
            view.draw(into: &surface, in: top)
            surface.write(
                String(repeating: theme.glyphs.horizontal, count: rule.width), at: rule.origin, style: theme.border)
            TokenPartPage.page(part, findings: findings, width: bottom.width - 2, theme)
                .draw(into: &surface, in: bottom, scroll: Scroll())
            return
        }
        let (left, right) = body.panes(leftPercent: 65)
        let lower = showsSigning(context) ? 15 : 0
        view.draw(into: &surface, in: left.splitBottom(lower).rest)
        TokenPartPage.page(part, findings: findings, width: right.width - 1, theme)
            .draw(into: &surface, in: right.splitBottom(lower).rest, scroll: Scroll())
        surface.drawDivider(leftOf: right, isFocused: false, theme)
        guard lower > 0 else { return }
        var page = Page(width: left.width - 2, theme: theme)
        page.heading("Canonical request")
        TokenSigningView.canonical(request, marking: part?.kind, isRevealed: isRevealed, &page)
        page.draw(into: &surface, in: left.splitBottom(lower).bottom, scroll: Scroll())
        page = Page(width: right.width - 2, theme: theme)
        page.heading("String to sign")
        TokenSigningView.toSign(request, marking: part?.kind, &page)
        page.draw(into: &surface, in: right.splitBottom(lower).bottom, scroll: Scroll())
    }

    // MARK: Pages

    func page(_ context: Context, width: Int) -> Page {
        var page = Page(width: width - 2, theme: context.theme)
        if pasted == nil, let failure {
            page.failure(failure)
            return page
        }
        guard let shown else { return page }
        let kind = shown.part(at: cursor)?.kind
        switch shownPane(context) {
        case .canonical:
            shown.request.map { TokenSigningView.canonical($0, marking: kind, isRevealed: isRevealed, &page) }
        case .toSign: shown.request.map { TokenSigningView.toSign($0, marking: kind, &page) }
        case .text: base64(shown, &page)
        case .checklist: TokenChecklist.write(shown, context, &page)
        case .findings: TokenFindings.write(shown, context, &page)
        case .recipe: recipe(context, &page)
        case .request: break
        }
        return page
    }

    private func base64(_ shown: OpenedToken, _ page: inout Page) {
        let text = shown.text.reveal()
        if isRevealed {
            page.code(text)
        } else {
            page.text(
                "\(Mask.text(page.theme))  \(text.utf8.count) characters, masked: v reveals", page.theme.warning)
        }
        page.blank()
        page.text(
            "Whoever holds this text can become the identity until it expires: treat it as a password."
                + (shown.isPasted ? "" : " y copies it."), page.theme.dim)
    }

    private func recipe(_ context: Context, _ page: inout Page) {
        let others = TokenScript.allCases.filter { $0 != recipe }.map(\.title).joined(separator: ", ")
        page.text(
            [
                Span("With \(recipe.title)", page.theme.title), Span("; e shows it with \(others), Y copies it"),
            ])
        page.text(recipe.requirement, page.theme.dim)
        page.blank()
        page.code(recipeText(context) ?? "")
    }
}

enum Mask {
    static func text(_ theme: Theme) -> String {
        String(repeating: theme.glyphs.mask, count: 12)
    }
}
