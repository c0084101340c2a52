import Chainguard
import FoundationEssentials
import TerminalUI

/// The columns of the table, which are also what it can be sorted by.
enum IdentityColumn: String, Sendable, CaseIterable {
    case name, kind, who, parent, lastSeen

    var title: String {
        switch self {
        case .name: "Name"
        case .kind: "Kind"
        case .who: "Who may assume it"
        case .parent: "Parent"
        case .lastSeen: "Last seen"
        }
    }

    /// - Parameter nameWidth: the columns of the longest name, within reason.
    func column(nameWidth: Int) -> TableColumn {
        switch self {
        case .name: TableColumn(title, .flexible(min: nameWidth, max: max(32, nameWidth)))
        case .kind: TableColumn(title, .fixed(11), priority: 1)
        case .who: TableColumn(title, .flexible(min: 16, max: 48), priority: 2)
        case .parent: TableColumn(title, .flexible(min: 8, max: 20), priority: 3)
        case .lastSeen: TableColumn(title, .fixed(12), priority: 4)
        }
    }
}

/// Which identities are listed and in which order: the facets, the filter, the sort and the tree.
struct IdentityList: Sendable {
    var sort = IdentityColumn.name
    var isAscending = true
    /// Under their organizations and folders.
    var isTree = false
    var folded: Set<UIDP> = []
    /// The identities that are listed, folded ones too, as indices into the workspace's.
    private(set) var listed: [Int] = []
    /// The columns of the longest name, between 14 and 40.
    private(set) var nameWidth = 14
    var facets = IdentityFacets() {
        didSet { isAdmittedKnown = false }
    }
    /// What the facets admit; made anew when the list, the caller or the facets change.
    private var admitted: [Int]?
    private var isAdmittedKnown = false
    private var fuzzy = FuzzyIndex([String]())
    private var lastIndexed: UIDP?
    private var tree: IdentityTree?

    /// The workspace's list is another one.
    mutating func index(_ workspace: Workspace) {
        let all = workspace.identities.value ?? []
        (fuzzy, nameWidth, tree, isAdmittedKnown) = (FuzzyIndex([String]()), 14, nil, false)
        take(all[...])
    }

    /// The workspace's list has grown: what is new is taken.
    mutating func grow(_ workspace: Workspace) {
        let (all, known) = (workspace.identities.value ?? [], fuzzy.count)
        guard known > 0, known <= all.count, all[known - 1].uid == lastIndexed else { return index(workspace) }
        (tree, isAdmittedKnown) = (nil, false)
        take(all[known...])
    }

    private mutating func take(_ new: ArraySlice<AssumableIdentity>) {
        for identity in new {
            fuzzy.append(Self.haystack(identity))
            // As many bytes as columns at least: the width is measured only where it may matter.
            if identity.name.utf8.count > nameWidth { nameWidth = min(40, max(nameWidth, Text.width(identity.name))) }
        }
        lastIndexed = new.last?.uid ?? (fuzzy.count == 0 ? nil : lastIndexed)
    }

    mutating func rows(_ matcher: FuzzyMatcher, _ workspace: Workspace, now: Date) -> [IdentityRow] {
        let all = workspace.identities.value ?? []
        if !isAdmittedKnown {
            admitted = facets.admitted(all, workspace, now: now)
            isAdmittedKnown = true
        }
        listed = matcher.isEmpty ? sorted(all, workspace) : fuzzy.search(matcher, among: admitted)
        guard isTree else { return listed.map { .identity($0, depth: 0) } }
        let tree = self.tree ?? IdentityTree(all, name: workspace.groupName)
        self.tree = tree
        // What was searched for is shown wherever it stands.
        return tree.rows(listed, folded: matcher.isEmpty ? folded : [])
    }

    mutating func sortByNext() {
        let all = IdentityColumn.allCases
        sort = all[((all.firstIndex(of: sort) ?? 0) + 1) % all.count]
        isAscending = true
    }

    mutating func toggleFold(_ uid: UIDP) {
        if folded.remove(uid) == nil { folded.insert(uid) }
    }

    private func sorted(_ all: [AssumableIdentity], _ workspace: Workspace) -> [Int] {
        let some = admitted ?? Array(all.indices)
        let sorted: [Int] =
            switch sort {
            case .name: Self.ordered(all, some) { $0.name }
            case .kind: Self.ordered(all, some) { IdentityWords.kind($0) }
            case .who: Self.ordered(all, some) { IdentityWords.who($0) }
            case .parent: Self.ordered(all, some) { $0.uid.parent.map(workspace.groupName) ?? "" }
            case .lastSeen: Self.ordered(all, some) { $0.lastSeen ?? .distantPast }
            }
        return isAscending ? sorted : sorted.reversed()
    }

    private static func ordered<Key: Comparable>(
        _ all: [AssumableIdentity], _ some: [Int], _ key: (AssumableIdentity) -> Key
    ) -> [Int] {
        let keys = some.map { (key: key(all[$0]), index: $0) }
        return keys.sorted { left, right in
            if left.key != right.key { return left.key < right.key }
            return (all[left.index].name, left.index) < (all[right.index].name, right.index)
        }.map(\.index)
    }

    /// What the filter looks at.
    private static func haystack(_ identity: AssumableIdentity) -> String {
        let arn: String =
            if case .aws(let relationship) = identity.relationship { relationship.arn.text } else { "" }
        return "\(identity.name) \(IdentityWords.kind(identity)) \(IdentityWords.who(identity)) \(arn) \(identity.uid)"
    }

    static func uid(of row: IdentityRow, _ all: [AssumableIdentity]) -> UIDP? {
        switch row {
        case .identity(let index, _): all.indices.contains(index) ? all[index].uid : nil
        case .group(let uid, _, _, _): uid
        }
    }
}
