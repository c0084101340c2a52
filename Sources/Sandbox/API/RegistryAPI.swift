import Chainguard

/// `/registry/v1`: image repositories and their tags. The first generation has no paging.
struct RegistryAPI: Sendable {
    private struct Items<Element: Encodable>: Encodable {
        var items: [Element]
    }

    func listRepositories(_ call: PlatformService.Call) throws(StatusError) -> Reply {
        let places = try PlaceFilter(call.request.fields)
        let name = call.request.fields["name"]
        let visible = try call.access.visible(
            call.access.state.repositories, with: Capability.repoList, at: { $0.id })
        return .json(Items(items: visible.filter { (name == nil || $0.name == name) && places.admits($0.id) }))
    }

    /// A tag that ends in a date, and one that only hangs a signature or an attestation on another image, is left out
    /// when asked for.
    func listTags(_ call: PlatformService.Call) throws(StatusError) -> Reply {
        let fields = call.request.fields
        let places = try PlaceFilter(fields)
        let name = fields["name"]
        let excludesDates = fields.first(of: "exclude_dates", "excludeDates") == "true"
        let excludesReferrers = fields.first(of: "exclude_referrers", "excludeReferrers") == "true"
        let visible = try call.access.visible(call.access.state.tags, with: Capability.tagList, at: { $0.id })
        let chosen = visible.filter { tag in
            (name == nil || tag.name == name) && places.admits(tag.id) && !(excludesDates && tag.namesDate)
                && !(excludesReferrers && tag.isReferrer)
        }
        return .json(Items(items: chosen))
    }
}

extension TagRecord {
    /// `…-20260801`.
    fileprivate var namesDate: Bool {
        guard let last = name.split(separator: "-").last, last.utf8.count == 8, last.hasPrefix("20") else {
            return false
        }
        return last.utf8.allSatisfy { (48...57).contains($0) }
    }

    /// `sha256-….sig`, `sha256-….att`.
    fileprivate var isReferrer: Bool { name.hasPrefix("sha256-") }
}
