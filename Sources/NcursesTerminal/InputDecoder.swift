import TerminalUI

/// Turns what ncurses reads (bytes, and its own codes for keys) into events. Knows no terminal: codes go in one by one.
struct InputDecoder {
    /// Codes that `define_key` is told to use.
    enum Code {
        static let pasteStart: Int32 = 0x7000
        static let pasteEnd: Int32 = 0x7001
        static let wordLeft: Int32 = 0x7002
        static let wordRight: Int32 = 0x7003
    }

    /// A paste longer than this is cut.
    static let maximumPaste = 1 << 20

    private enum State {
        case ground
        case escape
        /// After Escape and O.
        case singleShift
        /// Inside a control sequence that ncurses did not put together: its parameters so far.
        case sequence([UInt8])
        case paste([UInt8])
    }

    private var state = State.ground
    private var bytes: [UInt8] = []
    private var held: Int32?

    /// Alt with these moves and deletes by word. Before any other character Escape is the key Escape, however soon the
    /// other came after it: over a slow line, or typed fast, they arrive together.
    private static let altLetters = Set("bfd".utf8.map(Int32.init))

    /// How much of the paste's end mark was read as bytes.
    private var endMarkLength = 0
    private static let endMark = Array("\u{1B}[201~".utf8)

    var isPasting: Bool {
        if case .paste = state { true } else { false }
    }

    /// - Parameter code: as `wgetch` gives it, never `ERR`.
    mutating func decode(_ code: Int32) -> InputEvent? {
        switch state {
        case .paste: return paste(code)
        case .singleShift:
            state = .ground
            return Self.key(final: code, parameters: []).map { .key($0) }
        case .sequence(let parameters): return sequence(code, parameters)
        case .escape: return afterEscape(code)
        case .ground: return ground(code, alt: false)
        }
    }

    /// Nothing more is waiting: an Escape so far was the key. An unfinished paste goes on.
    mutating func flush() -> InputEvent? {
        switch state {
        case .escape:
            state = .ground
            return .key(.escape)
        case .singleShift:
            state = .ground
            return .key(Key(.character("O"), alt: true))
        case .sequence: state = .ground
        case .ground, .paste: break
        }
        return nil
    }

    /// The end of a paste did not come: what there is counts.
    mutating func endPaste() -> InputEvent? {
        guard case .paste(let pasted) = state else { return nil }
        state = .ground
        return .paste(String(decoding: pasted, as: UTF8.self))
    }

    private mutating func paste(_ code: Int32) -> InputEvent? {
        guard case .paste(var pasted) = state else { return nil }
        if code == Code.pasteEnd { return endPaste() }
        guard let byte = UInt8(exactly: code) else { return nil }
        state = .ground
        if byte == Self.endMark[endMarkLength] {
            endMarkLength += 1
        } else {
            pasted += Self.endMark.prefix(endMarkLength)
            endMarkLength = byte == Self.endMark[0] ? 1 : 0
            if endMarkLength == 0 { pasted.append(byte) }
        }
        if pasted.count > Self.maximumPaste { pasted.removeLast(pasted.count - Self.maximumPaste) }
        state = .paste(pasted)
        return endMarkLength == Self.endMark.count ? endPaste() : nil
    }

    /// Parameters are 0x20 to 0x3F; what follows them ends the sequence.
    private mutating func sequence(_ code: Int32, _ parameters: [UInt8]) -> InputEvent? {
        if let byte = UInt8(exactly: code), (0x20..<0x40).contains(byte), parameters.count < 32 {
            state = .sequence(parameters + [byte])
            return nil
        }
        state = .ground
        if code == 0x7E, parameters == Array("200".utf8) {
            beginPaste()
            return nil
        }
        if parameters.first == UInt8(ascii: "<") { return Self.mouse(final: code, parameters: parameters.dropFirst()) }
        return Self.key(final: code, parameters: parameters).map { .key($0) }
    }

    private mutating func beginPaste() {
        endMarkLength = 0
        state = .paste([])
    }

    private mutating func afterEscape(_ code: Int32) -> InputEvent? {
        state = .ground
        switch code {
        case 0x5B:
            state = .sequence([])
            return nil
        case 0x4F:
            state = .singleShift
            return nil
        case 0x1B:
            state = .escape
            return .key(.escape)
        case 0x20...0x7E, 0x80...0xFF, 0x00..<0x20:
            guard Self.altLetters.contains(code) else {
                held = code
                return .key(.escape)
            }
            return ground(code, alt: true)
        default: return ground(code, alt: true)
        }
    }

    /// The code behind an Escape that stood for itself: decode it next.
    mutating func takeHeld() -> Int32? {
        defer { held = nil }
        return held
    }

    private mutating func ground(_ code: Int32, alt: Bool) -> InputEvent? {
        if let byte = UInt8(exactly: code) {
            if byte >= 0x80 || !bytes.isEmpty { return multibyte(byte, alt: alt) }
            if byte == 0x1B {
                state = .escape
                return nil
            }
            return Self.key(byte).map { .key(Key($0, alt: alt)) }
        }
        bytes = []
        if code == Code.pasteStart {
            beginPaste()
            return nil
        }
        return Self.key(code).map { .key(Key($0.code, alt: alt || $0.alt)) }
    }

    /// UTF-8, put together; what is not valid is left out.
    private mutating func multibyte(_ byte: UInt8, alt: Bool) -> InputEvent? {
        if byte & 0xC0 != 0x80 { bytes = [] }
        if byte < 0x80 { return ground(Int32(byte), alt: alt) }
        bytes.append(byte)
        let length = bytes[0] >= 0xF0 ? 4 : bytes[0] >= 0xE0 ? 3 : bytes[0] >= 0xC2 ? 2 : 0
        if length == 0 { bytes = [] }
        guard length > 0, bytes.count == length else { return nil }
        defer { bytes = [] }
        return String(validating: bytes, as: UTF8.self)?.first.map { .key(Key(.character($0), alt: alt)) }
    }
}
