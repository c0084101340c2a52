import Chainguard
import FoundationEssentials
import Transport

/// What Chainguard's verifier would check of a token, without asking anybody.
enum TokenChecklist {
    static func steps(_ signed: SignedCallerToken, _ context: Context) -> [VerificationStep] {
        let options = TokenVerifier.Options(
            identity: signed.request.identity ?? "", audiences: [context.options.endpoints.issuer])
        guard let verifier = try? TokenVerifier(options, transport: NoTransport()) else { return [] }
        return verifier.checklist(signed.text.reveal(), now: context.now)
    }

    /// The checklist ends before STS: nothing is ever sent.
    private struct NoTransport: HTTPTransport {
        func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
            throw TransportError(.cancelled, host: "")
        }
    }
}
