/// Reads a bracketed class, `[^a-z\d[:alpha:]]`.
enum RegexClassParser {
    static func parse(_ scanner: inout RegexScanner, foldsCase: Bool) throws(PatternError) -> RegexNode {
        let start = scanner.offset
        scanner.skip(1)
        var result = RegexClass(items: [], isFolded: foldsCase)
        if scanner.peek == UInt8(ascii: "^") {
            result.isNegated = true
            scanner.skip(1)
        }
        var ranges: [ClosedRange<UInt32>] = []
        var isFirst = true
        // A bracket right at the beginning stands for itself.
        while scanner.peek != UInt8(ascii: "]") || isFirst {
            isFirst = false
            if let item = try takeNamed(&scanner) {
                result.items.append(item)
            } else if let item = try scanner.takeClassEscape() {
                result.items.append(item)
            } else {
                ranges.append(try takeRange(&scanner, start))
            }
        }
        scanner.skip(1)
        if !ranges.isEmpty { result.items.append(RegexClass.Item(members: .ranges(ranges))) }
        return .characterClass(result)
    }

    /// `[:alpha:]`
    private static func takeNamed(_ scanner: inout RegexScanner) throws(PatternError) -> RegexClass.Item? {
        guard scanner.peek == UInt8(ascii: "["), scanner.peek(1) == UInt8(ascii: ":") else { return nil }
        let start = scanner.offset
        var length = 2
        while let byte = scanner.peek(length),
            byte != UInt8(ascii: ":") || scanner.peek(length + 1) != UInt8(ascii: "]")
        {
            length += 1
        }
        guard scanner.peek(length) != nil else { return nil }
        guard let item = NamedClass.posix(scanner.text((start + 2)..<(start + length))[...]) else {
            throw scanner.error(.invalidCharacterRange, start..<(start + length + 2))
        }
        scanner.skip(length + 2)
        return item
    }

    private static func takeRange(
        _ scanner: inout RegexScanner, _ classStart: Int
    ) throws(PatternError) -> ClosedRange<UInt32> {
        let start = scanner.offset
        let low = try takeCharacter(&scanner, classStart).value
        guard scanner.peek == UInt8(ascii: "-"), let next = scanner.peek(1), next != UInt8(ascii: "]") else {
            return low...low
        }
        scanner.skip(1)
        let high = try takeCharacter(&scanner, classStart).value
        guard low <= high else { throw scanner.error(.invalidCharacterRange, start..<scanner.offset) }
        return low...high
    }

    private static func takeCharacter(
        _ scanner: inout RegexScanner, _ classStart: Int
    ) throws(PatternError) -> Unicode.Scalar {
        guard let byte = scanner.peek else {
            throw scanner.error(.missingBracket, classStart..<scanner.count, at: classStart)
        }
        return byte == UInt8(ascii: "\\") ? try scanner.takeEscape() : scanner.nextScalar()
    }
}
