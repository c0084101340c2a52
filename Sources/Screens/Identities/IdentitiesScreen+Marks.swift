import Chainguard
import FoundationEssentials
import TerminalUI

/// Marking identities, for doing something to all of them.
extension IdentitiesScreen {
    mutating func mark(_ context: Context) {
        guard case .identity(let index, _) = rows.selected else { return }
        marked.toggle(index)
        if focus == .table, rows.table.update(.down) { moved(context) }
    }

    mutating func markAll() {
        if listed.allSatisfy(marked.contains) {
            (marked, hiddenMarks) = (Marks(), 0)
        } else {
            marked.insert(listed)
        }
    }

    func markedIdentities(_ context: Context) -> Confirmation.Marked {
        let (indices, all, named) = (marked.indices, all, Confirmation.Marked.named)
        var isListed = Marks()
        isListed.insert(listed)
        let lately = context.now.addingTimeInterval(-30 * 86_400)
        let seen = indices.lazy.filter(isListed.contains).prefix(named)
        let hidden = hiddenMarks == 0 ? [] : indices.filter { !isListed.contains($0) }.prefix(named)
        return Confirmation.Marked(
            listed: seen.map { all[$0] }, hidden: hidden.map { all[$0] }, hiddenCount: hiddenMarks,
            uids: indices.map { all[$0].uid },
            usedLately: indices.count { all[$0].lastSeen.map { $0 > lately } ?? false })
    }
}
