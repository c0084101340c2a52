import AWSCaller

/// Groups, roles, role bindings.
extension PlatformAPI {
    /// Organizations and folders that the login sees.
    public func groups(name: String? = nil) async throws(Failure) -> [Group] {
        let operation = Operation(
            method: .get, path: "/iam/v2/groups", query: Self.filter([("name", name)]), doing: "list organizations",
            capability: "groups.list", expected: "a list of groups")
        return try await everything(operation, list: "groups", Group.init(_:))
    }

    /// An organization or folder.
    public func group(_ uid: UIDP) async throws(Failure) -> Group {
        let operation = Operation(
            method: .get, path: "/iam/v2/groups/\(uid)", doing: "read group \(uid)", subject: "group \(uid)",
            capability: "groups.list", expected: "a group")
        return try await one(operation, Group.init(_:))
    }

    /// - Parameter name: an exact name; more than one role may carry it, built-in ones first.
    public func roles(name: String? = nil) async throws(Failure) -> [Role] {
        let operation = Operation(
            method: .get, path: "/iam/v2/roles", query: Self.filter([("name", name)]), doing: "list roles",
            capability: "roles.list", expected: "a list of roles")
        let roles = try await everything(operation, list: "roles", Role.init(_:))
        return roles.filter(\.isBuiltIn) + roles.filter { !$0.isBuiltIn }
    }

    /// Bindings, narrowed by whichever is given.
    public func roleBindings(
        identity: UIDP? = nil, group: UIDP? = nil, role: UIDP? = nil
    ) async throws(Failure) -> [RoleBinding] {
        let operation = Operation(
            method: .get, path: "/iam/v2/roleBindings",
            query: Self.filter([("identity", identity?.text), ("group", group?.text), ("role", role?.text)]),
            doing: "list role bindings", capability: "role_bindings.list", expected: "a list of role bindings")
        return try await everything(operation, list: "roleBindings", RoleBinding.init(_:))
    }

    /// Grants a role to an identity at a group and below it.
    /// - Parameter called: the group's name, where it is known, for failures.
    public func bind(
        identity: UIDP, role: Role, at group: UIDP, called name: String? = nil
    ) async throws(Failure) -> RoleBinding {
        try await one(Self.binding(identity: identity, role: role, at: group, called: name), RoleBinding.init(_:))
    }

    static func binding(identity: UIDP, role: Role, at group: UIDP, called name: String?) -> Operation {
        let place = name.flatMap { $0.isEmpty ? nil : $0 } ?? group.text
        return Operation(
            method: .post, path: "/iam/v2/roleBindings/\(group)",
            body: .object(["identityUid": .string(identity.text), "roleUid": .string(role.uid.text)]),
            doing: "bind the role \(role.name.isEmpty ? role.uid.text : role.name) at \(place)",
            subject: "\(place), the identity or the role", capability: "role_bindings.create",
            expected: "the role binding")
    }

    /// Takes a role binding away.
    public func unbind(_ binding: UIDP) async throws(Failure) {
        _ = try await call(
            Operation(
                method: .delete, path: "/iam/v2/roleBindings/\(binding)", doing: "delete role binding \(binding)",
                subject: "role binding \(binding)", capability: "role_bindings.delete", expected: "an empty object"))
    }

    static func filter(_ parameters: [(String, String?)]) -> [(String, String)] {
        parameters.compactMap { name, value in value.map { (name, $0) } }
    }
}

/// The registry.
extension PlatformAPI {
    /// - Parameter group: only at and below it.
    public func repositories(in group: UIDP? = nil) async throws(Failure) -> [ImageRepository] {
        let operation = Operation(
            method: .get, path: "/registry/v1/repos", query: Self.filter([("uidp.descendants_of", group?.text)]),
            doing: "list repositories", capability: "repo.list", expected: "a list of repositories")
        return try await page(operation, list: "items", ImageRepository.init(_:)).items
    }

    /// The tags of one repository, without those that only name a date or another image's attachments.
    public func tags(of repository: UIDP) async throws(Failure) -> [ImageTag] {
        let operation = Operation(
            method: .get, path: "/registry/v1/tags",
            query: [
                ("uidp.children_of", repository.text), ("exclude_dates", "true"), ("exclude_referrers", "true"),
            ], doing: "list tags", subject: "repository \(repository)", capability: "tag.list",
            expected: "a list of tags")
        return try await page(operation, list: "items", ImageTag.init(_:)).items
    }
}
