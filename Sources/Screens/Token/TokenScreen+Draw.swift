import AWSCaller
import Chainguard
import FoundationEssentials
import TerminalUI

extension TokenScreen {
    func body(_ context: Context) -> Rect {
        context.content.splitTop(4).rest
    }

    func draw(into surface: inout Surface, _ context: Context) {
        if let field { return drawField(field, into: &surface, context) }
        guard pasted != nil || uid != nil else {
            nothingChosen(context).draw(into: &surface, in: context.content, scroll: Scroll())
            return
        }
        let (head, body) = context.content.splitTop(4)
        drawHead(into: &surface, in: head, context)
        page(context, width: body.width).draw(into: &surface, in: body, scroll: scroll)
    }

    private func nothingChosen(_ context: Context) -> Page {
        var page = Page(width: context.content.width, theme: context.theme)
        page.heading("No identity is chosen")
        page.text("A token is signed for one identity: pick one with 2, or press i and type its UIDP.")
        page.text("Signing needs AWS credentials and no network; Chainguard hears nothing of it.", context.theme.dim)
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

    private func drawHead(into surface: inout Surface, in rect: Rect, _ context: Context) {
        surface.write(headline(context), at: rect.origin, limit: rect.width)
        surface.write(validity(context), at: Point(rect.x, rect.y + 1), limit: rect.width)
        let tabs = Tabs(panes.map(\.title), selected: panes.firstIndex(of: pane) ?? 0, isNumbered: false)
        tabs.draw(
            into: &surface, in: Rect(x: rect.x, y: rect.y + 2, width: rect.width, height: 1), theme: context.theme)
    }

    private func headline(_ context: Context) -> [Span] {
        let theme = context.theme
        if pasted != nil { return [Span("A pasted token", theme.title), Span("  Esc goes back", theme.dim)] }
        guard let uid else { return [] }
        let name = context.workspace.name(of: uid)
        return [Span("Token for ", theme.dim), Span(name ?? uid.text, theme.title)]
            + (name == nil ? [] : [Span("  \(uid.text)", theme.dim)])
    }

    private func validity(_ context: Context) -> [Span] {
        let theme = context.theme
        if let pasted { return TokenFindings.summary(pasted, context) }
        guard let signed else {
            return failure == nil
                ? [Span("signing …", theme.dim)] : [Span("\(theme.glyphs.cross) not signed", theme.bad)]
        }
        let left = Format.countdown(to: signed.expires, now: context.now)
        let isOver = signed.expires <= context.now
        let words =
            isOver
            ? "\(theme.glyphs.cross) \(left)" : "valid until \(Format.clock(signed.expires, now: context.now)), \(left)"
        let mask = isRevealed ? "secrets shown" : "secrets masked"
        return [Span(words, isOver ? theme.bad : theme.good), Span("  \(theme.glyphs.separator) \(mask)", theme.dim)]
    }

    func page(_ context: Context, width: Int) -> Page {
        var page = Page(width: width - 2, theme: context.theme)
        if let pasted {
            examined(pasted, context, &page)
            return page
        }
        if let failure {
            page.failure(failure)
            return page
        }
        guard let signed else { return page }
        switch pane {
        case .request: request(signed.request, &page)
        case .canonical: canonical(signed, &page)
        case .toSign: toSign(signed, &page)
        case .text: base64(signed, &page)
        case .checklist: checklist(signed.text, identity: signed.request.identity, context, &page)
        case .findings: TokenFindings.write(signed.text, context, &page)
        case .script: script(context, &page)
        }
        return page
    }

    private func examined(_ pasted: Secret, _ context: Context, _ page: inout Page) {
        let decoded = try? TokenDecoder.decode(pasted.reveal())
        switch pane {
        case .checklist: checklist(pasted, identity: decoded?.request.identity, context, &page)
        case .request where decoded != nil:
            if let opened = decoded?.request { request(opened, &page) }
        default: TokenFindings.write(pasted, context, &page)
        }
    }

    private func script(_ context: Context, _ page: inout Page) {
        guard let uid else { return }
        page.code(Recipes.tokenScript(identity: uid, audience: context.options.endpoints.issuer))
    }

    private func request(_ request: TokenRequest, _ page: inout Page) {
        let theme = page.theme
        page.text([Span("\(request.method) \(request.target) \(request.version)", theme.accent)])
        for field in request.headers.fields {
            page.hanging([Span("\(field.name): ", theme.label)] + header(field.name, field.value, theme))
        }
        guard let authorization = request.authorization else { return }
        page.heading("In words")
        page.pair("Access key", authorization.accessKeyID)
        page.pair("Scope", authorization.credentialScope)
        page.pair("Signed", authorization.signedHeaders.joined(separator: ", "))
        page.pair("Date", request.date.map { Format.timestamp($0) } ?? "unreadable")
        page.pair("Audience", request.audience ?? "")
        page.pair("Identity", request.identity ?? "")
        let token = request.securityToken.map { "\($0.reveal().utf8.count) bytes" }
        page.pair("Session token", token ?? "none: long-term credentials")
    }

    /// A header's value with what is secret in it masked.
    private func header(_ name: String, _ value: String, _ theme: Theme) -> [Span] {
        if isRevealed { return [Span(value)] }
        switch name.lowercased() {
        case "x-amz-security-token": return [Span(Mask.text(theme), theme.warning)]
        case "authorization":
            let mark = "Signature="
            guard let range = value.firstRange(of: mark) else { return [Span(Mask.text(theme), theme.warning)] }
            return [Span(String(value[..<range.upperBound])), Span(Mask.text(theme), theme.warning)]
        default: return [Span(value)]
        }
    }

    private func canonical(_ signed: SignedCallerToken, _ page: inout Page) {
        for line in signed.canonicalRequest.reveal().split(separator: "\n", omittingEmptySubsequences: false) {
            let mark = "x-amz-security-token:"
            if !isRevealed, line.hasPrefix(mark) {
                page.text([Span(mark), Span(Mask.text(page.theme), page.theme.warning)])
            } else {
                page.text(String(line))
            }
        }
    }

    private func toSign(_ signed: SignedCallerToken, _ page: inout Page) {
        page.code(signed.stringToSign)
        page.blank()
        page.text("Algorithm, date, scope, and the SHA-256 of the canonical request.", page.theme.dim)
    }

    private func base64(_ signed: SignedCallerToken, _ page: inout Page) {
        if isRevealed {
            page.code(signed.text.reveal())
        } else {
            page.text(
                "\(Mask.text(page.theme))  \(signed.text.reveal().utf8.count) characters, masked: v reveals",
                page.theme.warning)
        }
        page.blank()
        page.text(
            "Whoever holds this text can become the identity until it expires: treat it as a password. y copies it.",
            page.theme.dim)
    }

    private func checklist(_ text: Secret, identity: String?, _ context: Context, _ page: inout Page) {
        page.text("What Chainguard's verifier checks, in its order, before it asks STS:", page.theme.dim)
        page.blank()
        for step in TokenChecklist.steps(text, identity: identity, context) {
            let title = "\(step.number) \(step.title)"
            switch step.outcome {
            case .passed: page.item(page.theme.glyphs.check, page.theme.good, [Span(title)])
            case .failed(let error):
                page.item(
                    page.theme.glyphs.cross, page.theme.bad, [Span(title + ": "), Span(error.message, page.theme.bad)])
            case .notReached: page.item(page.theme.glyphs.radioOff, page.theme.dim, [Span(title, page.theme.dim)])
            }
            if !step.detail.isEmpty { page.text(step.detail, page.theme.dim, indent: 4) }
        }
    }
}

enum Mask {
    static func text(_ theme: Theme) -> String {
        String(repeating: theme.glyphs.mask, count: 12)
    }
}
