import Chainguard

/// How the person wants the identities listed.
struct IdentityChoice: Sendable, Hashable {
    var sort = IdentityColumn.name
    var isAscending = true
    /// Under their organizations and folders.
    var isTree = false
    var folded: Set<UIDP> = []
    var facets = IdentityFacets()

    /// Whether it matters who calls AWS from here.
    var dependsOnCaller: Bool { sort == .closeness || facets.chosen.contains(.matchesMe) }

    mutating func sort(by column: IdentityColumn) {
        (sort, isAscending) = (column, true)
    }

    mutating func sortByNext() {
        let all = IdentityColumn.shown(sortedBy: .name)
        sort(by: all[((all.firstIndex(of: sort) ?? -1) + 1) % all.count])
    }

    mutating func toggleFold(_ uid: UIDP) {
        if folded.remove(uid) == nil { folded.insert(uid) }
    }
}
