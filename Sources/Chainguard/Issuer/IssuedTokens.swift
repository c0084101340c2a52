import AWSCaller
import FoundationEssentials

/// What the issuer hands out.
public struct IssuedTokens: Sendable, Hashable {
    /// A JWT.
    public var token: Secret
    /// Base64 JSON; using it up brings a new one.
    public var refreshToken: Secret?
    /// When `token` ends.
    public var expiry: Date?

    public init(token: Secret, refreshToken: Secret? = nil, expiry: Date? = nil) {
        self.token = token
        self.refreshToken = refreshToken
        self.expiry = expiry
    }

    /// Who the token is by its own words, unverified: all there is of one that is not meant for the API.
    /// - Parameters:
    ///   - audience: what it was asked for.
    ///   - issuer: where.
    public func subject(audience: String, issuer: String) -> AuthenticatedSubject {
        let claims = JWTClaims(unverified: token.reveal())
        return AuthenticatedSubject(
            issuer: claims?.issuer ?? issuer, subject: claims?.subject ?? "", audience: claims?.audience ?? [audience],
            expiry: claims?.expiry ?? expiry, issuedAt: claims?.issuedAt, email: claims?.email ?? "", granted: nil)
    }
}
