/// The numbers of one version of a QR code at level L, and its bytes.
struct QRLayout {
    let version: Int
    /// Error correction bytes in each block, and how many blocks.
    let correction: Int
    let blocks: Int
    /// Data and error correction bytes together.
    let total: Int
    /// Along both axes, where the alignment patterns' centres cross.
    let alignment: [Int]

    var size: Int { 17 + 4 * version }
    private var dataBytes: Int { total - correction * blocks }
    /// Mode and length take 12 bits to version 9, 20 above.
    private var room: Int { dataBytes - (version < 10 ? 2 : 3) }

    /// ISO/IEC 18004, tables 1, 9 and E.1, level L.
    private static let all: [QRLayout] = [
        QRLayout(1, 7, 1, 26, []), QRLayout(2, 10, 1, 44, [6, 18]), QRLayout(3, 15, 1, 70, [6, 22]),
        QRLayout(4, 20, 1, 100, [6, 26]), QRLayout(5, 26, 1, 134, [6, 30]), QRLayout(6, 18, 2, 172, [6, 34]),
        QRLayout(7, 20, 2, 196, [6, 22, 38]), QRLayout(8, 24, 2, 242, [6, 24, 42]),
        QRLayout(9, 30, 2, 292, [6, 26, 46]), QRLayout(10, 18, 4, 346, [6, 28, 50]),
        QRLayout(11, 20, 4, 404, [6, 30, 54]), QRLayout(12, 24, 4, 466, [6, 32, 58]),
        QRLayout(13, 26, 4, 532, [6, 34, 62]), QRLayout(14, 30, 4, 581, [6, 26, 46, 66]),
        QRLayout(15, 22, 6, 655, [6, 26, 48, 70]),
    ]

    private init(_ version: Int, _ correction: Int, _ blocks: Int, _ total: Int, _ alignment: [Int]) {
        self.version = version
        self.correction = correction
        self.blocks = blocks
        self.total = total
        self.alignment = alignment
    }

    /// The smallest version with room for so many bytes.
    static func fitting(bytes: Int) -> QRLayout? { all.first { bytes <= $0.room } }

    /// All bytes in the order they are drawn: the blocks' data interleaved, then their corrections.
    func codewords(for text: [UInt8]) -> [UInt8] {
        let blocks = split(padded(text))
        let corrections = blocks.map { ReedSolomon(degree: correction).remainder(of: $0) }
        return Self.interleaved(blocks) + Self.interleaved(corrections)
    }

    /// Byte mode (0100), the length, the bytes, a terminator, then padding.
    private func padded(_ text: [UInt8]) -> [UInt8] {
        var nibbles: [UInt8] = [0b0100]
        let length = version < 10 ? 8 : 16
        for shift in stride(from: length - 4, through: 0, by: -4) { nibbles.append(UInt8(text.count >> shift & 15)) }
        for byte in text { nibbles += [byte >> 4, byte & 15] }
        nibbles.append(0)
        var bytes = stride(from: 0, to: nibbles.count, by: 2).map { nibbles[$0] << 4 | nibbles[$0 + 1] }
        for pad in 0..<dataBytes - bytes.count { bytes.append(pad % 2 == 0 ? 0xEC : 0x11) }
        return bytes
    }

    /// Blocks of equal length, but the last ones may hold one byte more.
    private func split(_ data: [UInt8]) -> [[UInt8]] {
        let short = data.count / blocks
        let shortBlocks = blocks - data.count % blocks
        var rest = data[...]
        return (0..<blocks).map { index in
            let block = rest.prefix(index < shortBlocks ? short : short + 1)
            rest = rest.dropFirst(block.count)
            return Array(block)
        }
    }

    private static func interleaved(_ blocks: [[UInt8]]) -> [UInt8] {
        (0..<(blocks.map(\.count).max() ?? 0)).flatMap { index in
            blocks.compactMap { index < $0.count ? $0[index] : nil }
        }
    }
}

/// Reed–Solomon over GF(256) with x⁸+x⁴+x³+x²+1, as QR codes use it.
private struct ReedSolomon {
    /// Without the leading 1, highest power first.
    private var divisor: [UInt8]

    init(degree: Int) {
        divisor = Array(repeating: 0, count: degree - 1) + [1]
        var root: UInt8 = 1
        for _ in 0..<degree {
            for index in 0..<degree {
                divisor[index] = Self.multiply(divisor[index], root)
                if index + 1 < degree { divisor[index] ^= divisor[index + 1] }
            }
            root = Self.multiply(root, 2)
        }
    }

    func remainder(of data: [UInt8]) -> [UInt8] {
        data.reduce(into: Array(repeating: UInt8(0), count: divisor.count)) { remainder, byte in
            let factor = byte ^ remainder.removeFirst()
            remainder.append(0)
            for index in divisor.indices { remainder[index] ^= Self.multiply(divisor[index], factor) }
        }
    }

    private static func multiply(_ a: UInt8, _ b: UInt8) -> UInt8 {
        var product = 0
        for shift in stride(from: 7, through: 0, by: -1) {
            product = product << 1 ^ (product >> 7) * 0x11D
            product ^= Int(b >> shift & 1) * Int(a)
        }
        return UInt8(product & 0xFF)
    }
}
