/// What becomes of one scalar of foreign text on its way to a cell.
///
/// Nothing that a terminal would obey or hide gets through. What a person must notice is replaced by something
/// visible, what belongs to honest text but would make columns drift is left out:
/// - newline, tab: a space; a carriage return before a newline: left out
/// - C0 and DEL: their picture (`␛`); C1, bidirectional controls, invisible characters, unassigned: `\u{FFFD}`
/// - joiners, variation selectors, the enclosing keycap: left out, so that joined emoji stand side by side
/// - combining marks: kept with the character before them, at most four
enum ScalarRule: Equatable {
    case draw(Unicode.Scalar, width: Int)
    case attach
    case leaveOut

    static let replacement = ScalarRule.draw("\u{FFFD}", width: 1)

    static func of(_ scalar: Unicode.Scalar) -> ScalarRule {
        let value = scalar.value
        switch value {
        case 0x20..<0x7F: return .draw(scalar, width: 1)
        case 0x09, 0x0A: return .draw(" ", width: 1)
        case 0..<0x20: return picture(0x2400 + value)
        case 0x7F: return picture(0x2421)
        case 0x80..<0xA0, 0xAD: return replacement
        case 0xA0..<0x300: return .draw(scalar, width: 1)
        default: break
        }
        if isLeftOut(value) { return .leaveOut }
        if isHidden(value) { return replacement }
        guard let width = CharacterWidth.of(scalar) else { return replacement }
        return width == 0 ? .attach : .draw(scalar, width: width)
    }

    private static func picture(_ value: UInt32) -> ScalarRule {
        .draw(Unicode.Scalar(value) ?? "\u{FFFD}", width: 1)
    }

    private static func isLeftOut(_ value: UInt32) -> Bool {
        switch value {
        case 0x200C, 0x200D, 0x20E3, 0xFE00...0xFE0F, 0x180B...0x180D, 0x180F, 0xE0100...0xE01EF: true
        default: false
        }
    }

    private static func isHidden(_ value: UInt32) -> Bool {
        switch value {
        case 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x200B, 0x200E, 0x200F: true
        case 0x2028...0x202E, 0x2060...0x206F, 0x3164, 0xFEFF, 0xFFA0, 0xFFF0...0xFFFB: true
        case 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A, 0xE0000...0xE0FFF: true
        default: false
        }
    }
}
