/// A QR code (ISO/IEC 18004) of a text in byte mode with error correction level L: what a phone reads off the screen.
public struct QRCode: Sendable, Equatable {
    /// Modules along one side.
    public let size: Int
    private var dark: [Bool]
    /// Modules with a fixed meaning, which masks leave alone.
    private var isFixed: [Bool]

    /// - Returns: `nil` when the text is longer than 520 UTF-8 bytes, the room of version 15.
    public init?(_ text: String) {
        guard let layout = QRLayout.fitting(bytes: text.utf8.count) else { return nil }
        let codewords = layout.codewords(for: Array(text.utf8))
        let candidates = (0..<8).map { QRCode(layout, codewords, mask: $0) }
        guard let best = candidates.min(by: { $0.penalty < $1.penalty }) else { return nil }
        self = best
    }

    /// - Parameter mask: 0…7, the pattern laid over the data.
    init?(_ text: String, mask: Int) {
        guard let layout = QRLayout.fitting(bytes: text.utf8.count) else { return nil }
        self.init(layout, layout.codewords(for: Array(text.utf8)), mask: mask)
    }

    private init(_ layout: QRLayout, _ codewords: [UInt8], mask: Int) {
        size = layout.size
        dark = Array(repeating: false, count: size * size)
        isFixed = dark
        drawPatterns(layout)
        drawFormat(mask)
        drawVersion(layout.version)
        drawData(codewords, mask)
    }

    /// True for a dark module; false outside, where the quiet zone is.
    public subscript(x: Int, y: Int) -> Bool {
        guard 0..<size ~= x, 0..<size ~= y else { return false }
        return dark[y * size + x]
    }

    /// Two rows of modules in a line of half blocks, the quiet zone of four modules around them: light modules are
    /// printed, so that it is right on a dark terminal when its colours are set to black and white.
    public var lines: [String] {
        stride(from: -4, to: size + 4, by: 2).map { y in
            String(
                (-4..<size + 4).map { x -> Character in
                    switch (self[x, y], self[x, y + 1]) {
                    case (false, false): "█"
                    case (false, true): "▀"
                    case (true, false): "▄"
                    case (true, true): " "
                    }
                })
        }
    }
}

extension QRCode {
    private mutating func fix(_ x: Int, _ y: Int, _ isDark: Bool) {
        guard 0..<size ~= x, 0..<size ~= y else { return }
        dark[y * size + x] = isDark
        isFixed[y * size + x] = true
    }

    private mutating func drawPatterns(_ layout: QRLayout) {
        for i in 0..<size {
            fix(i, 6, i % 2 == 0)
            fix(6, i, i % 2 == 0)
        }
        for (x, y) in [(3, 3), (size - 4, 3), (3, size - 4)] {
            for dy in -4...4 {
                for dx in -4...4 {
                    let ring = max(abs(dx), abs(dy))
                    fix(x + dx, y + dy, ring != 2 && ring != 4)
                }
            }
        }
        let centres = layout.alignment
        for x in centres {
            for y in centres where !isCorner(x, y, last: centres.last ?? 0) {
                for dy in -2...2 { for dx in -2...2 { fix(x + dx, y + dy, max(abs(dx), abs(dy)) != 1) } }
            }
        }
    }

    private func isCorner(_ x: Int, _ y: Int, last: Int) -> Bool {
        (x == 6 && y == 6) || (x == 6 && y == last) || (x == last && y == 6)
    }

    /// Level L and the mask, with a BCH(15,5) remainder, twice.
    private mutating func drawFormat(_ mask: Int) {
        let data = 0b01 << 3 | mask
        let bits = (data << 10 | Self.remainder(data, 10, generator: 0x537)) ^ 0x5412
        let bit = { (i: Int) in bits >> i & 1 == 1 }
        for i in 0...5 { fix(8, i, bit(i)) }
        fix(8, 7, bit(6))
        fix(8, 8, bit(7))
        fix(7, 8, bit(8))
        for i in 9..<15 { fix(14 - i, 8, bit(i)) }
        for i in 0..<8 { fix(size - 1 - i, 8, bit(i)) }
        for i in 8..<15 { fix(8, size - 15 + i, bit(i)) }
        fix(8, size - 8, true)
    }

    /// The version with a BCH(18,6) remainder, twice; from version 7 on.
    private mutating func drawVersion(_ version: Int) {
        guard version >= 7 else { return }
        let bits = version << 12 | Self.remainder(version, 12, generator: 0x1F25)
        for i in 0..<18 {
            let isDark = bits >> i & 1 == 1
            fix(size - 11 + i % 3, i / 3, isDark)
            fix(i / 3, size - 11 + i % 3, isDark)
        }
    }

    private static func remainder(_ data: Int, _ degree: Int, generator: Int) -> Int {
        var value = data
        for _ in 0..<degree { value = value << 1 ^ (value >> (degree - 1) & 1) * generator }
        return value
    }

    /// Upwards and downwards in pairs of columns, from the right.
    private mutating func drawData(_ codewords: [UInt8], _ mask: Int) {
        var index = 0
        var right = size - 1
        while right >= 1 {
            if right == 6 { right = 5 }
            let isUpward = (right + 1) & 2 == 0
            for step in 0..<size {
                let y = isUpward ? size - 1 - step : step
                for x in [right, right - 1] where !isFixed[y * size + x] {
                    let bit = index < codewords.count * 8 && codewords[index / 8] >> (7 - index % 8) & 1 == 1
                    dark[y * size + x] = bit != Self.inverts(mask, x, y)
                    index += 1
                }
            }
            right -= 2
        }
    }

    private static func inverts(_ mask: Int, _ x: Int, _ y: Int) -> Bool {
        switch mask {
        case 0: (x + y) % 2 == 0
        case 1: y % 2 == 0
        case 2: x % 3 == 0
        case 3: (x + y) % 3 == 0
        case 4: (x / 3 + y / 2) % 2 == 0
        case 5: x * y % 2 + x * y % 3 == 0
        case 6: (x * y % 2 + x * y % 3) % 2 == 0
        default: ((x + y) % 2 + x * y % 3) % 2 == 0
        }
    }
}

extension QRCode {
    /// How hard the pattern is to read; the mask with the least is used. Any mask is valid, so the standard's rules of
    /// runs, blocks and balance do without the one of finder-like runs.
    private var penalty: Int {
        var penalty = 0
        for a in 0..<size {
            penalty += Self.runs((0..<size).map { self[$0, a] }) + Self.runs((0..<size).map { self[a, $0] })
        }
        for y in 0..<size - 1 {
            for x in 0..<size - 1
            where self[x, y] == self[x + 1, y] && self[x, y] == self[x, y + 1] && self[x, y] == self[x + 1, y + 1] {
                penalty += 3
            }
        }
        let share = dark.count { $0 } * 20 / dark.count
        return penalty + abs(share - 10) * 10
    }

    private static func runs(_ line: [Bool]) -> Int {
        var penalty = 0
        var length = 0
        var last: Bool?
        for module in line + [!(line.last ?? false)] {
            if module == last {
                length += 1
            } else {
                if length >= 5 { penalty += length - 2 }
                length = 1
                last = module
            }
        }
        return penalty
    }
}
