import TerminalUI
import TestSupport
import Testing

@Suite struct FuzzyTests {
    @Test(arguments: [
        ("rp", "registry.pull", [0, 9]), ("PULL", "registry.pull", [9, 10, 11, 12]),
        ("ci pro", "prod-ci", [0, 1, 2, 5, 6]),
        ("é", "Café", [3]), ("", "any", []),
        // Neither the first letter that fits, nor the first stretch that holds them all, is close enough.
        ("abc", "a.................b....c a-b-c", [25, 27, 29]),
    ])
    func finds(_ query: String, _ text: String, _ positions: [Int]) {
        #expect(FuzzyMatcher(query).match(text)?.positions == positions)
    }

    /// The last: its letters do occur in order, as those of most words do in a long text.
    @Test(arguments: [
        ("pp", "map"), ("ab", "ba"), ("x y", "x"), ("longer", "long"),
        ("pinned", "sso-platform-admins AWS role 123456789012 platform-admin arn:aws:sts::123456789012:assumed-role"),
    ])
    func findsNothing(_ query: String, _ text: String) {
        #expect(FuzzyMatcher(query).match(text) == nil)
    }

    @Test(arguments: [
        ("role", ["role", "aws role", "r-o-l-e-s", "controller", "rxoxlxxe"]),
        ("cb", ["ci-builder", "cable-bus-x", "abc-xxb"]),
    ])
    func ranks(_ query: String, _ expected: [String]) {
        let found = FuzzyIndex(expected.reversed()).search(FuzzyMatcher(query))
        let ranked = found.map { Array(expected.reversed())[$0] }
        let inARow = expected.filter { $0.contains(query) }
        #expect(ranked.first == expected.first)
        #expect(Set(ranked) == Set(inARow.isEmpty ? expected : inARow))
        let scores = expected.compactMap { FuzzyMatcher(query).match($0)?.score }
        #expect(scores == scores.sorted(by: >))
    }

    @Test func indexAndMatcherAgree() {
        var generator = SeededGenerator(seed: 3)
        let words = ["prod", "ci", "builder", "registry", "Café", "pull", "viewer", "漢字", "owner", "a", "Zz"]
        let candidates = (0..<500).map { _ in
            (0..<3).compactMap { _ in words.randomElement(using: &generator) }.joined(separator: "-")
        }
        let index = FuzzyIndex(candidates)
        for query in ["pr", "own ci", "漢", "zz", "é", "qqq", "", "bldr"] {
            let matcher = FuzzyMatcher(query)
            let scattered = candidates.indices.filter { matcher.match(candidates[$0]) != nil }
            let inARow = scattered.filter { index in
                query.split(separator: " ").allSatisfy { candidates[index].lowercased().contains($0.lowercased()) }
            }
            let expected = inARow.isEmpty ? scattered : inARow
            let found = index.search(matcher)
            #expect(found.sorted() == expected)
            let scores = found.compactMap { matcher.match(candidates[$0])?.score }
            #expect(scores == scores.sorted(by: >))
        }
    }

    @Test func highlightsWhatMatched() {
        let bold = Style(.standard, on: .standard, .bold)
        let spans = FuzzyMatcher("pull").highlighted("a.pull.b", style: .plain, highlight: bold)
        #expect(spans == [Span("a."), Span("pull", bold), Span(".b")])
        // A word found elsewhere, as in a column that is not shown, takes nothing from the others.
        let others = FuzzyMatcher("pull zzz").highlighted("a.pull.b", style: .plain, highlight: bold)
        #expect(others == spans)
    }
}
