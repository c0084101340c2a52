import AWSCaller
import FoundationEssentials
import Transport

/// Says what is wrong or unwise about a token, made by whatever means; no network.
///
/// A finding of severity `.error` means that Chainguard will refuse the token. The verifier's own verdict is
/// ``TokenVerifier``'s: a token that it refuses before asking STS has at least one error here.
public struct TokenLinter: Sendable {
    /// The identity that the token should name; `nil`: whichever it names.
    public var identity: String?
    public var audiences: [String]
    public var stsHost: String
    public var now: Date

    public init(
        identity: String? = nil, audiences: [String] = [ChainguardEndpoints().issuer],
        stsHost: String = CallerTokenGenerator.globalSTSHost, now: Date
    ) {
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
            return nil
        } catch {
            return TokenFinding(
                code: error.code.rawValue.split(separator: "_").joined(separator: "-"), severity: .error,
                place: "whole token", explanation: "\(error.message).", fix: "Make the token anew.")
        }
    }

    private static func finding(_ error: TokenDecodingError) -> TokenFinding {
        let (code, place, fix) =
            switch error.kind {
            case .empty: ("empty-token", "whole token", "Run the command that makes it alone and look at its errors.")
            case .jwt: ("json-web-token", "whole token", "Make a caller token with cgid token create.")
            case .notBase64(let offset): ("not-base64", "base64, offset \(offset)", "Copy the whole token again.")
            case .notARequest: ("not-a-request", "whole token", "Encode the signed request, not its answer.")
            }
        return TokenFinding(
            code: code, severity: .error, place: place, explanation: "\(error.message).", fix: fix)
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

    init(_ request: TokenRequest, linter: TokenLinter) {
        self.request = request
        authorization = request.authorization
        signed = Set(authorization?.signedHeaders ?? [])
        expectedIdentity = linter.identity
        audiences = linter.audiences
        stsHost = linter.stsHost
        now = linter.now
    }

    func value(_ name: String) -> String? { request.headers[name] }

    func error(_ code: String, _ place: String, _ explanation: String, _ fix: String) -> TokenFinding {
        TokenFinding(code: code, severity: .error, place: place, explanation: explanation, fix: fix)
    }

    func warning(_ code: String, _ place: String, _ explanation: String, _ fix: String) -> TokenFinding {
        TokenFinding(code: code, severity: .warning, place: place, explanation: explanation, fix: fix)
    }

    func note(_ code: String, _ place: String, _ explanation: String, _ fix: String = "") -> TokenFinding {
        TokenFinding(code: code, severity: .note, place: place, explanation: explanation, fix: fix)
    }
}

/// The rules, in groups; each looks at one aspect of a token.
enum LintRules {
    typealias Rules = (LintSubject) -> [TokenFinding]
}
