import AWSCaller

/// Which identities to list; what is `nil` does not narrow.
public struct IdentityQuery: Sendable, Hashable {
    /// At and below this organization or folder.
    public var descendantsOf: UIDP?
    /// Directly in this organization or folder.
    public var childrenOf: UIDP?
    /// Exactly this name.
    public var name: String?
    /// As the API names them: `aws`, `claim_match`, `static`, `service_principal`.
    public var relationshipType: String?
    /// A field of the API, such as `name`.
    public var orderBy: String?

    public init(
        descendantsOf: UIDP? = nil, childrenOf: UIDP? = nil, name: String? = nil, relationshipType: String? = nil,
        orderBy: String? = nil
    ) {
        self.descendantsOf = descendantsOf
        self.childrenOf = childrenOf
        self.name = name
        self.relationshipType = relationshipType
        self.orderBy = orderBy
    }

    var parameters: [(String, String)] {
        [
            ("uidp.descendants_of", descendantsOf?.text), ("uidp.children_of", childrenOf?.text), ("name", name),
            ("relationship_type", relationshipType), ("order_by", orderBy),
        ].compactMap { name, value in value.map { (name, $0) } }
    }
}

/// Identities.
extension PlatformAPI {
    /// One page.
    /// - Parameters:
    ///   - pageSize: 1…200, the API's bounds.
    ///   - skip: how many to pass over, for pages fetched out of turn.
    public func identities(
        _ query: IdentityQuery = IdentityQuery(), pageSize: Int = 200, pageToken: String? = nil, skip: Int = 0
    ) async throws(Failure) -> Page<AssumableIdentity> {
        let operation = Operation(
            method: .get, path: "/iam/v2/identities",
            query: query.parameters + Self.paging(size: pageSize, token: pageToken, skip: skip),
            doing: "list identities", capability: "identity.list", expected: "a list of identities")
        return try await page(operation, list: "identities", AssumableIdentity.init(_:))
    }

    /// Throws `identity-not-found` when there is none of this UIDP.
    public func identity(_ uid: UIDP) async throws(Failure) -> AssumableIdentity {
        try await one(Self.reading(uid), AssumableIdentity.init(_:))
    }

    static func reading(_ uid: UIDP) -> Operation {
        Operation(
            method: .get, path: "/iam/v2/identities/\(uid)", doing: "read identity \(uid)", subject: "identity \(uid)",
            capability: "identity.list", expected: "an identity")
    }

    /// Not idempotent: after a timeout, look whether it is there before trying again.
    public func createIdentity(_ new: NewIdentity, in parent: UIDP) async throws(Failure) -> AssumableIdentity {
        try await one(Self.creation(new, in: parent), AssumableIdentity.init(_:))
    }

    static func creation(_ new: NewIdentity, in parent: UIDP) -> Operation {
        Operation(
            method: .post, path: "/iam/v2/identities/\(parent)", body: new.json,
            doing: "create the identity \(new.name) in \(parent)", subject: "group \(parent)",
            capability: "identity.create", expected: "the created identity")
    }

    /// - Returns: the identity as it is afterwards.
    public func updateIdentity(_ uid: UIDP, _ patch: IdentityPatch) async throws(Failure) -> AssumableIdentity {
        let operation = Operation(
            method: .patch, path: "/iam/v2/identities/\(uid)",
            query: [("update_mask", patch.mask.joined(separator: ","))], body: patch.json,
            doing: "update identity \(uid)", subject: "identity \(uid)", capability: "identity.update",
            expected: "the updated identity")
        return try await one(operation, AssumableIdentity.init(_:))
    }

    /// Its role bindings go with it.
    public func deleteIdentity(_ uid: UIDP) async throws(Failure) {
        _ = try await call(Self.deletion(uid))
    }

    static func deletion(_ uid: UIDP) -> Operation {
        Operation(
            method: .delete, path: "/iam/v2/identities/\(uid)", doing: "delete identity \(uid)",
            subject: "identity \(uid)", capability: "identity.delete", expected: "an empty object")
    }
}
