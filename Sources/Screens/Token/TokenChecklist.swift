import AWSCaller
import Chainguard
import FoundationEssentials
import TerminalUI
import Transport

/// What the linter says of a token.
enum TokenFindings {
    private static func findings(_ text: Secret, _ context: Context) -> [TokenFinding] {
        TokenLinter(audiences: [context.options.endpoints.issuer], now: context.now).lint(text.reveal())
    }

    static func summary(_ text: Secret, _ context: Context) -> [Span] {
        let theme = context.theme
        let errors = findings(text, context).count { $0.severity == .error }
        return errors == 0
            ? [Span("\(theme.glyphs.check) Chainguard would send it to STS", theme.good)]
            : [
                Span(
                    "\(theme.glyphs.cross) Chainguard would refuse it: \(errors) error\(errors == 1 ? "" : "s")",
                    theme.bad)
            ]
    }

    static func write(_ text: Secret, _ context: Context, _ page: inout Page) {
        let found = findings(text, context)
        if found.isEmpty { page.item(page.theme.glyphs.check, page.theme.good, [Span("Nothing is wrong with it.")]) }
        for finding in found {
            page.item(
                sign(finding, page.theme), style(finding, page.theme),
                [
                    Span(finding.explanation), Span("  \(finding.code), \(finding.place)", page.theme.dim),
                ])
            if !finding.fix.isEmpty {
                page.item(page.theme.glyphs.arrow, page.theme.accent, [Span(finding.fix)], indent: 2)
            }
        }
    }

    private static func sign(_ finding: TokenFinding, _ theme: Theme) -> String {
        switch finding.severity {
        case .error: theme.glyphs.cross
        case .warning: theme.glyphs.warning
        case .note: theme.glyphs.bullet
        }
    }

    private static func style(_ finding: TokenFinding, _ theme: Theme) -> Style {
        switch finding.severity {
        case .error: theme.bad
        case .warning: theme.warning
        case .note: theme.dim
        }
    }
}

/// What Chainguard's verifier would check of a token, without asking anybody.
enum TokenChecklist {
    static func steps(_ text: Secret, identity: String?, _ context: Context) -> [VerificationStep] {
        let options = TokenVerifier.Options(
            identity: identity ?? context.workspace.chosen?.text ?? "unknown",
            audiences: [context.options.endpoints.issuer])
        guard let verifier = try? TokenVerifier(options, transport: NoTransport()) else { return [] }
        return verifier.checklist(text.reveal(), now: context.now)
    }

    /// The checklist ends before STS: nothing is ever sent.
    private struct NoTransport: HTTPTransport {
        func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
            throw TransportError(.cancelled, host: "")
        }
    }
}
