/// A cell in eight bytes: the low half is what is drawn, the high half how.
struct PackedCell: Equatable {
    var bits: UInt64

    private static let wideBit: UInt32 = 1 << 21
    private static let continuationBit: UInt32 = 1 << 22
    private static let clusterBit: UInt32 = 1 << 23

    init(scalar: Unicode.Scalar, wide: Bool, style: UInt32) {
        self.init(glyph: scalar.value | (wide ? Self.wideBit : 0), style: style)
    }

    /// A character with marks: `cluster` counts in the surface's list.
    init(cluster: Int, wide: Bool, style: UInt32) {
        self.init(glyph: UInt32(cluster) | Self.clusterBit | (wide ? Self.wideBit : 0), style: style)
    }

    static func blank(style: UInt32) -> PackedCell { PackedCell(glyph: 0x20, style: style) }
    static func continuation(style: UInt32) -> PackedCell { PackedCell(glyph: continuationBit, style: style) }

    private init(glyph: UInt32, style: UInt32) {
        bits = UInt64(style) << 32 | UInt64(glyph)
    }

    private var glyph: UInt32 { UInt32(truncatingIfNeeded: bits) }
    var style: UInt32 { UInt32(truncatingIfNeeded: bits >> 32) }
    var isWide: Bool { glyph & Self.wideBit != 0 }
    var isContinuation: Bool { glyph & Self.continuationBit != 0 }
    var cluster: Int? { glyph & Self.clusterBit != 0 ? Int(glyph & 0x1F_FFFF) : nil }
    var scalar: Unicode.Scalar { Unicode.Scalar(glyph & 0x1F_FFFF) ?? " " }
}

extension Style {
    /// The style in 32 bits, and back. Ten for each colour (kind and number), the rest attributes.
    var packed: UInt32 {
        UInt32(attributes.rawValue) << 20 | background.packed << 10 | foreground.packed
    }

    init(packed: UInt32) {
        self.init(
            Color(packed: packed & 0x3FF), on: Color(packed: packed >> 10 & 0x3FF),
            Attributes(rawValue: UInt8(truncatingIfNeeded: packed >> 20)))
    }
}

extension Color {
    fileprivate var packed: UInt32 {
        switch self {
        case .standard: 0
        case .ansi(let number): 0x100 | UInt32(number)
        case .palette(let number): 0x200 | UInt32(number)
        }
    }

    fileprivate init(packed: UInt32) {
        let number = UInt8(truncatingIfNeeded: packed)
        self = packed & 0x200 != 0 ? .palette(number) : packed & 0x100 != 0 ? .ansi(number) : .standard
    }
}
