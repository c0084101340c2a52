import Chainguard

/// `/iam/v2/groups`, `/iam/v2/roles`, `/iam/v2/roleBindings`.
struct OrganizationsAPI: Sendable {
    let store: Store

    func listGroups(_ call: PlatformService.Call) throws(StatusError) -> Reply {
        let places = try PlaceFilter(call.request.fields)
        let name = call.request.fields["name"]
        let groups = try call.access.visible(
            call.access.state.groups, with: Capability.groupsList, at: { $0.uid })
        let chosen = groups.filter { (name == nil || $0.name == name) && places.admits($0.uid) }
        return .json(ListReply("groups", of: chosen, try PageRequest(call.request, now: call.now), now: call.now))
    }

    func getGroup(_ call: PlatformService.Call) throws(StatusError) -> Reply {
        let uid = try call.place()
        try call.access.require(Capability.groupsList, at: uid)
        guard let group = call.access.state.group(uid) else { throw StatusError(.notFound, "no group \(uid)") }
        return .json(group)
    }

    /// Built-in roles are shown to whoever may list roles anywhere.
    func listRoles(_ call: PlatformService.Call) throws(StatusError) -> Reply {
        let places = try PlaceFilter(call.request.fields)
        let name = call.request.fields["name"]
        let custom = try call.access.visible(
            call.access.state.roles.filter { !$0.isBuiltIn }, with: Capability.rolesList, at: { $0.uid })
        let roles = call.access.state.roles.filter(\.isBuiltIn) + custom
        let chosen = roles.filter { (name == nil || $0.name == name) && places.admits($0.uid) }
        return .json(ListReply("roles", of: chosen, try PageRequest(call.request, now: call.now), now: call.now))
    }

    func getRole(_ call: PlatformService.Call) throws(StatusError) -> Reply {
        let uid = try call.place()
        guard let role = call.access.state.role(uid) else { throw StatusError(.notFound, "no role \(uid)") }
        if !role.isBuiltIn { try call.access.require(Capability.rolesList, at: uid) }
        return .json(role)
    }

    func listBindings(_ call: PlatformService.Call) throws(StatusError) -> Reply {
        let fields = call.request.fields
        let state = call.access.state
        let places = try PlaceFilter(fields)
        let bindings = try call.access.visible(
            state.bindings, with: Capability.roleBindingsList, at: { $0.groupUid })
        let chosen = bindings.filter { binding in
            (fields["identity"] ?? binding.identityUid.text) == binding.identityUid.text
                && (fields["group"] ?? binding.groupUid.text) == binding.groupUid.text
                && (fields["role"] ?? binding.roleUid.text) == binding.roleUid.text && places.admits(binding.uid)
        }
        let replies = chosen.map { BindingReply($0, in: state) }
        return .json(
            ListReply("roleBindings", of: replies, try PageRequest(call.request, now: call.now), now: call.now))
    }

    /// Nobody grants what they do not hold themselves.
    func bind(_ call: PlatformService.Call) throws(StatusError) -> Reply {
        let group = try call.place()
        let state = call.access.state
        guard state.group(group) != nil else { throw StatusError(.notFound, "no group \(group)") }
        try call.access.require(Capability.roleBindingsCreate, at: group)
        let wanted: BindingRequest = try call.body()
        guard let identity = UIDP(wanted.identity), let role = UIDP(wanted.role) else {
            throw StatusError(.invalidArgument, "identityUid and roleUid must be UIDPs")
        }
        guard let granted = state.role(role) else { throw StatusError(.notFound, "no role \(role)") }
        guard state.identity(identity) != nil || state.people.contains(where: { $0.uid == identity }) else {
            throw StatusError(.notFound, "no identity \(identity)")
        }
        for capability in granted.capabilities { try call.access.require(capability, at: group) }
        let made = try store.change { state throws(StatusError) in
            let isBound = state.bindings.contains {
                $0.identityUid == identity && $0.roleUid == role && $0.groupUid == group
            }
            guard !isBound else {
                throw StatusError(.alreadyExists, "\(identity) has the role \(granted.name) at \(group) already")
            }
            let binding = BindingRecord(
                uid: state.newUID(below: group, for: "binding of \(identity) to \(role)"), identityUid: identity,
                roleUid: role, groupUid: group)
            state.bindings.append(binding)
            return BindingReply(binding, in: state)
        }
        return .json(made)
    }

    func unbind(_ call: PlatformService.Call) throws(StatusError) -> Reply {
        let uid = try call.place()
        try call.access.require(Capability.roleBindingsDelete, at: uid)
        try store.change { state throws(StatusError) in
            guard state.bindings.contains(where: { $0.uid == uid }) else {
                throw StatusError(.notFound, "no role binding \(uid)")
            }
            state.bindings.removeAll { $0.uid == uid }
        }
        return .json([String: String]())
    }
}

/// The body of a new binding.
private struct BindingRequest: Decodable {
    var identity: String
    var role: String

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: FieldName.self)
        identity = try fields.text("identityUid") ?? ""
        role = try fields.text("roleUid") ?? ""
    }
}

/// A binding with its parties spelt out.
private struct BindingReply: Encodable, Sendable {
    struct Party: Encodable, Sendable {
        var uid: UIDP
        var name: String
        var description: String
    }
    var uid: UIDP
    var identity: Party
    var group: Party
    var role: Party

    init(_ binding: BindingRecord, in state: SandboxState) {
        uid = binding.uid
        let bound = state.identity(binding.identityUid)
        let person = state.people.first { $0.uid == binding.identityUid }
        identity = Party(
            uid: binding.identityUid, name: bound?.name ?? person?.email ?? "", description: bound?.description ?? "")
        let place = state.group(binding.groupUid)
        group = Party(uid: binding.groupUid, name: place?.name ?? "", description: place?.description ?? "")
        let granted = state.role(binding.roleUid)
        role = Party(uid: binding.roleUid, name: granted?.name ?? "", description: granted?.description ?? "")
    }
}
