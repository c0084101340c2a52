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
    /// What the ARN that STS reports must be; of a role that is `…:assumed-role/NAME/SESSION`.
    public var arn: ValueMatcher
    /// What the user id that STS reports must be: `AROA…:SESSION`, `AIDA…`.
    public var userID: ValueMatcher

    public init(account: String, arn: ValueMatcher, userID: ValueMatcher) {
        self.account = account
        self.arn = arn
        self.userID = userID
    }
}

/// An OIDC token whose claims match.
public struct ClaimMatch: Sendable, Hashable {
    /// The token's `iss`.
    public var issuer: ValueMatcher
    /// The token's `sub`.
    public var subject: ValueMatcher
    /// The token's `aud`; `nil` where the identity names none.
    public var audience: ValueMatcher?
    /// Further claims and the values that they must have.
    public var claims: [String: String]
    /// Further claims and the patterns (Go RE2, unanchored) that they must match.
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
    public var isOutboundFederation: Bool { Self.isOutboundIssuer(issuer.plain) }

    /// The form of such an issuer, for a person.
    static let outboundIssuerForm = "https://UUID.tokens.sts.global.api.aws"

    static func isOutboundIssuer(_ issuer: String) -> Bool { issuer.hasSuffix(".tokens.sts.global.api.aws") }

    /// Whether it can be an account's.
    static func hasOutboundForm(_ issuer: String) -> Bool {
        issuer.wholeMatch(
            of: /https:\/\/[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\.tokens\.sts\.global\.api\.aws/) != nil
    }
}

/// A token signed with one of the keys given at creation, such as a pull token.
public struct StaticKeys: Sendable, Hashable {
    /// The token's `iss`.
    public var issuer: String
    /// The token's `sub`.
    public var subject: String
    /// A JSON Web Key Set (RFC 7517) with the public keys; empty where the API leaves it out.
    public var issuerKeys: String
    /// From when on its tokens are refused.
    public var expiration: Date?
    /// Any of which the token may name.
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
    /// What it is assumed by; given by Chainguard.
    public var uid: UIDP
    /// 3 to 63 of `a-z 0-9 . _ -` and space; not unique.
    public var name: String
    /// Up to 512 characters in one line; may be empty.
    public var description: String
    /// `nil` for a relationship that this version does not know.
    public var relationship: Relationship?
    public var created: Date?
    public var updated: Date?
    /// When it was assumed last; `nil` for never.
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
