import AWSCaller
import FoundationEssentials
import Transport

/// Makes the token with which an AWS caller proves itself to Chainguard: a signed `GetCallerIdentity` request that
/// Chainguard sends on to STS. Signing needs no network.
///
/// The signature is the one that Chainguard's Go SDK (`chainguard.dev/sdk/auth/aws`, `GenerateToken`) makes for the
/// same inputs and time. Of what Go's serialiser adds around the signed part, `User-Agent` and `Content-Length: 0`
/// are left out: they are unsigned, and no verifier looks at them. `Host` comes first, the rest is in alphabetical
/// order.
///
/// Keep one generator: it remembers what signing the last token cost most.
///
/// ```swift
/// let generator = CallerTokenGenerator(audience: "https://issuer.enforce.dev")
/// let token = try generator.generate(identity: identity, credentials: credentials, at: Date())
/// print("until \(token.expires):", token.text.reveal())
/// ```
public struct CallerTokenGenerator: Sendable {
    /// How long a token proves anything, counted from its date.
    public static let lifetime: Duration = .seconds(15 * 60)

    /// Chainguard's verifier accepts only this one unless it was configured otherwise.
    public static let globalSTSHost = "sts.amazonaws.com"

    /// The issuer that may accept the tokens.
    public let audience: String
    /// The STS host that they are signed for.
    public let stsHost: String
    private let memory = CallerTokenMemory()

    /// - Parameters:
    ///   - audience: the issuer that may accept the token, `https://issuer.enforce.dev`.
    ///   - stsHost: the STS host that Chainguard is to ask.
    public init(audience: String, stsHost: String = CallerTokenGenerator.globalSTSHost) {
        self.audience = audience
        self.stsHost = stsHost
    }

    /// - Parameters:
    ///   - identity: the UIDP of the identity to become.
    ///   - date: the time of signing, cut to the second.
    /// - Throws: `.usage` for an empty value or one with a control character, `.noCredentials` for credentials that
    ///   no header can carry.
    public func generate(
        identity: String, credentials: AWSCredentials, at date: Date
    ) throws(Failure) -> SignedCallerToken {
        let template = try template(identity: identity, credentials: credentials)
        let second = Date(timeIntervalSince1970: date.timeIntervalSince1970.rounded(.down))
        let amzDate = AmzDate.bytes(second)
        let key = memory.key(for: template, amzDate: amzDate)
        return SignedCallerToken(template, text: template.token(amzDate: amzDate, key: key), signedAt: second)
    }

    /// Checked input, laid out; the last one is kept.
    private func template(
        identity: String, credentials: AWSCredentials
    ) throws(Failure) -> CallerTokenTemplate {
        if let known = memory.template(identity: identity, credentials: credentials) { return known }
        let audienceBytes = try headerValue(audience, "audience")
        let identityBytes = try headerValue(identity, "identity")
        try checkHost()
        try check(credentials)
        let template = CallerTokenTemplate(
            audience: audienceBytes, identity: identity, identityBytes: identityBytes, stsHost: stsHost,
            credentials: credentials)
        memory.keep(template)
        return template
    }

    /// The region that the credential scope names: the host's own, `us-east-1` for the global host.
    static func signingRegion(stsHost: String) -> String {
        let labels = stsHost.split(separator: ".")
        guard labels.count > 3, labels[1].filter({ $0 == "-" }).count >= 2, labels[1].last?.isNumber == true else {
            return "us-east-1"
        }
        return String(labels[1])
    }

    private func headerValue(_ value: String, _ name: String) throws(Failure) -> [UInt8] {
        let written = GoHeader.trimmed(Array(value.utf8)[...])
        guard !written.isEmpty else {
            throw Failure(
                "The \(name) of a token must not be empty", remedy: "Give one with --\(name)", category: .usage)
        }
        guard !value.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw Failure(
                "The \(name) of a token must not hold control characters",
                remedy: "Look for a stray line break or tab in it", category: .usage)
        }
        return Array(written)
    }

    private func checkHost() throws(Failure) {
        let isHost = stsHost.utf8.allSatisfy {
            (48...57).contains($0) || (97...122).contains($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
        }
        guard !stsHost.isEmpty, isHost else {
            throw Failure(
                "The STS host must be a lower-case host name without a port",
                remedy: "Use \(Self.globalSTSHost), or a regional one such as sts.eu-west-1.amazonaws.com",
                category: .usage)
        }
    }

    private func check(_ credentials: AWSCredentials) throws(Failure) {
        let isName: (UInt8) -> Bool = { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "/") }
        guard !credentials.accessKeyID.isEmpty, credentials.accessKeyID.utf8.allSatisfy(isName) else {
            throw unusable("access key id")
        }
        guard !credentials.secretAccessKey.isEmpty else { throw unusable("secret access key") }
        guard let token = credentials.sessionToken?.reveal() else { return }
        guard !token.isEmpty, token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw unusable("session token")
        }
    }

    private func unusable(_ part: String) -> Failure {
        Failure(
            "The \(part) is empty or holds characters that none has",
            remedy: "Look for a stray line break or space where the credentials come from", category: .noCredentials)
    }
}
