import Chainguard
import FoundationEssentials

/// An identity as `identities list|describe|create -o json` print it: the API's field names.
struct IdentityDocument: Encodable {
    struct AWS: Encodable {
        var awsAccount: String
        var arn: String?
        var arnPattern: String?
        var userId: String?
        var userIdPattern: String?
    }
    struct Claims: Encodable {
        var issuer: String?
        var issuerPattern: String?
        var subject: String?
        var subjectPattern: String?
        var audience: String?
        var audiencePattern: String?
        var claims: [String: String]
        var claimPatterns: [String: String]
    }
    struct Static: Encodable {
        var issuer: String
        var subject: String
        var expirationTime: Date?
        var audiences: [String]
    }
    struct Bound: Encodable {
        var uid: String
        var role: String
        var roleUid: String
        var group: String
        var groupUid: String
    }

    let uid: String
    let name: String
    let description: String
    let createTime: Date?
    let updateTime: Date?
    let lastSeenTime: Date?
    private(set) var awsIdentity: AWS?
    private(set) var claimMatch: Claims?
    private(set) var staticKeys: Static?
    private(set) var servicePrincipal: String?
    let roleBindings: [Bound]?

    init(_ identity: AssumableIdentity, bindings: [RoleBinding]? = nil) {
        uid = identity.uid.text
        name = identity.name
        description = identity.description
        createTime = identity.created
        updateTime = identity.updated
        lastSeenTime = identity.lastSeen
        roleBindings = bindings?.map { binding in
            Bound(
                uid: binding.uid.text, role: binding.role.name, roleUid: binding.role.uid.text,
                group: binding.group.name, groupUid: binding.group.uid.text)
        }
        switch identity.relationship {
        case .aws(let aws): awsIdentity = AWS(aws)
        case .claimMatch(let match): claimMatch = Claims(match)
        case .staticKeys(let keys):
            staticKeys = Static(
                issuer: keys.issuer, subject: keys.subject, expirationTime: keys.expiration, audiences: keys.audiences)
        case .servicePrincipal(let name): servicePrincipal = name
        case nil: break
        }
    }

    var text: String {
        var fields = TextFields()
        fields.add("name", name)
        fields.add("uidp", uid)
        fields.add("description", description)
        if let awsIdentity {
            fields.add("aws account", awsIdentity.awsAccount)
            fields.add("arn", awsIdentity.arn)
            fields.add("arn pattern", awsIdentity.arnPattern)
            fields.add("user id", awsIdentity.userId)
            fields.add("user id pattern", awsIdentity.userIdPattern)
        }
        if let claimMatch {
            fields.add("issuer", claimMatch.issuer)
            fields.add("issuer pattern", claimMatch.issuerPattern)
            fields.add("subject", claimMatch.subject)
            fields.add("subject pattern", claimMatch.subjectPattern)
            fields.add("audience", claimMatch.audience ?? claimMatch.audiencePattern)
        }
        if let staticKeys {
            fields.add("issuer", staticKeys.issuer)
            fields.add("subject", staticKeys.subject)
            fields.add("keys expire", staticKeys.expirationTime?.formatted(.iso8601))
        }
        fields.add("service", servicePrincipal)
        fields.add("created", createTime?.formatted(.iso8601))
        fields.add("updated", updateTime?.formatted(.iso8601))
        fields.add("last seen", lastSeenTime?.formatted(.iso8601) ?? "never")
        for bound in roleBindings ?? [] { fields.add("role", "\(bound.role) at \(bound.group) (\(bound.groupUid))") }
        if roleBindings?.isEmpty == true { fields.add("roles", "none: it can log in but see and pull nothing") }
        return fields.text
    }
}

extension IdentityDocument.AWS {
    init(_ aws: AWSRelationship) {
        self.init(
            awsAccount: aws.account, arn: aws.arn.exactValue, arnPattern: aws.arn.patternText,
            userId: aws.userID.exactValue, userIdPattern: aws.userID.patternText)
    }
}

extension IdentityDocument.Claims {
    init(_ match: ClaimMatch) {
        self.init(
            issuer: match.issuer.exactValue, issuerPattern: match.issuer.patternText,
            subject: match.subject.exactValue, subjectPattern: match.subject.patternText,
            audience: match.audience?.exactValue, audiencePattern: match.audience?.patternText,
            claims: match.claims, claimPatterns: match.claimPatterns)
    }
}

extension ValueMatcher {
    fileprivate var exactValue: String? {
        if case .exact(let value) = self { value } else { nil }
    }

    fileprivate var patternText: String? {
        if case .pattern(let pattern) = self { pattern } else { nil }
    }
}
