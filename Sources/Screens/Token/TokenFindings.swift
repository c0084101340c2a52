import Chainguard
import FoundationEssentials
import TerminalUI

/// What the linter says of a token.
enum TokenFindings {
    static func findings(_ token: OpenedToken, _ context: Context) -> [TokenFinding] {
        TokenLinter(
            audiences: [context.options.endpoints.issuer], now: context.now, credentialExpirations: expirations(context)
        ).lint(token.text.reveal())
    }

    /// When this host's own keys end, as far as their source says so.
    private static func expirations(_ context: Context) -> [String: Date] {
        guard let credentials = context.workspace.credentials, let end = credentials.expiration else { return [:] }
        return [credentials.accessKeyID: end]
    }

    static func summary(_ token: OpenedToken, _ context: Context) -> Span {
        let theme = context.theme
        let errors = findings(token, context).count { $0.severity == .error }
        return errors == 0
            ? Span("\(theme.glyphs.check) Chainguard would send it to STS", theme.good)
            : Span(
                "\(theme.glyphs.cross) Chainguard would refuse it: \(Format.plural(errors, "error"))", theme.bad)
    }

    static func write(_ token: OpenedToken, _ context: Context, _ page: inout Page) {
        let found = findings(token, context)
        let objection = TokenChecklist.objection(token, context)
        let mismatch = TokenChecklist.mismatch(token, context)
        if let objection { TokenChecklist.write(objection: objection, &page) }
        if let mismatch { page.warning(mismatch) }
        if found.allSatisfy({ $0.severity == .note }) {
            let isAll = objection == nil && mismatch == nil
            let words = isAll ? "Nothing is wrong with it." : "The token itself is well made."
            page.item(page.theme.glyphs.check, page.theme.good, [Span(words)])
        }
        for finding in found {
            let (sign, style) = sign(finding, page.theme)
            let place = Span("  \(finding.code), \(finding.place)", page.theme.dim)
            page.item(sign, style, [Span(finding.explanation), place])
            if !finding.fix.isEmpty {
                page.item(page.theme.glyphs.arrow, page.theme.accent, [Span(finding.fix)], indent: 2)
            }
        }
    }

    private static func sign(_ finding: TokenFinding, _ theme: Theme) -> (String, Style) {
        switch finding.severity {
        case .error: (theme.glyphs.cross, theme.bad)
        case .warning: (theme.glyphs.warning, theme.warning)
        case .note: (theme.glyphs.bullet, theme.dim)
        }
    }
}
