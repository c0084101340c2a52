/// "Did you mean …".
enum Suggestion {
    /// The nearest of the candidates, if it is near enough to be a slip of the fingers.
    static func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
        let limit = max(1, name.count / 3)
        let scored = candidates.map { (distance(name.lowercased(), $0.lowercased()), $0) }
        return scored.filter { $0.0 <= limit }.min { $0 < $1 }?.1
    }

    /// Levenshtein's edit distance.
    static func distance(_ left: String, _ right: String) -> Int {
        let right = Array(right)
        var row = Array(0...right.count)
        for (i, character) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for j in right.indices {
                let substitution = diagonal + (character == right[j] ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(substitution, row[j] + 1, diagonal + 1)
            }
        }
        return row[right.count]
    }
}
