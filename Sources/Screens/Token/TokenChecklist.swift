import AWSCaller
import Chainguard
import TerminalUI
import Transport

/// What Chainguard's verifier would check of a token, step by step, without asking anybody.
enum TokenChecklist {
    static func write(_ token: OpenedToken, _ context: Context, _ page: inout Page) {
        let theme = page.theme
        let steps = steps(token, context)
        verdict(steps, objection(token, context), &page)
        if let mismatch = mismatch(token, context) { page.warning(mismatch) }
        if token.isPasted { page.text("The identity to expect is taken from the token itself.", theme.dim) }
        page.blank()
        for step in steps {
            let title = "\(step.number) \(step.title)"
            let detail = Span(step.detail.isEmpty ? "" : ": \(step.detail)", theme.dim)
            switch step.outcome {
            case .passed: page.item(theme.glyphs.check, theme.good, [Span(title), detail])
            case .failed(let error):
                page.item(theme.glyphs.cross, theme.bad, [Span(title)])
                page.text("\(error.message): \(error.code.rawValue)", theme.bad, indent: 4)
            case .notReached: page.item(theme.glyphs.radioOff, theme.dim, [Span(title, theme.dim), detail])
            }
        }
    }

    /// Why no login can come of it, whatever its steps say: the identity, as far as it is known, takes another proof.
    static func objection(_ token: OpenedToken, _ context: Context) -> String? {
        guard let relationship = token.identity.flatMap(context.workspace.identity)?.relationship,
            let reason = relationship.objection(to: .signedRequest)
        else { return nil }
        return relationship.proof == .webIdentity ? "\(reason): w on 4 Login logs in with one" : reason
    }

    /// What keeps a good token from letting its caller in: the identity, as far as both are known, is for another one.
    /// Who signed a token that was made elsewhere is not known.
    static func mismatch(_ token: OpenedToken, _ context: Context) -> String? {
        guard !token.isPasted, case .aws(let aws) = token.identity.flatMap(context.workspace.identity)?.relationship,
            let verdict = context.workspace.callerValues.map(aws.verdict), !verdict.matches
        else { return nil }
        return "This caller does not match the identity, it \(verdict.summary): 4 Login compares them"
    }

    /// What the steps come to, in one line, and why they do not matter.
    private static func verdict(_ steps: [VerificationStep], _ objection: String?, _ page: inout Page) {
        let refusal = steps.lazy.compactMap { step -> String? in
            guard case .failed(let error) = step.outcome else { return nil }
            return "Chainguard's verifier refuses it at step \(step.number), as \(error.code.rawValue)"
        }.first
        if let refusal { page.item(page.theme.glyphs.cross, page.theme.bad, [Span(refusal, page.theme.bad)]) }
        if let objection { write(objection: objection, &page) }
        guard refusal == nil, objection == nil else { return }
        page.item(
            page.theme.glyphs.check, page.theme.good,
            [Span("Everything that Chainguard's verifier checks by itself passes; STS has the last word")])
    }

    static func write(objection: String, _ page: inout Page) {
        let words = "The identity takes another proof, for \(objection)"
        page.item(page.theme.glyphs.cross, page.theme.bad, [Span(words, page.theme.bad)])
    }

    private static func steps(_ token: OpenedToken, _ context: Context) -> [VerificationStep] {
        let options = TokenVerifier.Options(
            identity: token.request?.identity ?? context.workspace.chosen?.text ?? "unknown",
            audiences: [context.options.endpoints.issuer])
        guard let verifier = try? TokenVerifier(options, transport: NoTransport()) else { return [] }
        return verifier.checklist(token.text.reveal(), now: context.now)
    }

    /// The checklist ends before STS: nothing is ever sent.
    private struct NoTransport: HTTPTransport {
        func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
            throw TransportError(.cancelled, host: "")
        }
    }
}
