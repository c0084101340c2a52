import Chainguard
import FoundationEssentials

/// An identity as the API speaks it and as the state file keeps it.
struct IdentityRecord: Codable, Sendable, Equatable {
    var uid: UIDP?
    var name: String
    var description: String
    var createTime: String?
    var updateTime: String?
    var lastSeenTime: String?
    var awsIdentity: AWSIdentityRecord?
    var claimMatch: ClaimMatchRecord?
    var staticKeys: StaticKeysRecord?
    var servicePrincipal: String?

    init(
        uid: UIDP? = nil, name: String, description: String = "", awsIdentity: AWSIdentityRecord? = nil,
        claimMatch: ClaimMatchRecord? = nil, staticKeys: StaticKeysRecord? = nil, servicePrincipal: String? = nil
    ) {
        self.uid = uid
        self.name = name
        self.description = description
        self.awsIdentity = awsIdentity
        self.claimMatch = claimMatch
        self.staticKeys = staticKeys
        self.servicePrincipal = servicePrincipal
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: FieldName.self)
        uid = try fields.text("uid").flatMap(UIDP.init)
        name = try fields.text("name") ?? ""
        description = try fields.text("description") ?? ""
        createTime = try fields.text("createTime")
        updateTime = try fields.text("updateTime")
        lastSeenTime = try fields.text("lastSeenTime")
        awsIdentity = try fields.value("awsIdentity")
        claimMatch = try fields.value("claimMatch")
        staticKeys = try fields.value("staticKeys") ?? fields.value("static")
        servicePrincipal = try fields.text("servicePrincipal")
    }

    /// The names of the relationships that are set; a valid identity has exactly one.
    var relationshipNames: [String] {
        let all: [(String, Bool)] = [
            ("awsIdentity", awsIdentity != nil), ("claimMatch", claimMatch != nil),
            ("staticKeys", staticKeys != nil), ("servicePrincipal", servicePrincipal != nil),
        ]
        return all.filter(\.1).map(\.0)
    }
}

struct AWSIdentityRecord: Codable, Sendable, Equatable {
    var awsAccount: String
    var arn: String?
    var arnPattern: String?
    var userId: String?
    var userIdPattern: String?

    init(account: String, arn: ValueMatcher, userID: ValueMatcher) {
        awsAccount = account
        (self.arn, arnPattern) = arn.parts
        (userId, userIdPattern) = userID.parts
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: FieldName.self)
        awsAccount = try fields.text("awsAccount") ?? ""
        arn = try fields.text("arn")
        arnPattern = try fields.text("arnPattern")
        userId = try fields.text("userId")
        userIdPattern = try fields.text("userIdPattern")
    }

    /// `nil` unless each value is named exactly once.
    var relationship: AWSRelationship? {
        guard let arn = ValueMatcher(exact: arn, pattern: arnPattern),
            let userID = ValueMatcher(exact: userId, pattern: userIdPattern)
        else { return nil }
        return AWSRelationship(account: awsAccount, arn: arn, userID: userID)
    }
}

struct ClaimMatchRecord: Codable, Sendable, Equatable {
    var issuer: String?
    var issuerPattern: String?
    var subject: String?
    var subjectPattern: String?
    var audience: String?
    var audiencePattern: String?
    var claims: [String: String]?
    var claimPatterns: [String: String]?

    init(
        issuer: ValueMatcher, subject: ValueMatcher, audience: ValueMatcher? = nil, claims: [String: String]? = nil,
        claimPatterns: [String: String]? = nil
    ) {
        (self.issuer, issuerPattern) = issuer.parts
        (self.subject, subjectPattern) = subject.parts
        (self.audience, audiencePattern) = audience?.parts ?? (nil, nil)
        self.claims = claims
        self.claimPatterns = claimPatterns
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: FieldName.self)
        issuer = try fields.text("issuer")
        issuerPattern = try fields.text("issuerPattern")
        subject = try fields.text("subject")
        subjectPattern = try fields.text("subjectPattern")
        audience = try fields.text("audience")
        audiencePattern = try fields.text("audiencePattern")
        claims = try fields.value("claims")
        claimPatterns = try fields.value("claimPatterns")
    }

    var patterns: [String] {
        [issuerPattern, subjectPattern, audiencePattern].compactMap { $0 } + (claimPatterns ?? [:]).values.sorted()
    }
}

struct StaticKeysRecord: Codable, Sendable, Equatable {
    var issuer: String
    var subject: String
    /// A JWK set as JSON text.
    var issuerKeys: String
    var expirationTime: String?
    var audiences: [String]?

    init(
        issuer: String, subject: String, issuerKeys: String, expirationTime: String? = nil,
        audiences: [String]? = nil
    ) {
        self.issuer = issuer
        self.subject = subject
        self.issuerKeys = issuerKeys
        self.expirationTime = expirationTime
        self.audiences = audiences
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: FieldName.self)
        issuer = try fields.text("issuer") ?? ""
        subject = try fields.text("subject") ?? ""
        issuerKeys = try fields.text("issuerKeys") ?? ""
        expirationTime = try fields.text("expirationTime") ?? fields.text("expiration")
        audiences = try fields.value("audiences")
    }
}

extension ValueMatcher {
    /// The exact value or the pattern; `nil` when neither or both are given.
    init?(exact: String?, pattern: String?) {
        switch (exact, pattern) {
        case (let exact?, nil): self = .exact(exact)
        case (nil, let pattern?): self = .pattern(pattern)
        default: return nil
        }
    }

    fileprivate var parts: (exact: String?, pattern: String?) {
        switch self {
        case .exact(let value): (value, nil)
        case .pattern(let pattern): (nil, pattern)
        }
    }
}
