import TerminalUI
import TestSupport
import Testing

/// What a widget draws, as text.
func drawn(_ width: Int, _ height: Int, _ draw: (inout Surface, Rect) -> Void) -> String {
    var surface = Surface(size: Size(width, height))
    draw(&surface, surface.bounds)
    return surface.plainText()
}

let ascii = Theme.mono.with(glyphs: .ascii)

/// Strings of anything: letters, controls, marks, wide, bidirectional, unassigned.
func hostileText(using generator: inout SeededGenerator) -> String {
    let special: [ClosedRange<UInt32>] = [
        0...0x1F, 0x20...0x7E, 0x7F...0x9F, 0xA0...0x2FF, 0x300...0x36F, 0x590...0x6FF, 0x1100...0x11FF,
        0x2000...0x206F,
        0x3000...0x30FF, 0x4E00...0x4FFF, 0xFE00...0xFE0F, 0xFEFF...0xFEFF, 0x1F1E6...0x1F1FF, 0x1F300...0x1F64F,
        0x1F3FB...0x1F3FF, 0xE0000...0xE007F, 0xE000...0x10FFFF,
    ]
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...24, using: &generator) {
        let range = special.randomElement(using: &generator) ?? 0...0x7F
        if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &generator)) { text.append(scalar) }
    }
    return String(text)
}

/// As `#expect`, for calls that change what they are called on: the macro cannot take those.
func expect<Value: Equatable>(_ value: Value, _ expected: Value, at location: SourceLocation = #_sourceLocation) {
    #expect(value == expected, sourceLocation: location)
}
