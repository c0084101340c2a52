import Chainguard
import FoundationEssentials

/// `/iam/v2/identities`.
struct IdentitiesAPI: Sendable {
    let store: Store
    let lists: LastList

    func list(_ call: PlatformService.Call) throws(StatusError) -> Reply {
        let page = try PageRequest(call.request, now: call.now)
        let key = LastList.Key(
            revision: call.revision, subject: call.access.subject, question: page.question)
        let list = try lists.list(key) { () throws(StatusError) in try selected(call) }
        let identities = call.access.state.identities
        return .json(ListReply("identities", of: list, page, now: call.now) { identities[$0] })
    }

    /// Places in the state: of a large list these are cheaper to pass on than the identities.
    private func selected(_ call: PlatformService.Call) throws(StatusError) -> [Int] {
        let fields = call.request.fields
        let places = try PlaceFilter(fields)
        let kind = try Self.relationship(fields.first(of: "relationship_type", "relationshipType"))
        let order = try IdentityOrder(fields.first(of: "order_by", "orderBy") ?? "")
        let name = fields["name"]
        let all = call.access.state.identities
        let visible = try call.access.visible(
            Array(all.indices), with: Capability.identityList, at: { all[$0].uid ?? Self.nowhere })
        let chosen = visible.filter { index in
            guard let uid = all[index].uid, places.admits(uid) else { return false }
            return (name == nil || all[index].name == name)
                && (kind == nil || all[index].relationshipNames.first == kind)
        }
        return order.sorted(chosen, of: all)
    }

    func get(_ call: PlatformService.Call) throws(StatusError) -> Reply {
        .json(try existing(call.place(), in: call.access.state, call.access, needs: Capability.identityList))
    }

    func create(_ call: PlatformService.Call) throws(StatusError) -> Reply {
        let parent = try call.place()
        guard call.access.state.group(parent) != nil else { throw StatusError(.notFound, "no group \(parent)") }
        try call.access.require(Capability.identityCreate, at: parent)
        let wanted: IdentityRecord = try call.body()
        try IdentityRules.check(wanted)
        let time = Timestamp.format(call.now)
        let created = try store.change { state throws(StatusError) in
            let isTaken = state.identities.contains { $0.uid?.parent == parent && $0.name == wanted.name }
            guard !isTaken else {
                throw StatusError(.alreadyExists, "an identity named \(wanted.name) exists in \(parent)")
            }
            var identity = wanted
            identity.uid = state.newUID(below: parent, for: "identity \(wanted.name)")
            identity.createTime = time
            identity.updateTime = time
            identity.lastSeenTime = nil
            state.identities.append(identity)
            return identity
        }
        return .json(created)
    }

    func update(_ call: PlatformService.Call) throws(StatusError) -> Reply {
        let uid = try call.place()
        _ = try existing(uid, in: call.access.state, call.access, needs: Capability.identityUpdate)
        let patch: IdentityRecord = try call.body()
        let mask = try UpdateMask(call.request.fields.first(of: "update_mask", "updateMask"), patch)
        let time = Timestamp.format(call.now)
        let updated = try store.change { state throws(StatusError) in
            guard let index = state.identities.firstIndex(where: { $0.uid == uid }) else {
                throw StatusError(.notFound, "no identity \(uid)")
            }
            var identity = mask.applied(to: state.identities[index], from: patch)
            try IdentityRules.check(identity)
            guard identity.relationshipNames == state.identities[index].relationshipNames else {
                throw StatusError(.invalidArgument, "an identity's relationship can't become another kind")
            }
            identity.updateTime = time
            state.identities[index] = identity
            return identity
        }
        return .json(updated)
    }

    func delete(_ call: PlatformService.Call) throws(StatusError) -> Reply {
        let uid = try call.place()
        _ = try existing(uid, in: call.access.state, call.access, needs: Capability.identityDelete)
        try store.change { state throws(StatusError) in
            state.identities.removeAll { $0.uid == uid }
            state.bindings.removeAll { $0.identityUid == uid }
        }
        return .json([String: String]())
    }

    /// Whoever may not see an identity is told that it is not there only if it really is not.
    private func existing(
        _ uid: UIDP, in state: SandboxState, _ access: Access, needs capability: String
    ) throws(StatusError) -> IdentityRecord {
        try access.require(capability, at: uid)
        guard let identity = state.identity(uid) else { throw StatusError(.notFound, "no identity \(uid)") }
        return identity
    }

    private static let nowhere = UIDP(String(repeating: "0", count: 40))!

    private static func relationship(_ text: String?) throws(StatusError) -> String? {
        guard let text else { return nil }
        switch text.lowercased().filter({ $0 != "_" }) {
        case "aws", "awsidentity": return "awsIdentity"
        case "claimmatch": return "claimMatch"
        case "static", "statickeys": return "staticKeys"
        case "serviceprincipal": return "servicePrincipal"
        default: throw StatusError(.invalidArgument, "unknown relationship_type: \(text)")
        }
    }
}

/// `order_by`: fields separated by commas, each with `desc` where wanted; then by UIDP, so that pages don't shift.
struct IdentityOrder: Sendable {
    private let keys: [(field: String, isDescending: Bool)]

    init(_ text: String) throws(StatusError) {
        var keys: [(field: String, isDescending: Bool)] = []
        for part in text.split(separator: ",") {
            let words = part.split(separator: " ").map { $0.lowercased() }
            let known = ["uid", "name", "description", "create_time", "update_time", "last_seen_time"]
            guard let field = words.first, known.contains(field), words.count <= 2,
                words.count == 1 || ["asc", "desc"].contains(words[1])
            else { throw StatusError(.invalidArgument, "invalid order_by: \(text)") }
            keys.append((field, words.last == "desc"))
        }
        self.keys = keys
    }

    /// - Parameter places: of the identities to sort among `all`.
    func sorted(_ places: [Int], of all: [IdentityRecord]) -> [Int] {
        // Sorting is stable, so that the field that matters most comes last.
        let fields = keys + [("uid", false)]
        return fields.reversed().reduce(places) { places, key in
            let keyed = places.map { (value: Self.value(key.field, of: all[$0]), place: $0) }
            return keyed.sorted { key.isDescending ? $0.value > $1.value : $0.value < $1.value }.map(\.place)
        }
    }

    private static func value(_ field: String, of identity: IdentityRecord) -> String {
        switch field {
        case "name": identity.name
        case "description": identity.description
        case "create_time": identity.createTime ?? ""
        case "update_time": identity.updateTime ?? ""
        case "last_seen_time": identity.lastSeenTime ?? ""
        default: identity.uid?.text ?? ""
        }
    }
}
