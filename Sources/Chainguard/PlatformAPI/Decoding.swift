import AWSCaller
import FoundationEssentials

// Reading answers: what must be there for a value to make sense is required, everything else has a neutral value.

extension JSONValue {
    func uidp(_ name: String = "uid") -> UIDP? {
        (text(name) ?? (name == "uid" ? text("id") : nil)).flatMap(UIDP.init)
    }

    func date(_ name: String) -> Date? { text(name).flatMap(Timestamp.parse) }

    func matcher(_ name: String) -> ValueMatcher? {
        text(name).map(ValueMatcher.exact) ?? text(name + "Pattern").map(ValueMatcher.pattern)
    }
}

extension AssumableIdentity {
    init?(_ json: JSONValue) {
        guard let uid = json.uidp() else { return nil }
        self.init(
            uid: uid, name: json.text("name") ?? "", description: json.text("description") ?? "",
            relationship: Relationship(json), created: json.date("createTime") ?? json.date("createdAt"),
            updated: json.date("updateTime") ?? json.date("updatedAt"),
            lastSeen: json.date("lastSeenTime") ?? json.date("lastSeen"))
    }
}

extension Relationship {
    init?(_ json: JSONValue) {
        if let aws = json["awsIdentity"], aws.isObject {
            self = .aws(AWSRelationship(aws))
        } else if let claims = json["claimMatch"], claims.isObject {
            self = .claimMatch(ClaimMatch(claims))
        } else if let keys = json["staticKeys"] ?? json["static"], keys.isObject {
            self = .staticKeys(StaticKeys(keys))
        } else if let principal = json.enumeration("servicePrincipal") {
            self = .servicePrincipal(principal)
        } else {
            return nil
        }
    }
}

extension AWSRelationship {
    init(_ json: JSONValue) {
        self.init(
            account: json.text("awsAccount") ?? "", arn: json.matcher("arn") ?? .exact(""),
            userID: json.matcher("userId") ?? .exact(""))
    }
}

extension ClaimMatch {
    init(_ json: JSONValue) {
        self.init(
            issuer: json.matcher("issuer") ?? .exact(""), subject: json.matcher("subject") ?? .exact(""),
            audience: json.matcher("audience"), claims: json.textMap("claims"),
            claimPatterns: json.textMap("claimPatterns"))
    }
}

extension StaticKeys {
    init(_ json: JSONValue) {
        self.init(
            issuer: json.text("issuer") ?? "", subject: json.text("subject") ?? "",
            issuerKeys: json.text("issuerKeys") ?? "",
            expiration: json.date("expirationTime") ?? json.date("expiration"),
            audiences: json.texts("audiences"))
    }
}

extension Group {
    init?(_ json: JSONValue) {
        guard let uid = json.uidp() else { return nil }
        self.init(uid: uid, name: json.text("name") ?? "", description: json.text("description") ?? "")
    }
}

extension Role {
    init?(_ json: JSONValue) {
        guard let uid = json.uidp() else { return nil }
        self.init(
            uid: uid, name: json.text("name") ?? "", description: json.text("description") ?? "",
            capabilities: json.texts("capabilities"))
    }
}

extension RoleBinding {
    /// A binding just made may name its parties by their UIDPs alone, and its group only by standing below it.
    init?(_ json: JSONValue) {
        guard let uid = json.uidp(), let identity = Party(json, "identity"), let role = Party(json, "role"),
            let group = Party(json, "group") ?? uid.parent.map({ Party(uid: $0, name: "") })
        else { return nil }
        self.init(uid: uid, identity: identity, group: group, role: role)
    }
}

extension RoleBinding.Party {
    init?(_ json: JSONValue, _ name: String) {
        guard let uid = json[name]?.uidp() ?? json.uidp(name + "Uid") ?? json.uidp(name) else { return nil }
        self.init(uid: uid, name: json[name]?.text("name") ?? "")
    }
}

extension AuthenticatedSubject {
    init(_ json: JSONValue) {
        self.init(
            issuer: json.text("issuer") ?? "", subject: json.text("subject") ?? "",
            audience: json.text("audience").map { [$0] } ?? json.texts("audience"), expiry: json.date("expiry"),
            issuedAt: json.date("issuedAt"), email: json.text("email") ?? "",
            granted: json.list("capabilities").map(GrantedCapabilities.init))
    }
}

extension GrantedCapabilities {
    init(_ json: JSONValue) {
        self.init(
            group: json.text("group") ?? "", role: json.text("role") ?? "", capabilities: json.texts("capabilities"))
    }
}

extension ImageRepository {
    init?(_ json: JSONValue) {
        guard let id = json.uidp("id") ?? json.uidp() else { return nil }
        self.init(id: id, name: json.text("name") ?? "", catalogTier: json.enumeration("catalogTier") ?? "")
    }
}

extension ImageTag {
    init?(_ json: JSONValue) {
        guard let id = json.uidp("id") ?? json.uidp() else { return nil }
        self.init(
            id: id, name: json.text("name") ?? "", digest: json.text("digest") ?? "",
            lastUpdated: json.date("lastUpdated"), deprecated: json.flag("deprecated"))
    }
}
