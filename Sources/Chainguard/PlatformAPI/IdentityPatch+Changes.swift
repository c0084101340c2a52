/// What a change changes, for people to look at first.
extension IdentityPatch {
    public struct Change: Sendable, Hashable {
        /// As a person calls it: `description`, `ARN`.
        public var field: String
        public var old: String
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
        guard case .aws(let new) = relationship, case .aws(let old) = identity.relationship else {
            return changes + [
                Change(field: "who may assume it", old: "another relationship", new: relationship.maskName)
            ]
        }
        let fields = [
            ("AWS account", old.account, new.account), ("ARN", old.arn.words, new.arn.words),
            ("user id", old.userID.words, new.userID.words),
        ]
        return changes + fields.filter { $0.1 != $0.2 }.map { Change(field: $0.0, old: $0.1, new: $0.2) }
    }

    /// The body of the PATCH, indented.
    public var requestJSON: String { json.pretty }
}

extension ValueMatcher {
    fileprivate var words: String {
        switch self {
        case .exact(let value): "exactly \(value)"
        case .pattern(let pattern): "pattern \(pattern)"
        }
    }
}
