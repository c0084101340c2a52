import AWSCaller
import FoundationEssentials

/// A token found in the cache.
public struct CachedToken: Sendable, Hashable {
    /// As the token says it; where it doesn't, as the folder is called, which is lossy.
    public var audience: String
    /// The name it is kept under; `nil` for the audience's own.
    public var alias: String?
    /// The JWT as it stands in the file, without white space around it.
    public var token: Secret
    /// Brings a new token once; `nil` when none is kept beside it.
    public var refreshToken: Secret?
    /// What the token says, unverified; `nil` when it can't be read.
    public var claims: JWTClaims?
    /// Of the access token's file.
    public var path: String
    /// The group or others may read the token or its refresh token: it should be treated as known to them.
    public var looseMode: Bool

    public init(
        audience: String, alias: String? = nil, token: Secret, refreshToken: Secret? = nil, claims: JWTClaims? = nil,
        path: String, looseMode: Bool = false
    ) {
        self.audience = audience
        self.alias = alias
        self.token = token
        self.refreshToken = refreshToken
        self.claims = claims
        self.path = path
        self.looseMode = looseMode
    }

    /// A token with less than this left, in seconds, is not worth starting work with.
    static let margin: TimeInterval = 30

    /// At its end, or too near to it. Of one that does not say when that is the service decides.
    public func isExpired(at now: Date) -> Bool {
        claims?.expiry.map { $0.timeIntervalSince(now) < Self.margin } ?? false
    }

    /// When the refresh token ends, by its own words.
    public var refreshExpiry: Date? {
        guard let text = refreshToken?.reveal(), let bytes = Data(base64Encoded: text),
            let json = try? JSONValue(reading: Array(bytes))
        else { return nil }
        return JWTClaims.date(json["exp"])
    }
}
