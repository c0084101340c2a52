import AWSCaller
import FoundationEssentials

/// What a JWT says of itself. Its signature is not checked: for showing, never for deciding.
public struct JWTClaims: Sendable, Hashable {
    /// `iss`; empty when it is missing.
    public var issuer: String
    /// `sub`; empty when it is missing.
    public var subject: String
    /// `aud`, whether it came as one text or as a list.
    public var audience: [String]
    /// `exp`.
    public var expiry: Date?
    /// `iat`.
    public var issuedAt: Date?
    /// `email`, which tokens of people hold.
    public var email: String?

    public init(
        issuer: String, subject: String, audience: [String], expiry: Date? = nil, issuedAt: Date? = nil,
        email: String? = nil
    ) {
        self.issuer = issuer
        self.subject = subject
        self.audience = audience
        self.expiry = expiry
        self.issuedAt = issuedAt
        self.email = email
    }

    /// - Returns: `nil` unless the text is three base64url parts whose second is a JSON object.
    public init?(unverified token: String) {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let bytes = Base64URL.bytes(String(parts[1])),
            let payload = try? JSONValue(reading: bytes),
            payload.isObject
        else { return nil }
        issuer = payload.text("iss") ?? ""
        subject = payload.text("sub") ?? ""
        audience = payload.text("aud").map { [$0] } ?? payload.texts("aud")
        expiry = Self.date(payload["exp"])
        issuedAt = Self.date(payload["iat"])
        email = payload.text("email")
    }

    /// A NumericDate: seconds, perhaps with a fraction (RFC 7519 section 2).
    static func date(_ value: JSONValue?) -> Date? {
        guard case .number(let text) = value, let seconds = Double(text), seconds.magnitude < 1e11 else { return nil }
        return Date(timeIntervalSince1970: seconds)
    }
}
