/// Header names and values as Go's net/textproto and SigV4's canonical form see them.
enum GoHeader {
    /// A character of a token (RFC 9110 section 5.6.2).
    static func isToken(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 48...57: true
        default: tokenMarks.contains(byte)
        }
    }

    /// A byte that a header value may hold: visible ASCII, space, tab and everything above ASCII.
    static func isValueByte(_ byte: UInt8) -> Bool {
        byte == 0x09 || byte >= 0x20 && byte != 0x7F
    }

    /// A space or a tab, HTTP's white space.
    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    /// Without spaces and tabs at both ends.
    static func withoutBlanks(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard let first = text.firstIndex(where: { !isBlank($0) }), let last = text.lastIndex(where: { !isBlank($0) })
        else { return [] }
        return text[first...last]
    }

    /// `x-amz-date` as `X-Amz-Date`. A name that holds a space passes unchanged, and so is never the header meant.
    /// - Returns: `nil` for a name that Go refuses.
    static func canonicalName(_ name: ArraySlice<UInt8>) -> String? {
        guard !name.isEmpty, name.allSatisfy({ isToken($0) || $0 == 0x20 }) else { return nil }
        guard !name.contains(0x20) else { return String(decoding: name, as: UTF8.self) }
        var startsWord = true
        let spelt = name.map { byte -> UInt8 in
            defer { startsWord = byte == UInt8(ascii: "-") }
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z") where startsWord: return byte - 32
            case UInt8(ascii: "A")...UInt8(ascii: "Z") where !startsWord: return byte + 32
            default: return byte
            }
        }
        return String(decoding: spelt, as: UTF8.self)
    }

    /// SigV4's canonical form of a value: runs of the space character become one, then Go's white space is trimmed
    /// at both ends. Tabs and Unicode spaces inside stay.
    static func canonicalValue(_ value: [UInt8]) -> [UInt8] {
        var collapsed: [UInt8] = []
        collapsed.reserveCapacity(value.count)
        for byte in value where byte != 0x20 || collapsed.last != 0x20 {
            collapsed.append(byte)
        }
        return Array(trimmed(collapsed[...]))
    }

    /// The names in `SignedHeaders`, lower-cased and otherwise as listed; `nil` when there is no such part, or more
    /// than one.
    static func signedHeaders(_ authorization: [UInt8]) -> [[UInt8]]? {
        let prefix = Array("SignedHeaders=".utf8)
        let parts = authorization.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
            .map(trimmed).filter { $0.starts(with: prefix) }
        guard parts.count == 1 else { return nil }
        return lowercased(parts[0].dropFirst(prefix.count))
            .split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map(Array.init)
    }

    /// As `strings.ToLower`, for comparing with ASCII names: `İ` becomes `i` and the Kelvin sign becomes `k` there.
    private static func lowercased(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var lowered: [UInt8] = []
        var rest = text
        while let byte = rest.popFirst() {
            if byte == 0xC4, rest.first == 0xB0 {
                rest.removeFirst()
                lowered.append(UInt8(ascii: "i"))
            } else if byte == 0xE2, rest.starts(with: [0x84, 0xAA]) {
                rest.removeFirst(2)
                lowered.append(UInt8(ascii: "k"))
            } else {
                lowered.append((65...90).contains(byte) ? byte + 32 : byte)
            }
        }
        return lowered
    }

    /// As `strings.TrimSpace`.
    static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var rest = text
        while let space = leadingSpace(rest) { rest = rest.dropFirst(space) }
        while let space = trailingSpace(rest) { rest = rest.dropLast(space) }
        return rest
    }

    private static func leadingSpace(_ text: ArraySlice<UInt8>) -> Int? {
        if let first = text.first, isASCIISpace(first) { return 1 }
        return wideSpaces.first { text.starts(with: $0) }?.count
    }

    private static func trailingSpace(_ text: ArraySlice<UInt8>) -> Int? {
        if let last = text.last, isASCIISpace(last) { return 1 }
        return wideSpaces.first { text.suffix($0.count).elementsEqual($0) }?.count
    }

    private static func isASCIISpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    private static let tokenMarks = Set("!#$%&'*+-.^_`|~".utf8)

    /// Go's `unicode.IsSpace` above ASCII, in UTF-8.
    private static let wideSpaces: [[UInt8]] = {
        let scalars: [Unicode.Scalar] =
            ["\u{85}", "\u{A0}", "\u{1680}", "\u{2028}", "\u{2029}", "\u{202F}", "\u{205F}", "\u{3000}"]
        let range = (0x2000...0x200A).compactMap(Unicode.Scalar.init)
        return (scalars + range).map { Array(String($0).utf8) }
    }()
}
