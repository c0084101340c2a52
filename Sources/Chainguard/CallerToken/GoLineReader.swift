/// Lines as Go's `textproto.Reader` gives them: ended by LF, a CR before it dropped, folded lines joined.
struct GoLineReader {
    private let bytes: [UInt8]
    /// Of the next byte to be read.
    private(set) var offset = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The next byte is a space or a tab.
    var isAtBlank: Bool { offset < bytes.count && GoHeader.isBlank(bytes[offset]) }

    /// The next line without its end; what is left when no LF follows. `nil` at the end.
    mutating func line() -> [UInt8]? {
        guard offset < bytes.count else { return nil }
        guard let end = bytes[offset...].firstIndex(of: 0x0A) else {
            defer { offset = bytes.count }
            return Array(bytes[offset...])
        }
        defer { offset = end + 1 }
        let last = end > offset && bytes[end - 1] == 0x0D ? end - 1 : end
        return Array(bytes[offset..<last])
    }

    /// The next header line and the lines folded into it, each trimmed and joined by one space; empty for the line
    /// that ends the headers, `nil` at the end of the bytes.
    /// - Throws: when its first line holds no colon.
    mutating func foldedLine() throws(GoRequest.Malformed) -> [UInt8]? {
        let start = offset
        guard let first = line() else { return nil }
        if first.isEmpty { return first }
        guard first.contains(UInt8(ascii: ":")) else {
            throw GoRequest.Malformed(reason: "a header line has no colon", offset: start)
        }
        var folded = Array(GoHeader.withoutBlanks(first[...]))
        while skipBlanks() {
            folded.append(0x20)
            guard let next = line() else { break }
            folded += GoHeader.withoutBlanks(next[...])
        }
        return folded
    }

    private mutating func skipBlanks() -> Bool {
        let start = offset
        while isAtBlank { offset += 1 }
        return offset > start
    }
}
