import AWSCaller
import FoundationEssentials
import Transport

/// Says what is wrong or unwise about a token, made by whatever means; no network.
///
/// A finding of severity `.error` means that Chainguard will refuse the token. The verifier's own verdict is
/// ``TokenVerifier``'s: a token that it refuses before asking STS has at least one error here. ``TokenRule`` lists what
/// is looked for.
///
/// ```swift
/// for finding in TokenLinter(now: Date()).lint(text) where finding.severity >= .warning {
///     print(finding.code, finding.place, finding.explanation, finding.fix)
/// }
/// ```
public struct TokenLinter: Sendable {
    /// The identity that the token should name; `nil`: whichever it names.
    public var identity: String?
    /// Any of which the token may name.
    public var audiences: [String]
    /// The host that the verifier expects.
    public var stsHost: String
    /// By which the token is old or young.
    public var now: Date
    /// When credentials end, by their access key ids; those of other credentials are not known.
    public var credentialExpirations: [String: Date]

    public init(
        identity: String? = nil, audiences: [String] = [ChainguardEndpoints().issuer],
        stsHost: String = CallerTokenGenerator.globalSTSHost, now: Date, credentialExpirations: [String: Date] = [:]
    ) {
        self.credentialExpirations = credentialExpirations
        self.identity = identity
        self.audiences = audiences
        self.stsHost = stsHost
        self.now = now
    }

    /// - Returns: the findings, the worst first, otherwise in the order of the token.
    public func lint(_ text: String) -> [TokenFinding] {
        let decoded: DecodedToken
        do {
            decoded = try TokenDecoder.decode(text)
        } catch {
            return [Self.finding(error)]
        }
        let subject = LintSubject(decoded.request, linter: self)
        var findings = decoded.forgiven
        for rules in [LintRules.request, LintRules.binding, LintRules.signature, LintRules.times] {
            findings += rules(subject)
        }
        if !findings.contains(where: { $0.severity == .error }), let refusal = refusal(of: text, decoded.request) {
            findings.append(refusal)
        }
        return Self.sorted(findings)
    }

    /// Sorts stably: equal severities keep their order.
    private static func sorted(_ findings: [TokenFinding]) -> [TokenFinding] {
        TokenFinding.Severity.allCases.reversed().flatMap { severity in findings.filter { $0.severity == severity } }
    }

    private func refusal(of text: String, _ request: TokenRequest) -> TokenFinding? {
        let options = TokenVerifier.Options(
            identity: identity ?? request.identity ?? "", audiences: audiences, stsHost: stsHost)
        do {
            let checks = try TokenChecks(options)
            var progress = TokenChecks.Progress(token: text, now: now)
            for step in TokenChecks.Step.allCases { try checks.take(step, &progress) }
            return try checks.checked(progress).obstacle.map { obstacle in
                TokenFinding(
                    .unsendable, place: "request",
                    explanation: "Chainguard's verifier can't send the request on to STS: \(obstacle).",
                    fix: "Leave out what is not part of a caller token.")
            }
        } catch {
            return TokenFinding(
                .refused, place: "whole token", explanation: "\(error.message).", fix: "Make the token anew.")
        }
    }

    private static func finding(_ error: TokenDecodingError) -> TokenFinding {
        let explanation = "\(error.message)."
        switch error.kind {
        case .empty:
            return TokenFinding(
                .emptyToken, place: "whole token", explanation: explanation,
                fix: "Run the command that makes it alone and look at its errors.")
        case .jwt:
            return TokenFinding(
                .jsonWebToken, place: "whole token", explanation: explanation,
                fix: "Make a caller token with cgid token create.")
        case .notBase64(let offset):
            return TokenFinding(
                .notBase64, place: "base64", offset: offset, explanation: explanation,
                fix: "Copy the whole token again.")
        case .notARequest:
            return TokenFinding(
                .notARequest, place: "whole token", explanation: explanation,
                fix: "Encode the signed request, not its answer.")
        }
    }
}

/// What the rules look at.
struct LintSubject {
    let request: TokenRequest
    let authorization: Authorization?
    let signed: Set<String>
    let expectedIdentity: String?
    let audiences: [String]
    let stsHost: String
    let now: Date
    /// When the credentials end that signed the request, if that is known.
    let credentialsEnd: Date?
    /// Where each place begins in the request.
    private let offsets: [String: Int]

    init(_ request: TokenRequest, linter: TokenLinter) {
        self.request = request
        offsets = request.offsets
        authorization = request.authorization
        signed = Set(authorization?.signedHeaders ?? [])
        expectedIdentity = linter.identity
        audiences = linter.audiences
        stsHost = linter.stsHost
        now = linter.now
        credentialsEnd = authorization.flatMap { linter.credentialExpirations[$0.accessKeyID] }
    }

    func value(_ name: String) -> String? { request.headers[name] }

    /// - Parameter offset: where in the request; unless given, where the place begins.
    func finding(
        _ rule: TokenRule, _ place: String, _ explanation: String, _ fix: String = "", offset: Int? = nil
    ) -> TokenFinding {
        TokenFinding(rule, place: place, offset: offset ?? offsets[place], explanation: explanation, fix: fix)
    }
}

/// The rules, in groups; each looks at one aspect of a token.
enum LintRules {
    typealias Rules = (LintSubject) -> [TokenFinding]
}
