/// "Did you mean …".
package enum Suggestion {
    /// The nearest of the candidates, if it is near enough to be a slip of the fingers.
    package static func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
        let limit = max(1, name.count / 3)
        let scored = candidates.map { (distance(name.lowercased(), $0.lowercased()), $0) }
        return scored.filter { $0.0 <= limit }.min { $0 < $1 }?.1
    }

    /// Edits needed to turn one into the other: a character more, less or other, or two neighbours swapped.
    static func distance(_ left: String, _ right: String) -> Int {
        let left = Array(left)
        let right = Array(right)
        var before: [Int] = []
        var above = Array(0...right.count)
        for i in left.indices {
            var row = [i + 1]
            for j in right.indices {
                var best = min(above[j] + (left[i] == right[j] ? 0 : 1), above[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    best = min(best, before[j - 1] + 1)
                }
                row.append(best)
            }
            before = above
            above = row
        }
        return above[right.count]
    }
}
