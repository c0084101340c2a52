import TerminalUI
import Testing

@testable import NcursesTerminal

@Suite struct InputDecoderTests {
    /// All that the codes make, an Escape at the end included.
    private func events(_ codes: [Int32]) -> [InputEvent] {
        var decoder = InputDecoder()
        var events: [InputEvent] = []
        for code in codes {
            if let event = decoder.decode(code) { events.append(event) }
            if let held = decoder.takeHeld(), let event = decoder.decode(held) { events.append(event) }
        }
        if let last = decoder.flush() { events.append(last) }
        return events
    }

    private func codes(_ text: String) -> [Int32] { text.utf8.map(Int32.init) }

    @Test(arguments: [
        ("a", Key.character("a")), ("Q", .character("Q")), (" ", .space), ("é", .character("é")),
        ("漢", .character("漢")), ("😀", .character("😀")), ("\t", .tab), ("\r", .enter), ("\n", .enter),
        ("\u{7F}", Key(.backspace)), ("\u{8}", Key(.backspace)), ("\u{1}", .control("a")), ("\u{1A}", .control("z")),
        ("\u{0}", .control(" ")), ("\u{1F}", .control("_")), ("\u{1B}", .escape),
        ("\u{1B}b", Key(.character("b"), alt: true)), ("\u{1B}\u{7F}", Key(.backspace, alt: true)),
    ])
    func readsBytes(_ bytes: String, _ key: Key) {
        #expect(events(codes(bytes)) == [.key(key)])
    }

    /// Numbers as ncurses documents them, in octal.
    @Test(
        arguments: [
            (0o402, Key.down), (0o403, .up), (0o404, .left), (0o405, .right), (0o406, Key(.home)),
            (0o407, Key(.backspace)),
            (0o411, Key(.function(1))), (0o424, Key(.function(12))), (0o512, Key(.delete)), (0o513, Key(.insert)),
            (0o522, Key(.pageDown)), (0o523, Key(.pageUp)), (0o527, .enter), (0o541, .backTab), (0o550, Key(.end)),
            (0x7002, Key(.left, alt: true)),
        ] as [(Int32, Key)])
    func readsKeyCodes(_ code: Int32, _ key: Key) {
        #expect(events([code]) == [.key(key)])
        #expect(events([0x1B, code]) == [.key(Key(key.code, alt: true))])
    }

    @Test(arguments: [
        ("<0;1;1M", MouseEvent(.click, at: Point(0, 0))), ("<0;301;90M", MouseEvent(.click, at: Point(300, 89))),
        ("<16;5;3M", MouseEvent(.click, at: Point(4, 2))), ("<64;5;3M", MouseEvent(.wheelUp, at: Point(4, 2))),
        ("<65;5;3M", MouseEvent(.wheelDown, at: Point(4, 2))), ("<0;5;3m", nil), ("<2;5;3M", nil), ("<32;5;3M", nil),
        ("<0;5M", nil), ("<0;0;3M", nil), ("<0;;3M", nil), ("<99999999999999999999;5;3M", nil),
    ])
    func readsTheMouse(_ report: String, _ event: MouseEvent?) {
        #expect(events(codes("\u{1B}[\(report)")) == [event].compactMap { $0 }.map { .mouse($0) })
    }

    @Test func putsPastesTogether() {
        let start = InputDecoder.Code.pasteStart
        let end = InputDecoder.Code.pasteEnd
        #expect(
            events([start] + codes("a\rb\u{1B}[A漢q") + [end, 0x71]) == [
                .paste("a\rb\u{1B}[A漢q"), .key(.character("q")),
            ])
        #expect(events([start, 0o402, end]) == [.paste("")])
    }

    @Test func findsThePasteMarksInBytes() {
        let bytes = "\u{1B}[200~a\u{1B}[2\u{1B}[201b\u{1B}[201~\u{1B}[C\u{1B}[200~\u{1B}[201~z"
        #expect(
            events(codes(bytes)) == [
                .paste("a\u{1B}[2\u{1B}[201b"), .key(.right), .paste(""), .key(.character("z")),
            ])
    }

    @Test(arguments: [
        ("\u{1B}[A", Key.up), ("\u{1B}OB", .down), ("\u{1B}[1;5D", Key(.left, alt: true)), ("\u{1B}[H", Key(.home)),
        ("\u{1B}[6~", Key(.pageDown)), ("\u{1B}[Z", .backTab), ("\u{1B}O", Key(.character("O"), alt: true)),
    ])
    func readsSequencesThatNcursesLeaves(_ bytes: String, _ key: Key) {
        #expect(events(codes(bytes)) == [.key(key)])
    }

    @Test func endsAPasteWhoseEndIsLost() {
        var decoder = InputDecoder()
        _ = decoder.decode(InputDecoder.Code.pasteStart)
        for code in codes("half") { #expect(decoder.decode(code) == nil) }
        #expect(decoder.flush() == nil)
        #expect(decoder.isPasting)
        #expect(decoder.endPaste() == .paste("half"))
        #expect(!decoder.isPasting)
        #expect(decoder.endPaste() == nil)
    }

    @Test func cutsAnEndlessPaste() throws {
        var decoder = InputDecoder()
        _ = decoder.decode(InputDecoder.Code.pasteStart)
        for _ in 0..<(InputDecoder.maximumPaste + 10) { _ = decoder.decode(0x61) }
        guard case .paste(let text) = decoder.decode(InputDecoder.Code.pasteEnd) else {
            Issue.record("no paste")
            return
        }
        #expect(text.utf8.count == InputDecoder.maximumPaste)
    }

    @Test(arguments: ["\u{1B}[1;9Yx", "\u{1B}[?62;4cx", "\u{1B}[200;3~x"])
    func swallowsSequencesNobodyKnows(_ bytes: String) {
        #expect(events(codes(bytes)) == [.key(.character("x"))])
    }

    @Test func leavesOutWhatIsNoUTF8() {
        #expect(events([0xFF, 0xC3, 0x61, 0x80, 0xE2, 0x82, 0x62]) == [.key(.character("a")), .key(.character("b"))])
        #expect(events([0xC3]) == [])
    }

    @Test func tellsTwoEscapesFromAlt() {
        #expect(events([0x1B, 0x1B]) == [.key(.escape), .key(.escape)])
        #expect(events(codes("\u{1B}q")) == [.key(.escape), .key(.character("q"))])
        #expect(events(codes("\u{1B}\r")) == [.key(.escape), .key(.enter)])
        #expect(events(codes("\u{1B}\u{11}")) == [.key(.escape), .key(.control("q"))])
        #expect(events(codes("\u{1B}é")) == [.key(.escape), .key(.character("é"))])
    }

    @Test func survivesAnything() {
        var state: UInt64 = 5
        var decoder = InputDecoder()
        for _ in 0..<20_000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            _ = decoder.decode(Int32(truncatingIfNeeded: state >> 40) & 0x7FFF)
        }
        _ = decoder.endPaste()
        _ = decoder.flush()
        #expect(decoder.decode(0x61) == .key(.character("a")))
    }
}
