import AWSCaller
import FoundationEssentials
import Transport

/// A token and how it came about. Whoever holds its text can become the identity until it ends: a password.
public struct SignedCallerToken: Sendable, Hashable {
    /// What Chainguard is given: the request in padded base64url.
    public let text: Secret
    /// What was hashed and signed (AWS, "Create a signed AWS API request").
    public let stringToSign: String
    public let signedAt: Date
    /// 15 minutes after signing, or when the credentials end, whichever comes first.
    public let expires: Date
    private let canonicalText: Secret
    private let rawRequest: Secret

    /// The request in SigV4's canonical form; a secret, for it holds the session token.
    public var canonicalRequest: Secret { canonicalText }

    /// The signed request, taken apart.
    public var request: TokenRequest {
        let raw = Array(rawRequest.reveal().utf8)
        guard let parsed = try? GoRequest(raw) else {
            preconditionFailure("a generated token is a request by construction")
        }
        return TokenRequest(parsed, raw: raw)
    }

    init(_ draft: CallerTokenDraft, signature: String, signedAt: Date) {
        let bytes = draft.requestBytes(signature: signature)
        text = Secret(GoBase64.encode(bytes))
        rawRequest = Secret(String(decoding: bytes, as: UTF8.self))
        canonicalText = Secret(String(decoding: draft.canonicalBytes, as: UTF8.self))
        stringToSign = draft.stringToSign
        self.signedAt = signedAt
        let end = signedAt.addingTimeInterval(Double(CallerTokenGenerator.lifetime.components.seconds))
        expires = draft.credentials.expiration.map { min($0, end) } ?? end
    }
}
