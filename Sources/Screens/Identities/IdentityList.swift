import Chainguard
import FoundationEssentials
import TerminalUI

/// The columns of the table, which are also what it can be sorted by.
enum IdentityColumn: String, Sendable, CaseIterable {
    case name, kind, who, parent, lastSeen

    var column: TableColumn {
        switch self {
        case .name: TableColumn("Name", .flexible(min: 14, max: 32))
        case .kind: TableColumn("Kind", .fixed(11), priority: 1)
        case .who: TableColumn("Who may assume it", .flexible(min: 18, max: 48), priority: 2)
        case .parent: TableColumn("Parent", .flexible(min: 8, max: 20), priority: 3)
        case .lastSeen: TableColumn("Last seen", .fixed(16), priority: 4)
        }
    }
}

/// Sorting, and what the filter looks at, as functions of the list.
enum IdentityList {
    static func haystack(_ identity: AssumableIdentity) -> String {
        let arn: String =
            if case .aws(let relationship) = identity.relationship { relationship.arn.text } else { "" }
        return "\(identity.name) \(IdentityWords.kind(identity)) \(IdentityWords.who(identity)) \(arn) \(identity.uid)"
    }

    /// - Parameter admitted: those to list, as indices; `nil` for all.
    /// - Returns: indices into `all` in the order of the column.
    static func sorted(
        _ all: [AssumableIdentity], _ admitted: [Int]?, by column: IdentityColumn, ascending: Bool,
        _ workspace: Workspace
    ) -> [Int] {
        let some = admitted ?? Array(all.indices)
        let sorted: [Int] =
            switch column {
            case .name: ordered(all, some) { $0.name }
            case .kind: ordered(all, some) { IdentityWords.kind($0) }
            case .who: ordered(all, some) { IdentityWords.who($0) }
            case .parent: ordered(all, some) { $0.uid.parent.map(workspace.groupName) ?? "" }
            case .lastSeen: ordered(all, some) { $0.lastSeen ?? .distantPast }
            }
        return ascending ? sorted : sorted.reversed()
    }

    private static func ordered<Key: Comparable>(
        _ all: [AssumableIdentity], _ some: [Int], _ key: (AssumableIdentity) -> Key
    ) -> [Int] {
        let keys = some.map { (key(all[$0]), $0) }
        return keys.sorted { $0 < $1 }.map(\.1)
    }
}
