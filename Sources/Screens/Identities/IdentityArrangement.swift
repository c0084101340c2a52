import Chainguard
import FoundationEssentials
import TerminalUI

/// The identities made ready to be shown: narrowed, sorted, under their folders, and searchable at every key.
///
/// Making one takes time in proportion to the list: a large list is arranged as a job, and what was arranged before is
/// shown until its answer is there.
public struct IdentityArrangement: Sendable, Hashable {
    /// Everything that it depends on.
    public struct Input: Sendable, Hashable {
        /// Of two lists of one number the longer begins with the shorter.
        var list = 0
        var all: [AssumableIdentity] = []
        /// How many there are by the server's count.
        var total = 0
        /// When they were listed, if that was an earlier listing.
        var saved: Date?
        var groups: [Group] = []
        var caller: CallerValues?
        var choice = IdentityChoice()
        /// When it is judged what has expired; another moment alone is no reason to arrange anew.
        var now = Date.distantPast

        public static func == (left: Input, right: Input) -> Bool {
            left.list == right.list && left.all.count == right.all.count && left.total == right.total
                && left.saved == right.saved && left.choice == right.choice && left.caller == right.caller
                && left.groups == right.groups
        }

        public func hash(into hasher: inout Hasher) {
            hasher.combine(list)
            hasher.combine(all.count)
            hasher.combine(choice)
        }
    }

    /// Lists up to this length are arranged within a frame.
    static let atOnce = 500

    let input: Input
    /// The identities to show, folded ones too, as indices into the input's.
    let listed: [Int]
    let rows: [IdentityRow]
    /// The columns of the longest name, between 14 and 40.
    let nameWidth: Int
    /// Where the identities of the arrangement before stand now; `nil` when each stands where it stood.
    private var moves: [Int?]?
    /// What the facets admit; `nil` when nothing narrows.
    private let admitted: [Int]?
    /// All identities in the chosen order.
    private let order: [Int]
    private let tree: IdentityTree?
    private let index: FuzzyIndex

    /// Of nothing.
    init() {
        self.init(Input(), after: nil)
    }

    /// - Parameter earlier: the arrangement that it takes the place of; what is still right in it is used again.
    public init(_ input: Input, after earlier: IdentityArrangement?) {
        self.input = input
        let order = IdentityOrder(input)
        let grown = earlier.flatMap { $0.isBeginning(of: input) ? $0 : nil }
        var (index, width) = (grown?.index ?? FuzzyIndex([String]()), grown?.nameWidth ?? 14)
        for identity in input.all[index.count...] {
            index.append(IdentityWords.haystack(identity))
            // As many bytes as columns at least: the width is measured only where it may matter.
            if identity.name.utf8.count > width { width = min(40, max(width, Text.width(identity.name))) }
        }
        (self.index, nameWidth) = (index, width)
        moves = grown == nil ? earlier.flatMap { Self.moves(from: $0.input.all, to: input.all) } : nil
        admitted = input.choice.facets.admitted(input.all, input.caller, now: input.now)
        self.order = earlier.flatMap { $0.order(for: input) } ?? order.sorted()
        listed = Self.only(admitted, of: self.order)
        tree = input.choice.isTree ? IdentityTree(input.all, name: order.name) : nil
        rows = Self.rows(listed, tree, folded: input.choice.folded)
    }

    /// What passes the filter, best first, and its rows.
    func search(_ matcher: FuzzyMatcher) -> (listed: [Int], rows: [IdentityRow]) {
        if matcher.isEmpty { return (listed, rows) }
        let found = index.search(matcher, among: admitted)
        // What was searched for is shown wherever it stands.
        return (found, Self.rows(found, tree, folded: []))
    }

    /// Where an identity of the arrangement before stands; `nil` when it is gone.
    func place(of earlier: Int) -> Int? {
        guard let moves else { return input.all.indices.contains(earlier) ? earlier : nil }
        return moves.indices.contains(earlier) ? moves[earlier] : nil
    }

    /// The order that it has, where that is right for another input too.
    private func order(for other: Input) -> [Int]? {
        let (mine, its) = (input.choice, other.choice)
        guard input.list == other.list, input.all.count == other.all.count, input.groups == other.groups,
            mine.sort == its.sort, mine.sort != .closeness || input.caller == other.caller
        else { return nil }
        return mine.isAscending == its.isAscending ? order : order.reversed()
    }

    private static func only(_ admitted: [Int]?, of order: [Int]) -> [Int] {
        guard let admitted else { return order }
        var isAdmitted = [Bool](repeating: false, count: order.count)
        for index in admitted { isAdmitted[index] = true }
        return order.filter { isAdmitted[$0] }
    }

    /// It has taken the place of the arrangement before.
    mutating func settle() { moves = nil }

    private func isBeginning(of other: Input) -> Bool {
        let count = input.all.count
        return input.list == other.list && count <= other.all.count
            && (count == 0 || input.all[count - 1].uid == other.all[count - 1].uid)
    }

    private static func rows(_ listed: [Int], _ tree: IdentityTree?, folded: Set<UIDP>) -> [IdentityRow] {
        tree?.rows(listed, folded: folded) ?? listed.map { .identity($0, depth: 0) }
    }

    private static func moves(from old: [AssumableIdentity], to new: [AssumableIdentity]) -> [Int?]? {
        let isSame = old.count <= new.count && zip(old, new).allSatisfy { $0.uid == $1.uid }
        guard !isSame else { return nil }
        let places = Dictionary(zip(new.lazy.map(\.uid), new.indices)) { first, _ in first }
        return old.map { places[$0.uid] }
    }

    public static func == (left: IdentityArrangement, right: IdentityArrangement) -> Bool { left.input == right.input }

    public func hash(into hasher: inout Hasher) { hasher.combine(input) }
}
