import Synchronization

/// The list that was asked for last, so that each of its pages does not select and sort it anew: the places of its
/// elements in the state that it was made from.
final class LastList: Sendable {
    struct Key: Sendable, Equatable {
        /// Of the state that it was made from.
        var revision: Int
        var subject: String
        /// The question without the paging.
        var question: String
    }

    private let last = Mutex<(key: Key, list: [Int])?>(nil)

    func list(_ key: Key, _ make: () throws(StatusError) -> [Int]) throws(StatusError) -> [Int] {
        if let known = last.withLock({ $0 }), known.key == key { return known.list }
        let list = try make()
        last.withLock { $0 = (key, list) }
        return list
    }
}
