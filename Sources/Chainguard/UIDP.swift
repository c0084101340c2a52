/// A unique identity path: 40 hex digits, then one 16-digit segment for each level below
/// (`^[0-9a-f]{40}(?:/[0-9a-f]{16})*$`). An organization, and a person, is the bare 40 digits.
public struct UIDP: Sendable, Hashable, Comparable, CustomStringConvertible, Codable {
    /// As it is written everywhere.
    public let text: String

    /// - Returns: `nil` unless the text has exactly that form.
    public init?(_ text: String) {
        let segments = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard let root = segments.first, root.count == 40, segments.dropFirst().allSatisfy({ $0.count == 16 }),
            segments.allSatisfy({ $0.allSatisfy(Self.isHexDigit) })
        else { return nil }
        self.text = text
    }

    private init(valid text: String) { self.text = text }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let uidp = UIDP(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a UIDP: \(text)")
        }
        self = uidp
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    public var description: String { text }

    /// The organization that it stands under; itself when it is one.
    public var root: UIDP { UIDP(valid: String(decoding: text.utf8.prefix(40), as: UTF8.self)) }

    /// An organization, a person or a built-in role: nothing stands above it.
    public var isRoot: Bool { text.utf8.count == 40 }

    /// One level up; `nil` for a root.
    public var parent: UIDP? {
        guard let slash = text.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
        return UIDP(valid: String(text[..<slash]))
    }

    /// True for itself and for everything below.
    public func contains(_ other: UIDP) -> Bool {
        // Segments are of fixed lengths: what begins alike is itself or stands below.
        other.text.hasPrefix(text)
    }

    public static func < (lhs: UIDP, rhs: UIDP) -> Bool { lhs.text < rhs.text }
}
