/// Scores one word of a query in one candidate, both as folded UTF-8. Linear in the candidate's length.
enum FuzzyScore {
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
        static let gap = 1
        static let longestGap = 12
    }

    static func best(of term: [UInt8], in bytes: [UInt8], _ range: Range<Int>) -> Found? {
        guard let first = term.first, term.count <= range.count else { return nil }
        var whole: Found?
        var at = range.lowerBound
        let last = range.upperBound - term.count
        while at <= last {
            if bytes[at] == first, matches(term, bytes, at: at) {
                let score = term.count * (Worth.letter + Worth.run) + startBonus(bytes, at, range)
                if score > whole?.score ?? 0 { whole = Found(score: score, start: at, isWhole: true) }
                if at == range.lowerBound || startBonus(bytes, at, range) > 0 { break }
            }
            at += 1
        }
        return whole ?? scattered(term, bytes, range)
    }

    static func positions(of term: [UInt8], in bytes: [UInt8], _ found: Found) -> [Int] {
        if found.isWhole { return Array(found.start..<found.start + term.count) }
        var positions: [Int] = []
        var at = found.start
        for letter in term {
            while bytes[at] != letter { at += 1 }
            positions.append(at)
            at += 1
        }
        return positions
    }

    private static func matches(_ term: [UInt8], _ bytes: [UInt8], at start: Int) -> Bool {
        for offset in 1..<max(1, term.count) where bytes[start + offset] != term[offset] { return false }
        return true
    }

    /// Two tries: from the first letter that fits, and the shortest stretch that ends where that ends.
    private static func scattered(_ term: [UInt8], _ bytes: [UInt8], _ range: Range<Int>) -> Found? {
        guard let first = bytes[range].firstIndex(of: term[0]) else { return nil }
        var wanted = 0
        var end = first
        while end < range.upperBound {
            if bytes[end] == term[wanted] { wanted += 1 }
            if wanted == term.count { break }
            end += 1
        }
        guard wanted == term.count else { return nil }
        let shortest = start(of: term, in: bytes, endingAt: end)
        let early = Found(score: score(term, bytes, range, start: first), start: first, isWhole: false)
        if shortest == first { return early }
        let short = Found(score: score(term, bytes, range, start: shortest), start: shortest, isWhole: false)
        return early.score >= short.score ? early : short
    }

    private static func start(of term: [UInt8], in bytes: [UInt8], endingAt end: Int) -> Int {
        var at = end
        var wanted = term.count - 1
        while true {
            if bytes[at] == term[wanted] {
                if wanted == 0 { return at }
                wanted -= 1
            }
            at -= 1
        }
    }

    private static func score(_ term: [UInt8], _ bytes: [UInt8], _ range: Range<Int>, start: Int) -> Int {
        var score = 0
        var at = start
        var previous = start - 1
        for letter in term {
            while bytes[at] != letter { at += 1 }
            let gap = at - previous - 1
            score += Worth.letter + startBonus(bytes, at, range)
            score += gap == 0 ? Worth.run : -min(gap * Worth.gap, Worth.longestGap)
            previous = at
            at += 1
        }
        // The first letter follows nothing: no run.
        return score - Worth.run
    }

    private static func startBonus(_ bytes: [UInt8], _ at: Int, _ range: Range<Int>) -> Int {
        if at == range.lowerBound { return Worth.wordStart + Worth.textStart }
        let before = bytes[at - 1]
        let isWord = (0x30...0x39).contains(before) || (0x61...0x7A).contains(before) || before >= 0x80
        return isWord ? 0 : Worth.wordStart
    }
}
