import Chainguard
import FoundationEssentials

/// The order of the identities: by what was chosen, then by name, then as the API lists them.
struct IdentityOrder {
    private let input: IdentityArrangement.Input
    private let names: [UIDP: String]

    init(_ input: IdentityArrangement.Input) {
        self.input = input
        names = Dictionary(input.groups.map { ($0.uid, $0.name) }) { first, _ in first }
    }

    /// What an organization or folder is called.
    func name(_ uid: UIDP) -> String { names[uid] ?? uid.text }

    /// The indices of the input's identities.
    func sorted() -> [Int] {
        // Sorting is stable: what a key leaves equal stays in the order of the names.
        let named = by(Array(input.all.indices)) { $0.name }
        let sorted: [Int] =
            switch input.choice.sort {
            case .name: named
            case .closeness: closest(named)
            case .kind: by(named, IdentityWords.kind)
            case .who: by(named, IdentityWords.who)
            case .parent: by(named) { $0.uid.parent.map(name) ?? "" }
            case .lastSeen: by(named) { $0.lastSeen ?? .distantPast }
            }
        return input.choice.isAscending ? sorted : sorted.reversed()
    }

    private func by<Key: Comparable>(_ some: [Int], _ key: (AssumableIdentity) -> Key) -> [Int] {
        some.map { (key: key(input.all[$0]), index: $0) }.sorted { $0.key < $1.key }.map(\.index)
    }

    private func closest(_ named: [Int]) -> [Int] {
        // Patterns are costly, and of a job that was cancelled nobody wants the answer.
        by(named) { Task.isCancelled ? .unknown : Closeness(of: $0, to: input.caller) }
    }
}
