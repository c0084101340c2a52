import AWSCaller
import FoundationEssentials
import Transport

/// A token and how it came about. Whoever holds its text can become the identity until it ends: a password.
public struct SignedCallerToken: Sendable, Hashable {
    /// What Chainguard is given: the request in padded base64url.
    public let text: Secret
    /// The date in the token, in whole seconds.
    public let signedAt: Date
    /// 15 minutes after signing, or when the credentials end, whichever comes first.
    public let expires: Date
    private let template: CallerTokenTemplate

    init(_ template: CallerTokenTemplate, text: String, signedAt: Date) {
        self.template = template
        self.text = Secret(text)
        self.signedAt = signedAt
        let end = signedAt.addingTimeInterval(Double(CallerTokenGenerator.lifetime.components.seconds))
        expires = template.credentials.expiration.map { min($0, end) } ?? end
    }

    /// The request in SigV4's canonical form; a secret, for it holds the session token.
    public var canonicalRequest: Secret {
        Secret(String(decoding: template.canonicalRequest(amzDate: AmzDate.bytes(signedAt)), as: UTF8.self))
    }

    /// What was hashed and signed (AWS, "Create a signed AWS API request").
    public var stringToSign: String { template.stringToSign(amzDate: AmzDate.bytes(signedAt)) }

    /// The signed request, taken apart.
    public var request: TokenRequest {
        guard let raw = GoBase64.decode(text.reveal().utf8), let parsed = try? GoRequest(raw) else {
            preconditionFailure("a generated token is a request by construction")
        }
        return TokenRequest(parsed, raw: raw)
    }

    /// Everything else follows from the text and the end.
    public static func == (lhs: Self, rhs: Self) -> Bool { lhs.text == rhs.text && lhs.expires == rhs.expires }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(text)
        hasher.combine(expires)
    }
}
