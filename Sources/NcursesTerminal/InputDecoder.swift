import CNcurses
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
        /// Inside a control sequence that ncurses does not know.
        case sequence
        case paste([UInt8])
    }

    private var state = State.ground
    private var bytes: [UInt8] = []
    /// Whether an Escape stood before the first of `bytes`.
    private var bytesAlt = false

    var isPasting: Bool {
        if case .paste = state { true } else { false }
    }

    /// - Parameter code: as `wgetch` gives it, never `ERR`.
    mutating func decode(_ code: Int32) -> InputEvent? {
        switch state {
        case .paste: return paste(code)
        case .sequence:
            // Parameters are 0x20 to 0x3F; what follows them ends the sequence.
            if !(0x20..<0x40).contains(code) { state = .ground }
            return nil
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
        state = .ground
        if let byte = UInt8(exactly: code), pasted.count < Self.maximumPaste { pasted.append(byte) }
        state = .paste(pasted)
        return nil
    }

    private mutating func afterEscape(_ code: Int32) -> InputEvent? {
        state = .ground
        switch code {
        case 0x5B:
            state = .sequence
            return nil
        case 0x1B:
            state = .escape
            return .key(.escape)
        default: return ground(code, alt: true)
        }
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
            state = .paste([])
            return nil
        }
        return Self.key(code).map { .key(Key($0.code, alt: alt || $0.alt)) }
    }

    /// UTF-8, put together; what is not valid is left out.
    private mutating func multibyte(_ byte: UInt8, alt: Bool) -> InputEvent? {
        if byte & 0xC0 != 0x80 { bytes = [] }
        if byte < 0x80 { return ground(Int32(byte), alt: alt) }
        if bytes.isEmpty { bytesAlt = alt }
        bytes.append(byte)
        let length = bytes[0] >= 0xF0 ? 4 : bytes[0] >= 0xE0 ? 3 : bytes[0] >= 0xC2 ? 2 : 0
        if length == 0 { bytes = [] }
        guard length > 0, bytes.count == length else { return nil }
        defer { bytes = [] }
        return String(validating: bytes, as: UTF8.self)?.first.map { .key(Key(.character($0), alt: bytesAlt)) }
    }

    private static func key(_ byte: UInt8) -> Key.Code? {
        switch byte {
        case 0x09: .tab
        case 0x0A, 0x0D: .enter
        case 0x08, 0x7F: .backspace
        case 0x00: .control(" ")
        case 0x01...0x1A: .control(Character(Unicode.Scalar(byte + 0x60)))
        case 0x1C...0x1F: .control(Character(Unicode.Scalar(byte + 0x40)))
        case 0x20...0x7E: .character(Character(Unicode.Scalar(byte)))
        default: nil
        }
    }

    private static func key(_ code: Int32) -> Key? {
        switch code {
        case KEY_UP, KEY_SR: Key(.up)
        case KEY_DOWN, KEY_SF: Key(.down)
        case KEY_LEFT, KEY_SLEFT: Key(.left)
        case KEY_RIGHT, KEY_SRIGHT: Key(.right)
        case KEY_HOME, KEY_SHOME, KEY_FIND, KEY_A1: Key(.home)
        case KEY_END, KEY_SEND, KEY_SELECT, KEY_C1: Key(.end)
        case KEY_PPAGE, KEY_SPREVIOUS, KEY_A3: Key(.pageUp)
        case KEY_NPAGE, KEY_SNEXT, KEY_C3: Key(.pageDown)
        case KEY_BACKSPACE: Key(.backspace)
        case KEY_DC, KEY_SDC: Key(.delete)
        case KEY_IC, KEY_SIC: Key(.insert)
        case KEY_BTAB: Key(.backTab)
        case KEY_ENTER: Key(.enter)
        case KEY_F0 + 1...KEY_F0 + 24: Key(.function(Int(code - KEY_F0)))
        case Code.wordLeft: Key(.left, alt: true)
        case Code.wordRight: Key(.right, alt: true)
        default: nil
        }
    }
}
