import TerminalUI

/// The columns of the table, which are also what it can be sorted by.
enum IdentityColumn: String, Sendable, CaseIterable {
    case name, closeness, kind, who, parent, lastSeen

    /// How close each comes to the caller is shown only while the list is sorted by it.
    static func shown(sortedBy sort: IdentityColumn) -> [IdentityColumn] {
        allCases.filter { $0 != .closeness || sort == .closeness }
    }

    var title: String {
        switch self {
        case .name: "Name"
        case .closeness: "This caller"
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
        case .closeness: TableColumn(title, .fixed(32))
        case .kind: TableColumn(title, .fixed(11), priority: 1)
        case .who: TableColumn(title, .flexible(min: 16, max: 48), priority: 2)
        case .parent: TableColumn(title, .flexible(min: 8, max: 20), priority: 3)
        case .lastSeen: TableColumn(title, .fixed(12), priority: 4)
        }
    }
}
