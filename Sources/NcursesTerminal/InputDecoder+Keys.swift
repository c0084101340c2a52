import CNcurses
import TerminalUI

/// The tables: which key a byte, a code of ncurses, or the end of a control sequence stands for.
extension InputDecoder {
    static func key(_ byte: UInt8) -> Key.Code? {
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

    static func key(_ code: Int32) -> Key? {
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

    /// As xterm sends them (ECMA-48, DEC), for what ncurses does not put together.
    static func key(final code: Int32, parameters: [UInt8]) -> Key? {
        let numbers = parameters.split(separator: UInt8(ascii: ";")).map { String(decoding: $0, as: UTF8.self) }
        let isWord = numbers.count > 1 && ["3", "5", "7"].contains(numbers[1])
        switch UInt8(exactly: code) {
        case UInt8(ascii: "A"): return .up
        case UInt8(ascii: "B"): return .down
        case UInt8(ascii: "C"): return Key(.right, alt: isWord)
        case UInt8(ascii: "D"): return Key(.left, alt: isWord)
        case UInt8(ascii: "F"): return Key(.end)
        case UInt8(ascii: "H"): return Key(.home)
        case UInt8(ascii: "Z"): return .backTab
        case UInt8(ascii: "~"): return numbers.first.flatMap { tilde[$0] }.map { Key($0) }
        default: return nil
        }
    }

    private static let tilde: [String: Key.Code] = [
        "1": .home, "2": .insert, "3": .delete, "4": .end, "5": .pageUp, "6": .pageDown, "7": .home, "8": .end,
    ]

    /// As xterm reports buttons and the wheel in mode 1006: a button with modifiers, column, row; `M` for a press.
    static func mouse(final code: Int32, parameters: ArraySlice<UInt8>) -> InputEvent? {
        let numbers = parameters.split(separator: UInt8(ascii: ";")).map { Int(String(decoding: $0, as: UTF8.self)) }
        guard code == Int32(UInt8(ascii: "M")), numbers.count == 3, let button = numbers[0],
            let column = numbers[1], let row = numbers[2], column > 0, row > 0
        else { return nil }
        let modifiers = 4 | 8 | 16
        let actions: [Int: MouseEvent.Action] = [0: .click, 64: .wheelUp, 65: .wheelDown]
        return actions[button & ~modifiers].map { .mouse(MouseEvent($0, at: Point(column - 1, row - 1))) }
    }
}
