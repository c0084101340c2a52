import Glibc

/// Scores one word of a query in one candidate, both as folded UTF-8. Linear in the candidate's length, and called for
/// a hundred thousand candidates at every key: hence pointers and `memchr`.
struct FuzzyScore {
    struct Found {
        var score: Int
        var start: Int
        var isWhole: Bool
    }

    /// Letters in a row are worth more than letters at the start of words, these more than scattered ones.
    private enum Worth {
        static let letter = 16
        static let run = 8
        static let wordStart = 8
        static let textStart = 8
        static let longestGap = 12
    }

    let term: UnsafeBufferPointer<UInt8>
    let text: UnsafeBufferPointer<UInt8>

    /// - Parameter term: not empty.
    static func best(of term: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>) -> Found? {
        FuzzyScore(term: term, text: text).best()
    }

    static func positions(of term: [UInt8], in text: [UInt8], _ found: Found) -> [Int] {
        if found.isWhole { return Array(found.start..<found.start + term.count) }
        var positions: [Int] = []
        var at = found.start
        for letter in term {
            while text[at] != letter { at += 1 }
            positions.append(at)
            at += 1
        }
        return positions
    }

    private func best() -> Found? {
        guard let first = next(term[0], from: 0), let end = end(from: first) else { return nil }
        return whole(from: first) ?? scattered(first: first, end: end)
    }

    private func next(_ letter: UInt8, from start: Int) -> Int? {
        guard start < text.count, let base = text.baseAddress,
            let found = memchr(base + start, Int32(letter), text.count - start)
        else { return nil }
        return UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
    }

    /// Where the last letter stands when each is taken as early as it comes; nil when one is missing.
    private func end(from first: Int) -> Int? {
        var at = first
        for index in 1..<max(1, term.count) {
            guard let found = next(term[index], from: at + 1) else { return nil }
            at = found
        }
        return at
    }

    /// The whole term in a row: at the start of a word if there is such a place, else the first.
    private func whole(from first: Int) -> Found? {
        var best: Found?
        var candidate: Int? = first
        while let at = candidate, at + term.count <= text.count {
            if matches(at: at) {
                let bonus = startBonus(at)
                if best == nil || bonus > 0 {
                    best = Found(score: term.count * (Worth.letter + Worth.run) + bonus, start: at, isWhole: true)
                }
                if bonus > 0 { break }
            }
            candidate = next(term[0], from: at + 1)
        }
        return best
    }

    private func matches(at start: Int) -> Bool {
        for offset in 1..<max(1, term.count) where text[start + offset] != term[offset] { return false }
        return true
    }

    /// The first stretch whose letters stand close together, tried in two ways: from the first letter that fits, and as
    /// short as it can be for where it ends.
    private func scattered(first: Int, end: Int) -> Found? {
        var stretch = (first: first, end: end)
        while true {
            let shortest = start(endingAt: stretch.end)
            let early = found(from: stretch.first)
            let short = shortest == stretch.first ? nil : found(from: shortest)
            if let early, early.score >= short?.score ?? 0 { return early }
            if let short { return short }
            guard let first = next(term[0], from: shortest + 1), let end = self.end(from: first) else { return nil }
            stretch = (first, end)
        }
    }

    private func start(endingAt end: Int) -> Int {
        var at = end
        var wanted = term.count - 1
        while true {
            if text[at] == term[wanted] {
                if wanted == 0 { return at }
                wanted -= 1
            }
            at -= 1
        }
    }

    /// - Returns: `nil` when the letters stand too far apart: in a long text most words occur somehow.
    private func found(from start: Int) -> Found? {
        // The first letter follows nothing: no run.
        var score = -Worth.run
        var at = start
        var previous = start - 1
        for letter in term {
            while text[at] != letter { at += 1 }
            let gap = at - previous - 1
            score += Worth.letter + startBonus(at) + (gap == 0 ? Worth.run : -min(gap, Worth.longestGap))
            previous = at
            at += 1
        }
        return at - start <= 3 * term.count + 8 ? Found(score: score, start: start, isWhole: false) : nil
    }

    private func startBonus(_ at: Int) -> Int {
        if at == 0 { return Worth.wordStart + Worth.textStart }
        let before = text[at - 1]
        let isWord = (0x30...0x39).contains(before) || (0x61...0x7A).contains(before) || before >= 0x80
        return isWord ? 0 : Worth.wordStart
    }
}
