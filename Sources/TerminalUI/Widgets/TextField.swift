/// A line to type in. Longer text scrolls sideways.
public struct TextField: Sendable, Hashable {
    public private(set) var text: String
    /// Where the next character goes, in characters from the start.
    public private(set) var cursor: Int
    /// Shown dim while the field is empty.
    public var placeholder: String
    /// Why the value is refused; drawn in the row below.
    public var error: String?
    /// Draws a sign for each character instead of it.
    public var masked: Bool
    /// Characters it takes at most; what is typed or pasted beyond is left out.
    public var maximumLength: Int
    private var undone = History()

    private struct State: Sendable, Hashable {
        var text: String
        var cursor: Int
    }

    private struct History: Sendable, Hashable {
        var past: [State] = []
        var future: [State] = []
        /// Typing letter after letter is one step.
        var isTyping = false
    }

    public init(
        _ text: String = "", placeholder: String = "", masked: Bool = false, maximumLength: Int = 16_384
    ) {
        self.text = text
        self.cursor = text.count
        self.placeholder = placeholder
        self.masked = masked
        self.maximumLength = maximumLength
    }

    public var isEmpty: Bool { text.isEmpty }

    /// Replaces the whole text; can be undone.
    public mutating func setText(_ newText: String) {
        change { characters, cursor in
            characters = Array(newText)
            cursor = characters.count
        }
    }

    /// Typed text, arrows, Home End ^A ^E, by word (Alt-b Alt-f, Alt-arrows), Backspace Del ^H ^D, ^W and Alt-Backspace
    /// (word before), Alt-d (word after), ^U ^K (to the start, to the end), ^_ undo, ^Y redo.
    /// - Returns: whether the key is one of these.
    public mutating func update(_ key: Key) -> Bool {
        if key.alt { return updateAlt(key.code) }
        switch key.code {
        case .character(let character): type(character)
        case .left, .control("b"): move(to: cursor - 1)
        case .right, .control("f"): move(to: cursor + 1)
        case .home, .control("a"): move(to: 0)
        case .end, .control("e"): move(to: text.count)
        case .backspace, .control("h"): remove { text, cursor in max(0, cursor - 1)..<cursor }
        case .delete, .control("d"): remove { text, cursor in cursor..<min(text.count, cursor + 1) }
        case .control("w"): remove { text, cursor in Self.wordStart(text, before: cursor)..<cursor }
        case .control("u"): remove { text, cursor in 0..<cursor }
        case .control("k"): remove { text, cursor in cursor..<text.count }
        case .control("_"): undo()
        case .control("y"): redo()
        default: return false
        }
        return true
    }

    private mutating func updateAlt(_ code: Key.Code) -> Bool {
        switch code {
        case .character("b"), .left: move(to: Self.wordStart(Array(text), before: cursor))
        case .character("f"), .right: move(to: Self.wordEnd(Array(text), after: cursor))
        case .character("d"), .delete: remove { text, cursor in cursor..<Self.wordEnd(text, after: cursor) }
        case .backspace: remove { text, cursor in Self.wordStart(text, before: cursor)..<cursor }
        default: return false
        }
        return true
    }

    /// A click puts the cursor where it was made.
    /// - Parameter focused: how the field was drawn when it was clicked on.
    public mutating func update(_ hit: MouseHit, focused: Bool = true) {
        guard hit.action == .click, hit.target.part == .text else { return }
        let column = hit.position.x - hit.target.rect.x
        move(to: cursor(atColumn: column, width: hit.target.rect.width, focused: focused))
    }

    /// Pasted text goes in where the cursor is: line ends at its end are dropped, those inside become blanks, other
    /// control characters are left out.
    public mutating func paste(_ pasted: String) {
        var scalars = Array(pasted.replacingLineEnds.unicodeScalars)
        while scalars.last == "\n" { scalars.removeLast() }
        var view = String.UnicodeScalarView()
        for scalar in scalars {
            if scalar == "\n" || scalar == "\t" {
                view.append(" ")
            } else if scalar.value >= 0x20, !(0x7F..<0xA0).contains(scalar.value) {
                view.append(scalar)
            }
        }
        let inserted = Array(String(view))
        guard !inserted.isEmpty else { return }
        let maximum = maximumLength
        change { characters, cursor in
            let fitting = inserted.prefix(max(0, maximum - characters.count))
            characters.insert(contentsOf: fitting, at: cursor)
            cursor += fitting.count
        }
    }

    private mutating func type(_ character: Character) {
        guard text.count < maximumLength else { return }
        let continues = undone.isTyping && character != " "
        change(recorded: !continues) { characters, cursor in
            characters.insert(character, at: cursor)
            cursor += 1
        }
        undone.isTyping = true
    }

    private mutating func move(to position: Int) {
        cursor = min(max(0, position), text.count)
        undone.isTyping = false
    }

    private mutating func remove(_ range: ([Character], Int) -> Range<Int>) {
        let removed = range(Array(text), cursor)
        guard !removed.isEmpty else { return }
        change { characters, cursor in
            characters.removeSubrange(removed)
            cursor = removed.lowerBound
        }
    }

    private mutating func change(recorded: Bool = true, _ edit: (inout [Character], inout Int) -> Void) {
        if recorded { undone.past.append(State(text: text, cursor: cursor)) }
        if undone.past.count > 100 { undone.past.removeFirst() }
        undone.future = []
        undone.isTyping = false
        var characters = Array(text)
        edit(&characters, &cursor)
        text = String(characters)
        // A mark typed after a letter joins it: there may be fewer characters than were put in.
        cursor = min(cursor, text.count)
        error = nil
    }

    private mutating func undo() {
        guard let state = undone.past.popLast() else { return }
        undone.future.append(State(text: text, cursor: cursor))
        restore(state)
    }

    private mutating func redo() {
        guard let state = undone.future.popLast() else { return }
        undone.past.append(State(text: text, cursor: cursor))
        restore(state)
    }

    private mutating func restore(_ state: State) {
        (text, cursor) = (state.text, state.cursor)
        undone.isTyping = false
        error = nil
    }

    private static func wordStart(_ text: [Character], before cursor: Int) -> Int {
        var index = cursor
        while index > 0, !text[index - 1].isWordPart { index -= 1 }
        while index > 0, text[index - 1].isWordPart { index -= 1 }
        return index
    }

    private static func wordEnd(_ text: [Character], after cursor: Int) -> Int {
        var index = cursor
        while index < text.count, !text[index].isWordPart { index += 1 }
        while index < text.count, text[index].isWordPart { index += 1 }
        return index
    }
}

extension Character {
    fileprivate var isWordPart: Bool { isLetter || isNumber || self == "_" }
}

extension String {
    fileprivate var replacingLineEnds: String {
        guard utf8.contains(0x0D) else { return self }
        var view = String.UnicodeScalarView()
        var previous: Unicode.Scalar = " "
        for scalar in unicodeScalars {
            if scalar == "\r" { view.append("\n") } else if scalar != "\n" || previous != "\r" { view.append(scalar) }
            previous = scalar
        }
        return String(view)
    }
}
