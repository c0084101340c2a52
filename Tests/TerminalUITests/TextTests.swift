import TerminalUI
import TestSupport
import Testing

@Suite struct TextTests {
    @Test(arguments: [
        ("plain", "plain"),
        ("a\nb\tc\r\nd", "a b c d"),
        ("\u{1B}[31mred\u{7}", "␛[31mred␇"),
        ("a\u{7F}b", "a␡b"),
        ("\u{9B}31m", "\u{FFFD}31m"),
        ("abc\u{202E}def", "abc\u{FFFD}def"),
        ("ad\u{200B}min", "ad\u{FFFD}min"),
        ("\u{FEFF}x", "\u{FFFD}x"),
        ("👩\u{200D}💻", "👩💻"),
        ("👍\u{1F3FD}", "👍"),
        ("⚠\u{FE0F}", "⚠"),
        ("1\u{FE0F}\u{20E3}", "1"),
        ("e\u{301}", "e\u{301}"),
        ("\u{301}x", "\u{FFFD}x"),
        ("\u{378}", "\u{FFFD}"),
    ])
    func sanitises(_ foreign: String, _ expected: String) {
        #expect(Array(Text.sanitised(foreign).unicodeScalars) == Array(expected.unicodeScalars))
    }

    @Test func keepsAtMostFourMarks() {
        let stacked = "o" + String(repeating: "\u{308}", count: 50)
        #expect(Text.sanitised(stacked).unicodeScalars.count == 5)
        #expect(Text.width(stacked) == 1)
    }

    @Test func letsNothingThroughThatATerminalObeysOrHides() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<4_000 {
            let foreign = hostileText(using: &generator)
            let clean = Text.sanitised(foreign)
            #expect(Text.sanitised(clean) == clean)
            #expect(Text.width(clean) == Text.width(foreign))
            for scalar in clean.unicodeScalars {
                let value = scalar.value
                #expect(value >= 0x20 && !(0x7F...0x9F).contains(value) && value != 0xFEFF)
                #expect(!(0x200B...0x200F).contains(value) && !(0x2028...0x202E).contains(value))
                #expect(!(0x2060...0x206F).contains(value) && !(0xE0000...0xE01EF).contains(value))
            }
        }
    }

    /// Every width that is claimed is the width that is used, and nothing spills over the limit.
    @Test func rowsDoNotDrift() {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<2_000 {
            let foreign = hostileText(using: &generator)
            let limit = Int.random(in: 0...20, using: &generator)
            var surface = Surface(size: Size(40, 1))
            let used = surface.write(foreign, at: Point(2, 0), limit: limit)
            #expect(used <= limit)
            #expect(Text.width(foreign) > limit || used == Text.width(foreign))
            #expect((0..<40).reduce(0) { $0 + surface[$1, 0].width } == 40)
            #expect((2 + limit..<40).allSatisfy { surface[$0, 0].text == " " })
            #expect(Text.width(Text.truncated(foreign, to: limit)) <= limit)
            #expect(Text.wrapped(foreign, width: 3).allSatisfy { Text.width($0) <= 3 })
        }
    }

    @Test(arguments: [
        ("identity", 8, "identity"), ("identity", 7, "identi…"), ("identity", 1, "…"), ("identity", 0, ""),
        ("漢字かな", 5, "漢字…"), ("漢字かな", 4, "漢…"),
    ])
    func truncates(_ text: String, _ columns: Int, _ expected: String) {
        #expect(Text.truncated(text, to: columns) == expected)
    }

    @Test func pads() {
        #expect(Text.padded("漢", to: 4) == "漢  ")
        #expect(Text.padded("abcdef", to: 4) == "abc…")
    }

    @Test(arguments: [
        ("the quick brown fox", 10, ["the quick", "brown fox"]),
        ("  indented text", 10, ["  indented", "text"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("one\ntwo\n\nfour", 10, ["one", "two", "", "four"]),
        ("漢字かな", 5, ["漢字", "かな"]),
        ("", 5, [""]),
        ("a b", 1, ["a", "b"]),
    ])
    func wraps(_ text: String, _ width: Int, _ expected: [String]) {
        #expect(Text.wrapped(text, width: width) == expected)
    }

    @Test func wrapsStyledText() {
        let bold = Style(.standard, on: .standard, .bold)
        let rows = Text.wrapped([Span("now "), Span("very bold", bold)], width: 8)
        #expect(rows == [[Span("now "), Span("very", bold)], [Span("bold", bold)]])
    }
}
