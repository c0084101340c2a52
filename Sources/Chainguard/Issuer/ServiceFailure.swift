import AWSCaller
import Transport

extension Failure {
    /// - Parameters:
    ///   - service: who was asked, as a person calls it: `Chainguard's issuer`.
    ///   - doing: what for, as an infinitive without "to": `list identities`.
    init(_ error: CallError, service: String, doing: String) {
        switch error {
        case .cancelled: self = .cancelled
        case .unreachable(let error): self.init(unreachable: error, service: service)
        case .refused(let refusal): self.init(refusal, service: service, doing: doing)
        case .garbage(let kind, let expected, let detail):
            // Where a page's text stops being JSON says nothing.
            self = kind.problem.failure(
                ["service": service, "expected": expected], detail: kind == .webPage ? "" : detail)
        }
    }

    private init(_ refusal: Refusal, service: String, doing: String) {
        let pause = refusal.retryAfter.map { "\($0.components.seconds) s" }
        let values = [
            "service": service, "doing": doing, "whose": "", "who": "This login", "wait": pause ?? "a minute",
            "when": pause.map { "after \($0)" } ?? "in a moment",
            "grant": "Have an owner bind a role that allows it",
        ]
        let problem: Problem? =
            switch refusal.code {
            case .unauthenticated: .tokenRefused
            case .permissionDenied: .notAllowed
            case .resourceExhausted: .rateLimited
            case .unavailable, .deadlineExceeded, .internal, .unknown, .dataLoss, .aborted: .unavailable
            default: nil
            }
        self =
            problem?.failure(values, detail: refusal.words)
            ?? Failure("\(service) refused to \(doing)", detail: refusal.words)
    }
}

extension Garbage {
    fileprivate var problem: Problem {
        switch self {
        case .webPage: .webPage
        case .redirect: .redirected
        case .other: .notUnderstood
        }
    }
}
