/// What a sandbox can be told to do wrong on purpose, by name.
public enum SandboxFault: String, Sendable, Hashable, CaseIterable {
    case throttled
    case unavailable
    case slow
    case dropped
    case garbage
    case captivePortal = "captive-portal"
    case redirected
    case stsThrottled = "sts-throttled"
    case stsExpired = "sts-expired"
    case bindingRefused = "binding-refused"
    case bindingLost = "binding-lost"
    case shortTokens = "short-tokens"
    case clockAhead = "clock-ahead"
    case clockBehind = "clock-behind"
    case hostileText = "hostile-text"

    /// What happens, a clause.
    public var summary: String {
        switch self {
        case .throttled: "Chainguard answers 429 and asks to wait 30 s"
        case .unavailable: "Chainguard answers 503"
        case .slow: "every answer takes 3 s longer"
        case .dropped: "Chainguard closes connections instead of answering"
        case .garbage: "Chainguard answers what is no JSON"
        case .captivePortal: "a web page to sign in on answers in Chainguard's place"
        case .redirected: "Chainguard sends clients to another host"
        case .stsThrottled: "AWS STS answers Throttling"
        case .stsExpired: "AWS STS finds every session token expired"
        case .bindingRefused: "an identity is created, but binding its role fails"
        case .bindingLost: "a role is bound, but the answer never arrives"
        case .shortTokens: "Chainguard's tokens last 60 s"
        case .clockAhead: "every server's clock is 20 minutes ahead of this host's"
        case .clockBehind: "every server's clock is 20 minutes behind this host's"
        case .hostileText: "names hold control sequences of terminals"
        }
    }

    /// Whether it can be limited to a number of requests.
    public var isCounted: Bool { !rules(times: nil).isEmpty }

    func rules(times: Int?) -> [FailureRule] {
        switch self {
        case .throttled: Self.chainguard(.rateLimited(retryAfter: 30), times)
        case .unavailable: Self.chainguard(.status(503), times)
        case .slow: [FailureRule("", .slow(.seconds(3)), times: times)]
        case .dropped: Self.chainguard(.cut, times)
        case .garbage: Self.chainguard(.garbage, times)
        case .captivePortal: Self.chainguard(.webPage, times)
        // An address for documentation, where nobody is (RFC 5737).
        case .redirected: Self.chainguard(.redirect(to: "https://192.0.2.1/"), times)
        case .stsThrottled: [FailureRule("/", .awsError(code: "Throttling", status: 400), times: times)]
        case .stsExpired: [FailureRule("/", .awsError(code: "ExpiredToken", status: 403), times: times)]
        case .bindingRefused: [FailureRule("/api/iam/v2/roleBindings/", .status(500), times: times)]
        case .bindingLost: [FailureRule("/api/iam/v2/roleBindings/", .doneButCut, times: times)]
        case .shortTokens, .clockAhead, .clockBehind, .hostileText: []
        }
    }

    private static func chainguard(_ mode: FailureMode, _ times: Int?) -> [FailureRule] {
        ["/issuer", "/api"].map { FailureRule($0, mode, times: times) }
    }
}

extension SandboxOptions {
    /// - Parameter times: how many requests of each service it spoils, where it can be counted; `nil` for all of them.
    public mutating func add(_ fault: SandboxFault, times: Int? = nil) {
        failures += fault.rules(times: times)
        switch fault {
        case .shortTokens: tokenLifetime = .seconds(60)
        case .clockAhead: clockOffset = .seconds(20 * 60)
        case .clockBehind: clockOffset = .seconds(-20 * 60)
        case .hostileText: holdsHostileText = true
        default: break
        }
    }
}
