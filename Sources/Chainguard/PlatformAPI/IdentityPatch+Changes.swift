import AWSCaller

/// What a change changes, for people to look at first.
extension IdentityPatch {
    /// A field, as it is and as it would be.
    public struct Change: Sendable, Hashable {
        /// As a person calls it: `description`, `ARN`.
        public var field: String
        /// As it is at Chainguard.
        public var old: String
        /// As it would be.
        public var new: String
    }

    /// - Returns: the fields that would be other than they are, old and new; empty when nothing would change.
    public func changes(of identity: AssumableIdentity) -> [Change] {
        var changes: [Change] = []
        if let name, name != identity.name { changes.append(Change(field: "name", old: identity.name, new: name)) }
        if let description, description != identity.description {
            changes.append(Change(field: "description", old: identity.description, new: description))
        }
        guard let relationship, relationship != identity.relationship else { return changes }
        guard let old = identity.relationship, old.maskName == relationship.maskName else {
            return changes + [
                Change(
                    field: "who may assume it", old: identity.relationship?.maskName ?? "unknown",
                    new: relationship.maskName)
            ]
        }
        return changes
            + zip(old.fields, relationship.fields).filter { $0.text != $1.text }.map {
                Change(field: $0.name, old: $0.text, new: $1.text)
            }
    }

    /// The body of the PATCH, indented.
    public var requestJSON: String { json.pretty }
}

extension Relationship {
    /// What a change can change, as a person calls it and reads it; always the same fields in the same order.
    fileprivate var fields: [(name: String, text: String)] {
        switch self {
        case .aws(let aws):
            [("AWS account", aws.account), ("ARN", aws.arn.words), ("user id", aws.userID.words)]
        case .claimMatch(let claims):
            [
                ("issuer", claims.issuer.words), ("subject", claims.subject.words),
                ("audience", claims.audience?.words ?? "none"), ("claims", Self.text(claims.claims)),
                ("claim patterns", Self.text(claims.claimPatterns)),
            ]
        case .staticKeys(let keys): [("keys", JSONValue.object(keys.members).compact)]
        case .servicePrincipal(let name): [("service", name)]
        }
    }

    private static func text(_ map: [String: String]) -> String {
        map.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ", ")
    }
}
