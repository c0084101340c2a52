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
}
