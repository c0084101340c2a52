/// Walks through a pattern's bytes and reads its smallest parts.
struct RegexScanner {
    private let bytes: [UInt8]
    private let pattern: String
    private(set) var offset = 0

    init(_ pattern: String) {
        self.pattern = pattern
        bytes = Array(pattern.utf8)
    }

    var count: Int { bytes.count }

    /// The next byte; `nil` at the end.
    var peek: UInt8? { peek(0) }

    func peek(_ distance: Int) -> UInt8? {
        offset + distance < bytes.count ? bytes[offset + distance] : nil
    }

    mutating func skip(_ count: Int) { offset += count }

    /// - Precondition: not at the end.
    mutating func nextScalar() -> Unicode.Scalar {
        let lead = bytes[offset]
        let length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
        defer { offset += length }
        guard length > 1 else { return Unicode.Scalar(lead) }
        return String(decoding: bytes[offset..<(offset + length)], as: UTF8.self).unicodeScalars.first ?? "\u{FFFD}"
    }

    func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
    }

    /// - Parameters:
    ///   - range: what Go quotes.
    ///   - position: where the trouble is, when that is not where the quotation begins.
    func error(_ problem: RegexProblem, _ range: Range<Int>, at position: Int? = nil) -> PatternError {
        PatternError(
            pattern: pattern, message: "error parsing regexp: \(problem.rawValue): `\(text(range))`",
            offset: position ?? range.lowerBound)
    }

    /// The distance to the next occurrence of `byte`.
    func find(_ byte: UInt8) -> Int? {
        bytes[offset...].firstIndex(of: byte).map { $0 - offset }
    }

    /// `(?P<name>` or `(?<name>`.
    /// - Returns: whether one was there.
    mutating func takeCaptureName() throws(PatternError) -> Bool {
        let hasP = peek(2) == UInt8(ascii: "P") && peek(3) == UInt8(ascii: "<") && peek(4) != nil
        guard hasP || peek(2) == UInt8(ascii: "<") && peek(3) != nil else { return false }
        guard let end = find(UInt8(ascii: ">")) else {
            throw error(.invalidNamedCapture, offset..<count)
        }
        let name = bytes[(offset + (hasP ? 4 : 3))..<(offset + end)]
        guard !name.isEmpty, name.allSatisfy(Self.isNameByte) else {
            throw error(.invalidNamedCapture, offset..<(offset + end + 1))
        }
        skip(end + 1)
        return true
    }

    /// `{2}`, `{2,}` or `{2,5}`; numbers beyond any bound come back as `Int.max`.
    /// - Returns: `nil`, and nothing taken, for anything else.
    mutating func takeCount() -> (minimum: Int, maximum: Int?)? {
        let start = offset
        skip(1)
        guard let minimum = takeNumber() else {
            offset = start
            return nil
        }
        var maximum: Int? = minimum
        if peek == UInt8(ascii: ",") {
            skip(1)
            maximum = peek == UInt8(ascii: "}") ? nil : takeNumber()
            if maximum == nil, peek != UInt8(ascii: "}") || bytes[offset - 1] != UInt8(ascii: ",") {
                offset = start
                return nil
            }
        }
        guard peek == UInt8(ascii: "}") else {
            offset = start
            return nil
        }
        skip(1)
        return (minimum, maximum)
    }

    /// Leading zeros are none of Go's numbers.
    private mutating func takeNumber() -> Int? {
        let start = offset
        while let byte = peek, Self.isDigit(byte) { skip(1) }
        let digits = bytes[start..<offset]
        guard !digits.isEmpty, digits.count == 1 || digits.first != UInt8(ascii: "0") else {
            offset = start
            return nil
        }
        return digits.count > 8 ? .max : digits.reduce(0) { $0 * 10 + Int($1 - 48) }
    }

    /// `\d`, `\pL`, `\P{Greek}`.
    /// - Returns: `nil`, and nothing taken, when the escape is no class.
    mutating func takeClassEscape() throws(PatternError) -> RegexClass.Item? {
        guard peek == UInt8(ascii: "\\"), let letter = peek(1) else { return nil }
        if letter == UInt8(ascii: "p") || letter == UInt8(ascii: "P") { return try takeUnicodeClass() }
        guard let item = NamedClass.perl(letter) else { return nil }
        skip(2)
        return item
    }

    private mutating func takeUnicodeClass() throws(PatternError) -> RegexClass.Item {
        let start = offset
        var isNegated = peek(1) == UInt8(ascii: "P")
        skip(2)
        guard peek != nil else { throw error(.invalidCharacterRange, start..<count) }
        var name: Substring
        if peek == UInt8(ascii: "{") {
            guard let end = find(UInt8(ascii: "}")) else {
                throw error(.invalidCharacterRange, start..<count)
            }
            name = text((offset + 1)..<(offset + end))[...]
            skip(end + 1)
        } else {
            name = String(Character(nextScalar()))[...]
        }
        if name.first == "^" {
            isNegated.toggle()
            name = name.dropFirst()
        }
        guard var item = RegexCategory.item(named: name) else {
            throw error(.invalidCharacterRange, start..<offset)
        }
        item.isNegated = item.isNegated != isNegated
        return item
    }

    static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        isDigit(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == UInt8(ascii: "_")
    }
}
