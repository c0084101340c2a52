import Chainguard
import Foundation
import TestSupport
import Testing

/// Patterns and texts put together at random, judged here and by RE2 itself: what is legal, and what matches.
///
/// `CGID_RE2_COUNT` is the number of patterns; some hundred unless it is set.
struct RE2AgreementTests {
    @Test func re2AgreesOnLegalityAndMatches() throws {
        let python = try TestTool.python(importing: "re2")
        let count = ProcessInfo.processInfo.environment["CGID_RE2_COUNT"].flatMap(Int.init) ?? 600
        var dice = PatternDice(random: SeededGenerator(seed: 5))
        let cases = (0..<count).map { _ in dice.next() }
        let result = try TestTool.run(python, ["-c", Self.script], input: try JSONEncoder().encode(cases))
        try #require(result.status == 0)
        let verdicts = try JSONDecoder().decode([[Bool]?].self, from: result.output)
        try #require(verdicts.count == cases.count)
        var legal = 0
        for (item, expected) in zip(cases, verdicts) {
            let regex = try? GoRegex(item.pattern)
            #expect((regex == nil) == (expected == nil), "legality of \(item.pattern.debugDescription)")
            guard let regex, let expected else { continue }
            legal += 1
            for (text, matches) in zip(item.texts, expected) {
                #expect(
                    regex.matches(text) == matches,
                    "\(item.pattern.debugDescription) on \(text.debugDescription): RE2 says \(matches)")
            }
        }
        #expect(legal > count / 2, "most patterns are legal, or little is compared")
    }

    private static let script = """
        import json, sys, re2
        options = re2.Options()
        options.log_errors = False
        verdicts = []
        for case in json.load(sys.stdin):
            try:
                regex = re2.compile(case['pattern'], options)
            except re2.error:
                verdicts.append(None)
                continue
            verdicts.append([regex.search(text) is not None for text in case['texts']])
        json.dump(verdicts, sys.stdout)
        """
}

/// Draws a pattern by RE2's grammar, sometimes damages it, and draws texts over the same few letters.
struct PatternDice {
    struct Case: Encodable {
        var pattern: String
        var texts: [String]
    }

    var random: SeededGenerator

    mutating func next() -> Case {
        var pattern = alternation(depth: 3)
        // Since Go 1.25 the names of Unicode classes have many spellings there, in RE2 one.
        if roll(6) == 0, !pattern.contains(#"\p"#), !pattern.contains(#"\P"#) { pattern = damaged(pattern) }
        return Case(pattern: pattern, texts: (0..<8).map { _ in text() })
    }

    private mutating func roll(_ sides: Int) -> Int { Int.random(in: 0..<sides, using: &random) }

    private mutating func pick(_ all: [String]) -> String { all[roll(all.count)] }

    private mutating func alternation(depth: Int) -> String {
        (0...(roll(4) == 0 ? 1 : 0)).map { _ in concatenation(depth: depth) }.joined(separator: "|")
    }

    private mutating func concatenation(depth: Int) -> String {
        (0..<roll(5)).map { _ in repetition(depth: depth) }.joined()
    }

    private mutating func repetition(depth: Int) -> String {
        let atom = atom(depth: depth)
        guard roll(3) == 0 else { return atom }
        let counted = ["{2}", "{0,2}", "{1,}", "{,2}", "{0}", "{3,1}"]
        return atom + (roll(3) == 0 ? pick(counted) : pick(["*", "+", "?"])) + (roll(4) == 0 ? "?" : "")
    }

    private mutating func atom(depth: Int) -> String {
        switch roll(12) {
        case 0 where depth > 0: return "(" + alternation(depth: depth - 1) + ")"
        case 1 where depth > 0:
            let flags = ["?:", "?i:", "?s:", "?m:", "?U:", "?i-s:", "?P<n>", "?<n>", "?-i:", "?i"]
            return "(" + pick(flags) + alternation(depth: depth - 1) + ")"
        case 2: return characterClass()
        case 3: return pick([#"\d"#, #"\D"#, #"\w"#, #"\W"#, #"\s"#, #"\S"#, #"\b"#, #"\B"#])
        case 4: return pick(["^", "$", #"\A"#, #"\z"#, "."])
        case 5:
            return pick([
                #"\."#, #"\\"#, #"\n"#, #"\t"#, #"\x41"#, #"\x{e9}"#, #"\101"#, #"\Qa.*\E"#, #"\-"#, #"\/"#, #"\_"#,
                #"\a"#, #"\f"#, #"\v"#, #"\07"#,
            ])
        case 6: return pick([#"\pL"#, #"\p{Lu}"#, #"\P{Lu}"#, #"\p{Greek}"#, #"\pN"#, #"\p{^L}"#, #"\PN"#])
        default: return pick(Self.letters)
        }
    }

    private mutating func characterClass() -> String {
        let parts = [
            "a", "b", "A", "a-c", "A-Z", "0-9", #"\d"#, #"\w"#, "[:alpha:]", "[:^digit:]", "[:upper:]", "-", "é", "α-ω",
            #"\."#, ".", #"\]"#, #"\pL"#, "K", #"\n"#,
        ]
        return "[" + (roll(4) == 0 ? "^" : "") + (0...roll(3)).map { _ in pick(parts) }.joined() + "]"
    }

    private static let letters = ["a", "b", "A", "B", "c", "1", "-", "/", ":", "_", " ", "é", "α", "Σ", "ſ", "k", "日"]

    /// One place removed, doubled, or replaced by a sign that means something.
    private mutating func damaged(_ pattern: String) -> String {
        var signs = Array(pattern)
        guard !signs.isEmpty else { return pick(["*", ")", "(", "[", "\\", "{", "?"]) }
        let place = roll(signs.count)
        switch roll(3) {
        case 0: signs.remove(at: place)
        case 1: signs.insert(signs[place], at: place)
        default: signs[place] = Character(pick(["(", ")", "[", "]", "{", "}", "*", "+", "?", "\\", "|", "^", "$"]))
        }
        return String(signs)
    }

    private mutating func text() -> String {
        let more = Self.letters + ["\n", ".", "K", "σ", "ς", "É", "\u{212A}", "0", "*", "\t", "]"]
        return (0..<roll(9)).map { _ in pick(more) }.joined()
    }
}
