/// Which of the identities of an arrangement are marked, by their indices there. A flag each: a hundred thousand are
/// copied and counted within a frame.
struct Marks: Sendable, Equatable {
    private var isMarked: [Bool] = []
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    /// The marked ones, rising.
    var indices: [Int] { isEmpty ? [] : isMarked.indices.filter { isMarked[$0] } }

    func contains(_ index: Int) -> Bool { index < isMarked.count && isMarked[index] }

    mutating func toggle(_ index: Int) {
        if contains(index) {
            isMarked[index] = false
            count -= 1
        } else {
            insert([index])
        }
    }

    mutating func insert(_ indices: [Int]) {
        guard let last = indices.max() else { return }
        if last >= isMarked.count { isMarked += Array(repeating: false, count: last + 1 - isMarked.count) }
        for index in indices where !isMarked[index] {
            isMarked[index] = true
            count += 1
        }
    }

    /// How many of them are not among those.
    func count(outside listed: [Int]) -> Int { isEmpty ? 0 : count - listed.count { contains($0) } }
}
