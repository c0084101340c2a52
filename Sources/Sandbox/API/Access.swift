import Chainguard

/// What one subject may do: the capabilities of the roles that it is bound to, each at a group and below.
struct Access: Sendable {
    let subject: String
    let state: SandboxState
    /// Each binding of the subject with its role.
    let grants: [(group: UIDP, role: RoleRecord)]

    init(subject: String, state: SandboxState) {
        self.subject = subject
        self.state = state
        grants = state.bindings.filter { $0.identityUid.text == subject }.compactMap { binding in
            state.role(binding.roleUid).map { (binding.groupUid, $0) }
        }
    }

    func allows(_ capability: String, at place: UIDP) -> Bool {
        grants.contains { $0.group.contains(place) && $0.role.capabilities.contains(capability) }
    }

    func require(_ capability: String, at place: UIDP) throws(StatusError) {
        guard allows(capability, at: place) else { throw denial(capability) }
    }

    /// The elements at places where the capability holds.
    /// - Throws: permission denied when it holds nowhere.
    func visible<Element>(
        _ elements: [Element], with capability: String, at place: (Element) -> UIDP
    ) throws(StatusError) -> [Element] {
        let groups = grants.filter { $0.role.capabilities.contains(capability) }.map(\.group)
        guard !groups.isEmpty else { throw denial(capability) }
        return elements.filter { element in groups.contains { $0.contains(place(element)) } }
    }

    private func denial(_ capability: String) -> StatusError {
        StatusError(.permissionDenied, "\(subject) lacks the capability \(capability)")
    }
}

/// The names of the capabilities that the sandbox checks.
enum Capability {
    static let groupsList = "groups.list"
    static let identityCreate = "identity.create"
    static let identityDelete = "identity.delete"
    static let identityList = "identity.list"
    static let identityUpdate = "identity.update"
    static let registryPull = "registry.pull"
    static let repoList = "repo.list"
    static let roleBindingsCreate = "role_bindings.create"
    static let roleBindingsDelete = "role_bindings.delete"
    static let roleBindingsList = "role_bindings.list"
    static let rolesList = "roles.list"
    static let tagList = "tag.list"
}
