/// Where and how well a query was found.
public struct FuzzyMatch: Sendable, Hashable {
    /// Higher is better; comparable between candidates for one query.
    public var score: Int
    /// The characters of the candidate that matched, by offset, rising.
    public var positions: [Int]
}

/// Finds what a person half remembers: every word of the query must occur, its letters in order, gaps allowed. Letter
/// case does not matter. Starts of words rank before others; scattered letters count only where no candidate has the
/// letters in a row.
public struct FuzzyMatcher: Sendable, Hashable {
    public let query: String
    let terms: [[UInt8]]

    public init(_ query: String) {
        self.query = query
        terms = query.split(separator: " ").map { Array($0.lowercased().utf8) }
    }

    public var isEmpty: Bool { terms.isEmpty }

    /// - Returns: nil when it does not match; an empty query matches everything with score 0.
    public func match(_ text: String) -> FuzzyMatch? {
        var bytes: [UInt8] = []
        var owners: [Int] = []
        for (offset, character) in text.enumerated() {
            let folded = character.lowercased().utf8
            bytes.append(contentsOf: folded)
            owners.append(contentsOf: repeatElement(offset, count: folded.count))
        }
        var total = 0
        var positions: Set<Int> = []
        for term in terms {
            let found = term.withUnsafeBufferPointer { term in
                bytes.withUnsafeBufferPointer { FuzzyScore.best(of: term, in: $0) }
            }
            guard let found else { return nil }
            total += found.score
            positions.formUnion(FuzzyScore.positions(of: term, in: bytes, found).map { owners[$0] })
        }
        return FuzzyMatch(score: total, positions: positions.sorted())
    }

    /// The text in spans, each word of the query that occurs in it in `highlight`.
    public func highlighted(_ text: String, style: Style, highlight: Style) -> [Span] {
        guard !isEmpty else { return [Span(text, style)] }
        let words = query.split(separator: " ").map { FuzzyMatcher(String($0)) }
        let positions = Set(words.flatMap { $0.match(text)?.positions ?? [] })
        var spans: [Span] = []
        for (offset, character) in text.enumerated() {
            let wanted = positions.contains(offset) ? highlight.layered(over: style) : style
            if spans.last?.style == wanted {
                spans[spans.count - 1].text.append(character)
            } else {
                spans.append(Span(String(character), wanted))
            }
        }
        return spans
    }
}

/// Many candidates, prepared once and searched at every key.
public struct FuzzyIndex: Sendable {
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    /// Which letters occur in each candidate: most are ruled out by this alone.
    private var masks: [UInt64] = []

    public init(_ candidates: some Sequence<String>) {
        for candidate in candidates { append(candidate) }
    }

    public var count: Int { ends.count }

    public mutating func append(_ candidate: String) {
        let start = bytes.count
        if candidate.utf8.allSatisfy({ $0 < 0x80 }) {
            bytes.append(contentsOf: candidate.utf8.lazy.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 })
        } else {
            bytes.append(contentsOf: candidate.lowercased().utf8)
        }
        ends.append(bytes.count)
        masks.append(bytes[start...].reduce(0) { $0 | Self.bit($1) })
    }

    private struct Found {
        var index: Int
        var score: Int
        /// The letters of each word stand in a row.
        var isWhole: Bool
    }

    /// The candidates that match, best first; equally good ones, and all for an empty query, in their own order.
    /// - Parameter some: only these are searched.
    public func search(_ matcher: FuzzyMatcher, among some: [Int]? = nil) -> [Int] {
        if matcher.isEmpty { return Array(0..<count) }
        // One list of all terms, so that one pointer holds them all while thousands of candidates pass.
        let letters = matcher.terms.flatMap { $0 }
        let ends = matcher.terms.indices.map { index in matcher.terms[...index].reduce(0) { $0 + $1.count } }
        let wanted = letters.reduce(0) { $0 | Self.bit($1) }
        let found = letters.withUnsafeBufferPointer { letters in
            let terms = zip([0] + ends, ends).map { UnsafeBufferPointer(rebasing: letters[$0..<$1]) }
            return bytes.withUnsafeBufferPointer { bytes in
                some.map { matches($0, wanted, terms, bytes) } ?? matches(0..<count, wanted, terms, bytes)
            }
        }
        return ranked(found.contains(where: \.isWhole) ? found.filter(\.isWhole) : found)
    }

    private func matches(
        _ indices: some Sequence<Int>, _ wanted: UInt64, _ terms: [UnsafeBufferPointer<UInt8>],
        _ bytes: UnsafeBufferPointer<UInt8>
    ) -> [Found] {
        var found: [Found] = []
        next: for index in indices where masks[index] & wanted == wanted {
            let text = UnsafeBufferPointer(rebasing: bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]])
            var match = Found(index: index, score: 0, isWhole: true)
            for term in terms {
                guard let part = FuzzyScore.best(of: term, in: text) else { continue next }
                match.score += part.score
                match.isWhole = match.isWhole && part.isWhole
            }
            found.append(match)
        }
        return found
    }

    /// Sorted by counting: scores are small numbers, candidates may be a hundred thousand.
    private func ranked(_ found: [Found]) -> [Int] {
        guard let low = found.lazy.map(\.score).min(), let high = found.lazy.map(\.score).max() else { return [] }
        var starts = Array(repeating: 0, count: high - low + 2)
        for match in found { starts[high - match.score + 1] += 1 }
        for index in 1..<starts.count { starts[index] += starts[index - 1] }
        var sorted = Array(repeating: 0, count: found.count)
        for match in found {
            sorted[starts[high - match.score]] = match.index
            starts[high - match.score] += 1
        }
        return sorted
    }

    private static func bit(_ byte: UInt8) -> UInt64 { 1 << UInt64(byte & 63) }
}
