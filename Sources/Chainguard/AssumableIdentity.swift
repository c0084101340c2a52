import FoundationEssentials

/// A value to be met exactly, or a regular expression (Go RE2, unanchored) to be found in it.
public enum ValueMatcher: Sendable, Hashable {
    case exact(String)
    case pattern(String)
}

/// Who may become an identity: exactly one of the four relationships of the API.
public enum Relationship: Sendable, Hashable {
    case aws(AWSRelationship)
    // Indirect, so that lists of many thousands do not hold their room for each identity.
    indirect case claimMatch(ClaimMatch)
    indirect case staticKeys(StaticKeys)
    case servicePrincipal(String)
}

/// An AWS caller: account, ARN and user id must all match.
public struct AWSRelationship: Sendable, Hashable {
    /// 12 digits.
    public var account: String
    public var arn: ValueMatcher
    public var userID: ValueMatcher

    public init(account: String, arn: ValueMatcher, userID: ValueMatcher) {
        self.account = account
        self.arn = arn
        self.userID = userID
    }
}

/// An OIDC token whose claims match.
public struct ClaimMatch: Sendable, Hashable {
    public var issuer: ValueMatcher
    public var subject: ValueMatcher
    public var audience: ValueMatcher?
    public var claims: [String: String]
    public var claimPatterns: [String: String]

    public init(
        issuer: ValueMatcher, subject: ValueMatcher, audience: ValueMatcher? = nil, claims: [String: String] = [:],
        claimPatterns: [String: String] = [:]
    ) {
        self.issuer = issuer
        self.subject = subject
        self.audience = audience
        self.claims = claims
        self.claimPatterns = claimPatterns
    }
}

extension ClaimMatch {
    /// Met by the tokens of AWS outbound identity federation, whose issuer is an account's own
    /// (`https://<uuid>.tokens.sts.global.api.aws`, AWS IAM User Guide).
    public var isOutboundFederation: Bool { issuer.plain.hasSuffix(".tokens.sts.global.api.aws") }

    /// The form of such an issuer, for a person.
    static let outboundIssuerForm = "https://UUID.tokens.sts.global.api.aws"
}

/// A token signed with one of the keys given at creation, such as a pull token.
public struct StaticKeys: Sendable, Hashable {
    public var issuer: String
    public var subject: String
    public var issuerKeys: String
    public var expiration: Date?
    public var audiences: [String]

    public init(
        issuer: String, subject: String, issuerKeys: String = "", expiration: Date? = nil, audiences: [String] = []
    ) {
        self.issuer = issuer
        self.subject = subject
        self.issuerKeys = issuerKeys
        self.expiration = expiration
        self.audiences = audiences
    }
}

/// An identity at Chainguard (`chainguard.platform.iam.v2.Identity`).
public struct AssumableIdentity: Sendable, Hashable {
    public var uid: UIDP
    public var name: String
    public var description: String
    /// `nil` for a relationship that this version does not know.
    public var relationship: Relationship?
    public var created: Date?
    public var updated: Date?
    public var lastSeen: Date?

    public init(
        uid: UIDP, name: String, description: String = "", relationship: Relationship?, created: Date? = nil,
        updated: Date? = nil, lastSeen: Date? = nil
    ) {
        self.uid = uid
        self.name = name
        self.description = description
        self.relationship = relationship
        self.created = created
        self.updated = updated
        self.lastSeen = lastSeen
    }
}
