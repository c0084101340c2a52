import AWSCaller
import FoundationEssentials
import Transport

/// Gives the verdict that Chainguard's verifier (`chainguard.dev/sdk/auth/aws`, `VerifyToken`) would give on a
/// token: the same checks in the same order, and the same reading of odd input.
///
/// What is unwise but accepted is a finding of ``TokenLinter``, never another verdict.
///
/// ```swift
/// let verifier = try TokenVerifier(TokenVerifier.Options(identity: identity), transport: transport)
/// do {
///     let claims = try await verifier.verify(text, now: Date())
///     print(claims.arn)
/// } catch {
///     print(error.code.rawValue, error.message)
/// }
/// ```
public struct TokenVerifier: Sendable {
    /// How the verifier is configured; the defaults are those of Chainguard's.
    public struct Options: Sendable, Hashable {
        /// The identity that the token must name; required.
        public var identity: String
        /// Any of which the token may name.
        public var audiences: [String]
        /// The host that the request must be addressed to.
        public var stsHost: String
        /// The base URL that the request is sent to, a path prefix kept; `nil`: `https://<stsHost>`.
        public var stsEndpoint: String?
        /// How far a token's date may be ahead of the clock; not negative.
        public var clockSkew: Duration

        public init(
            identity: String, audiences: [String] = [ChainguardEndpoints().issuer],
            stsHost: String = CallerTokenGenerator.globalSTSHost, stsEndpoint: String? = nil,
            clockSkew: Duration = .seconds(5 * 60)
        ) {
            self.identity = identity
            self.audiences = audiences
            self.stsHost = stsHost
            self.stsEndpoint = stsEndpoint
            self.clockSkew = clockSkew
        }
    }

    /// What it was configured with.
    public let options: Options
    private let sts: TokenSTS
    private let checks: TokenChecks

    /// - Throws: `invalid_configuration`, for options that Chainguard's verifier refuses before it looks at a token.
    public init(_ options: Options, transport: any HTTPTransport) throws(VerificationError) {
        checks = try TokenChecks(options)
        sts = try TokenSTS(options, transport: transport)
        self.options = options
    }

    /// Everything that is checked before STS is asked; no network.
    public func check(_ token: String, now: Date) throws(VerificationError) -> CheckedToken {
        var progress = TokenChecks.Progress(token: token, now: now)
        for step in TokenChecks.Step.allCases {
            try checks.take(step, &progress)
        }
        return try checks.checked(progress)
    }

    /// The whole verdict. A token that fails a local check never reaches STS.
    public func verify(_ token: String, now: Date) async throws(VerificationError) -> VerifiedClaims {
        try await sts.claims(of: check(token, now: now))
    }

    /// The outcome of every step, in order, for showing; no network, so the last step is never reached.
    public func checklist(_ token: String, now: Date) -> [VerificationStep] {
        var progress = TokenChecks.Progress(token: token, now: now)
        var hasFailed = false
        var steps: [VerificationStep] = []
        for (index, step) in TokenChecks.Step.allCases.enumerated() {
            var outcome = VerificationStep.Outcome.notReached
            if !hasFailed {
                do {
                    try checks.take(step, &progress)
                    outcome = .passed
                } catch {
                    outcome = .failed(error)
                    hasFailed = true
                }
            }
            steps.append(
                VerificationStep(
                    number: index + 1, title: step.title, outcome: outcome,
                    detail: outcome.detail ?? checks.detail(step, progress)))
        }
        return steps + [
            VerificationStep(
                number: steps.count + 1, title: "STS confirms the signature", outcome: .notReached,
                detail: hasFailed ? "a token that fails a check is never sent" : "asked at \(sts.endpoint)")
        ]
    }
}

/// Who presented a token, as STS says.
public struct VerifiedClaims: Sendable, Hashable {
    /// AWS's unique id: `AIDA…` of a user, `AROA…:session` of a role.
    public var userID: String
    /// 12 digits.
    public var account: String
    /// Of the user, or of the assumed role with its session.
    public var arn: String

    public init(userID: String, account: String, arn: String) {
        self.userID = userID
        self.account = account
        self.arn = arn
    }
}

/// A token that passed every check but STS's.
public struct CheckedToken: Sendable, Hashable {
    /// What the token holds.
    public var request: TokenRequest
    /// In SigV4's canonical form, one of the allowed ones.
    public var audience: String
    /// In SigV4's canonical form, the expected one.
    public var identity: String
    /// `X-Amz-Date`, fractions included.
    public var signedAt: Date
    /// What is sent to STS: rebuilt from what was checked.
    public var forwardedHeaders: HTTPHeaders
    /// Why Chainguard's verifier fails to send the request on, without a verdict; `nil` when it can.
    public var obstacle: String?
}

/// One step of the verifier, for showing.
public struct VerificationStep: Sendable, Hashable {
    /// How a step went.
    public enum Outcome: Sendable, Hashable {
        case passed
        case failed(VerificationError)
        case notReached
    }

    /// From 1.
    public var number: Int
    /// What is checked, for people.
    public var title: String
    /// How it went.
    public var outcome: Outcome
    /// What was found, or why it failed; may be empty.
    public var detail: String

    public init(number: Int, title: String, outcome: Outcome, detail: String) {
        self.number = number
        self.title = title
        self.outcome = outcome
        self.detail = detail
    }
}

extension VerificationStep.Outcome {
    fileprivate var detail: String? {
        switch self {
        case .passed: nil
        case .failed(let error): error.message
        case .notReached: "not reached"
        }
    }
}
