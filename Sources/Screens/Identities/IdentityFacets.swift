import Chainguard
import FoundationEssentials

/// What narrows the list besides the text: of one sort any suffices, of different sorts all must hold.
struct IdentityFacets: Sendable, Hashable {
    enum Facet: Sendable, Hashable {
        case matchesMe, neverUsed, expired
        case kind(String)
        /// At or below this organization or folder.
        case place(UIDP)
    }

    var chosen: [Facet] = []

    var isEmpty: Bool { chosen.isEmpty }

    mutating func toggle(_ facet: Facet) {
        if let index = chosen.firstIndex(of: facet) { chosen.remove(at: index) } else { chosen.append(facet) }
    }

    /// Everything that can be chosen, in the order of the menu.
    static func all(_ workspace: Workspace) -> [Facet] {
        let kinds = ["AWS role", "AWS user", "AWS", "OIDC", "static keys", "service"]
        let groups = (workspace.groups.value ?? []).sorted {
            workspace.groupPath($0.uid) < workspace.groupPath($1.uid)
        }
        return [.matchesMe, .neverUsed, .expired] + kinds.map(Facet.kind) + groups.map { .place($0.uid) }
    }

    /// The identities that pass, as indices; `nil` when nothing narrows.
    func admitted(_ all: [AssumableIdentity], _ caller: CallerValues?, now: Date) -> [Int]? {
        guard !isEmpty else { return nil }
        let kinds = Set(chosen.compactMap { if case .kind(let kind) = $0 { kind } else { nil } })
        let places = chosen.compactMap { if case .place(let place) = $0 { place } else { nil } }
        return all.indices.filter { index in
            let identity = all[index]
            if !kinds.isEmpty, !kinds.contains(IdentityWords.kind(identity)) { return false }
            if !places.isEmpty, !places.contains(where: { $0.contains(identity.uid) }) { return false }
            if chosen.contains(.neverUsed), identity.lastSeen != nil { return false }
            if chosen.contains(.expired), !IdentityWords.isExpired(identity, now: now) { return false }
            return !chosen.contains(.matchesMe) || caller.map(identity.admits) ?? false
        }
    }

    /// As the menu and the chips call it.
    static func title(_ facet: Facet, _ workspace: Workspace) -> String {
        switch facet {
        case .matchesMe: "matches this caller"
        case .neverUsed: "never used"
        case .expired: "expired"
        case .kind(let kind): kind
        case .place(let uid): "in \(workspace.groupName(uid))"
        }
    }
}
