import AWSCaller

/// An identity to be created.
public struct NewIdentity: Sendable, Hashable {
    /// 3 to 63 of `a-z 0-9 . _ -` and space.
    public var name: String
    /// Up to 512 characters in one line; not sent when empty.
    public var description: String
    /// Who may assume it.
    public var relationship: Relationship

    public init(name: String, description: String = "", relationship: Relationship) {
        self.name = name
        self.description = description
        self.relationship = relationship
    }

    /// The body of the request, exactly as it is sent.
    var json: JSONValue {
        var members = [JSONValue.Member("name", .string(name))]
        if !description.isEmpty { members.append(.init("description", .string(description))) }
        return .object(members + [relationship.member])
    }
}

/// A change to an identity; what is `nil` stays as it is.
public struct IdentityPatch: Sendable, Hashable {
    public var name: String?
    public var description: String?
    public var relationship: Relationship?

    public init(name: String? = nil, description: String? = nil, relationship: Relationship? = nil) {
        self.name = name
        self.description = description
        self.relationship = relationship
    }

    /// The fields that change, as `update_mask` names them: protobuf's own names, a query parameter is not translated.
    public var mask: [String] {
        (name == nil ? [] : ["name"]) + (description == nil ? [] : ["description"])
            + (relationship.map { [$0.maskName] } ?? [])
    }

    var json: JSONValue {
        var members: [JSONValue.Member] = []
        if let name { members.append(.init("name", .string(name))) }
        if let description { members.append(.init("description", .string(description))) }
        return .object(members + (relationship.map { [$0.member] } ?? []))
    }
}

extension Relationship {
    var maskName: String {
        switch self {
        case .aws: "aws_identity"
        case .claimMatch: "claim_match"
        case .staticKeys: "static_keys"
        case .servicePrincipal: "service_principal"
        }
    }

    var member: JSONValue.Member {
        switch self {
        case .aws(let aws): .init("awsIdentity", .object(aws.members))
        case .claimMatch(let claims): .init("claimMatch", .object(claims.members))
        case .staticKeys(let keys): .init("staticKeys", .object(keys.members))
        case .servicePrincipal(let name): .init("servicePrincipal", .string(name))
        }
    }
}

extension ValueMatcher {
    /// `arn` or `arnPattern`.
    func member(_ name: String) -> JSONValue.Member {
        switch self {
        case .exact(let value): .init(name, .string(value))
        case .pattern(let pattern): .init(name + "Pattern", .string(pattern))
        }
    }
}

extension AWSRelationship {
    var members: [JSONValue.Member] {
        [.init("awsAccount", .string(account)), arn.member("arn"), userID.member("userId")]
    }
}

extension ClaimMatch {
    var members: [JSONValue.Member] {
        let parts = [issuer.member("issuer"), subject.member("subject")]
        let maps = [("claims", claims), ("claimPatterns", claimPatterns)].filter { !$0.1.isEmpty }
        return parts + (audience.map { [$0.member("audience")] } ?? [])
            + maps.map { name, map in
                .init(name, .object(map.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) }))
            }
    }
}

extension StaticKeys {
    var members: [JSONValue.Member] {
        var members: [JSONValue.Member] = [
            .init("issuer", .string(issuer)), .init("subject", .string(subject)),
            .init("issuerKeys", .string(issuerKeys)),
        ]
        if let expiration { members.append(.init("expirationTime", .string(Timestamp.format(expiration)))) }
        if !audiences.isEmpty { members.append(.init("audiences", .array(audiences.map(JSONValue.string)))) }
        return members
    }
}
