import TerminalUI
import Testing

@Suite struct TextFieldTests {
    private func typed(_ text: String, into field: TextField = TextField()) -> TextField {
        var field = field
        for character in text { expect(field.update(.character(character)), true) }
        return field
    }

    @Test(arguments: [
        ([Key.control("a"), .character("x")], "xone two-three", 1),
        ([.left, .left, Key(.backspace)], "one two-thee", 10),
        ([.control("w")], "one two-", 8),
        ([.control("w"), .control("w")], "one ", 4),
        ([Key(.backspace, alt: true)], "one two-", 8),
        ([.control("u")], "", 0),
        ([.control("a"), .control("k")], "", 0),
        ([.control("a"), Key(.delete)], "ne two-three", 0),
        ([Key(.character("b"), alt: true), .control("k")], "one two-", 8),
        ([.control("a"), Key(.right, alt: true), .control("u")], " two-three", 0),
        ([.control("a"), Key(.character("d"), alt: true)], " two-three", 0),
        ([Key(.home), .left, Key(.end), .right, .character("!")], "one two-three!", 14),
    ])
    func edits(_ keys: [Key], _ text: String, _ cursor: Int) {
        var field = TextField("one two-three")
        for key in keys { expect(field.update(key), true) }
        #expect(field.text == text)
        #expect(field.cursor == cursor)
    }

    @Test func undoesTypingByWordAndDeletingByStep() {
        var field = typed("one two")
        _ = field.update(.control("u"))
        var seen: [String] = []
        for _ in 0..<4 {
            _ = field.update(.control("_"))
            seen.append(field.text)
        }
        #expect(seen == ["one two", "one", "", ""])
        _ = field.update(.control("y"))
        #expect(field.text == "one")
    }

    @Test func leavesOtherKeysAlone() {
        var field = TextField("x")
        for key in [Key.enter, .escape, .tab, .up, .down, Key(.function(1)), Key(.character("x"), alt: true)] {
            expect(field.update(key), false)
        }
        #expect(field.text == "x")
    }

    @Test(arguments: [
        ("token\n", "token"), ("a\r\nb\tc", "a b c"), ("\u{1B}[31mx\u{7}", "[31mx"), ("\n\n", ""),
    ])
    func pastesOneLine(_ pasted: String, _ text: String) {
        var field = TextField()
        field.paste(pasted)
        #expect(field.text == text)
    }

    @Test func pastesWhereTheCursorIsAndNoMoreThanItTakes() {
        var field = TextField("ad", maximumLength: 6)
        _ = field.update(.left)
        field.paste("bcxyz!!")
        #expect(field.text == "abcxyd")
        _ = field.update(.character("z"))
        #expect(field.text == "abcxyd")
    }

    @Test func countsCharactersAsPeopleDo() {
        var field = typed("e\u{301}👩\u{200D}💻")
        _ = field.update(Key(.backspace))
        #expect(field.text == "e\u{301}")
        #expect(field.cursor == 1)
    }

    @Test func forgetsTheErrorWhenItChanges() {
        var field = TextField("x")
        field.error = "12 digits"
        #expect(drawn(14, 2) { field.draw(into: &$0, in: $1, theme: .mono, focused: true) } == "x\n✗ 12 digits")
        _ = field.update(.left)
        #expect(field.error != nil)
        _ = field.update(.character("y"))
        #expect(field.error == nil)
    }

    @Test(arguments: [(0, "abcdefg…", 0), (5, "abcdefg…", 5), (20, "…opqrst", 7), (10, "…fghijk…", 6)])
    func scrollsSideways(_ cursor: Int, _ shown: String, _ column: Int) {
        var field = TextField("abcdefghijklmnopqrst")
        _ = field.update(Key(.home))
        for _ in 0..<cursor { _ = field.update(.right) }
        var surface = Surface(size: Size(8, 1))
        field.draw(into: &surface, in: surface.bounds, theme: .mono, focused: true)
        #expect(surface.plainText() == shown)
        #expect(surface.cursor == Point(column, 0))
    }

    @Test func hidesWhatIsSecretAndSaysWhatIsExpected() {
        var field = TextField("secret", placeholder: "token", masked: true)
        #expect(drawn(10, 1) { field.draw(into: &$0, in: $1, theme: ascii, focused: false) } == "******")
        field.setText("")
        #expect(drawn(10, 1) { field.draw(into: &$0, in: $1, theme: ascii, focused: false) } == "token")
    }
}
