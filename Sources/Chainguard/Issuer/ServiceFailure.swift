import AWSCaller
import Transport

extension Failure {
    static let cancelled = Failure("Cancelled", category: .cancelled)

    /// - Parameters:
    ///   - service: who was asked, as a person calls it: `Chainguard's issuer`.
    ///   - doing: what for, as an infinitive without "to": `list identities`.
    init(_ error: CallError, service: String, doing: String) {
        switch error {
        case .cancelled: self = .cancelled
        case .unreachable(let error): self.init(unreachable: error, service: service)
        case .refused(let refusal): self.init(refusal, service: service, doing: doing)
        case .garbage(let expected, let detail):
            self.init(
                "\(service) answered something that is not \(expected)",
                remedy: "Check the configured address and any proxy on the way (cgid info shows them)", detail: detail)
        }
    }

    private init(unreachable error: TransportError, service: String) {
        let (what, remedy) = Self.words(for: error.reason)
        self.init("\(service) at \(error.host) \(what)", remedy: remedy, detail: error.detail)
    }

    private static func words(for reason: TransportError.Reason) -> (String, String) {
        switch reason {
        case .invalidURL: ("has an address that is not a URL", "Correct the configured address")
        case .insecureURL:
            ("would get a token over plain http", "Use https; plain http is for this host's own addresses only")
        case .unknownHost: ("has a name that does not resolve", "Check the name, the network and its DNS")
        case .connectionRefused: ("refused the connection", "Check the address and port, and any firewall on the way")
        case .connectionFailed: ("can't be reached", "Check the network, a firewall or the proxy settings")
        case .connectTimeout: ("did not answer in time", "Check whether this network lets https out")
        case .timeout: ("took too long to answer", "Try again; a longer --timeout may help")
        case .tls:
            (
                "showed a certificate that is not trusted here",
                "If a proxy opens TLS on this network, name its CA with SSL_CERT_FILE"
            )
        case .answerTooLarge: ("answered more than is accepted", "Narrow the question, or check the configured address")
        case .malformedAnswer: ("answered something that is not HTTP", "Check the configured address and any proxy")
        case .cancelled: ("was not waited for", "")
        }
    }

    private init(_ refusal: Refusal, service: String, doing: String) {
        switch refusal.code {
        case .unauthenticated:
            self.init(
                "\(service) did not accept the token to \(doing)",
                remedy: "Sign in again: cgid signin, or cgid login for an identity", detail: refusal.words,
                category: .notAllowed)
        case .permissionDenied:
            self.init(
                "\(service) does not allow this login to \(doing)",
                remedy: "Have an owner bind a role that allows it", detail: refusal.words, category: .notAllowed)
        case .resourceExhausted:
            let pause = refusal.retryAfter.map { "\($0.components.seconds) s" } ?? "a minute"
            self.init(
                "\(service) was asked too often", remedy: "Wait \(pause) and try again", detail: refusal.words)
        case .unavailable, .deadlineExceeded, .internal, .unknown, .dataLoss, .aborted:
            self.init(
                "\(service) failed to \(doing)", remedy: "Try again in a moment", detail: refusal.words)
        default:
            self.init("\(service) refused to \(doing)", detail: refusal.words)
        }
    }
}
