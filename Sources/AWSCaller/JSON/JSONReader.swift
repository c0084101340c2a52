/// A recursive-descent reader of JSON, bounded in depth: answers come from a network.
struct JSONReader {
    private let bytes: [UInt8]
    private var at = 0
    private static let maximumDepth = 64

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func document() throws(JSONReadingError) -> JSONValue {
        let value = try value(depth: 0)
        skipSpace()
        guard at == bytes.count else { throw failure("text after the end") }
        return value
    }

    private mutating func value(depth: Int) throws(JSONReadingError) -> JSONValue {
        guard depth < Self.maximumDepth else { throw failure("nested too deeply") }
        skipSpace()
        switch peek {
        case UInt8(ascii: "{"): return .object(try members(depth: depth))
        case UInt8(ascii: "["): return .array(try elements(depth: depth))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case nil: throw failure("the text ends early")
        default: return .number(try number())
        }
    }

    private mutating func members(depth: Int) throws(JSONReadingError) -> [JSONValue.Member] {
        at += 1
        var members: [JSONValue.Member] = []
        if skip(UInt8(ascii: "}")) { return members }
        repeat {
            skipSpace()
            guard peek == UInt8(ascii: "\"") else { throw failure("a member's name is missing") }
            let name = try string()
            guard skip(UInt8(ascii: ":")) else { throw failure("a colon is missing") }
            members.append(JSONValue.Member(name, try value(depth: depth + 1)))
        } while skip(UInt8(ascii: ","))
        guard skip(UInt8(ascii: "}")) else { throw failure("an object is not closed") }
        return members
    }

    private mutating func elements(depth: Int) throws(JSONReadingError) -> [JSONValue] {
        at += 1
        var elements: [JSONValue] = []
        if skip(UInt8(ascii: "]")) { return elements }
        repeat {
            elements.append(try value(depth: depth + 1))
        } while skip(UInt8(ascii: ","))
        guard skip(UInt8(ascii: "]")) else { throw failure("a list is not closed") }
        return elements
    }

    private mutating func string() throws(JSONReadingError) -> String {
        at += 1
        let start = at
        while let byte = peek, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { at += 1 }
        if peek == UInt8(ascii: "\"") {
            at += 1
            return String(decoding: bytes[start..<at - 1], as: UTF8.self)
        }
        return try escapedString(from: start)
    }

    private mutating func escapedString(from start: Int) throws(JSONReadingError) -> String {
        var text = Array(bytes[start..<at])
        while let byte = peek {
            at += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): text.append(contentsOf: String(try escape()).utf8)
            case 0..<0x20: throw failure("a control character in a string")
            default: text.append(byte)
            }
        }
        throw failure("a string is not closed")
    }

    private mutating func escape() throws(JSONReadingError) -> Unicode.Scalar {
        guard let byte = peek else { throw failure("a string is not closed") }
        at += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicodeEscape()
        default: throw failure("an unknown escape")
        }
    }

    /// A surrogate without its partner becomes U+FFFD.
    private mutating func unicodeEscape() throws(JSONReadingError) -> Unicode.Scalar {
        let unit = try hexUnit()
        guard (0xD800..<0xDC00).contains(unit), peek == UInt8(ascii: "\\"), at + 1 < bytes.count,
            bytes[at + 1] == UInt8(ascii: "u")
        else { return Unicode.Scalar(unit) ?? "\u{FFFD}" }
        let afterHigh = at
        at += 2
        let low = try hexUnit()
        guard (0xDC00..<0xE000).contains(low) else {
            at = afterHigh
            return "\u{FFFD}"
        }
        return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)) ?? "\u{FFFD}"
    }

    private mutating func hexUnit() throws(JSONReadingError) -> UInt32 {
        guard at + 4 <= bytes.count else { throw failure("a string is not closed") }
        var unit: UInt32 = 0
        for byte in bytes[at..<at + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw failure("not a hex digit") }
            unit = unit << 4 | UInt32(digit)
        }
        at += 4
        return unit
    }

    private mutating func number() throws(JSONReadingError) -> String {
        let start = at
        if peek == UInt8(ascii: "-") { at += 1 }
        let whole = digits()
        guard whole > 0 else { throw failure("not a value") }
        if peek == UInt8(ascii: ".") {
            at += 1
            guard digits() > 0 else { throw failure("a number without digits") }
        }
        if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
            at += 1
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { at += 1 }
            guard digits() > 0 else { throw failure("a number without digits") }
        }
        return String(decoding: bytes[start..<at], as: UTF8.self)
    }

    private mutating func digits() -> Int {
        let start = at
        while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { at += 1 }
        return at - start
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(JSONReadingError) -> JSONValue {
        guard bytes[at...].starts(with: word.utf8) else { throw failure("not a value") }
        at += word.utf8.count
        return value
    }

    private mutating func skip(_ byte: UInt8) -> Bool {
        skipSpace()
        guard peek == byte else { return false }
        at += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { at += 1 }
    }

    private var peek: UInt8? { at < bytes.count ? bytes[at] : nil }

    private func failure(_ reason: String) -> JSONReadingError {
        JSONReadingError(reason: reason, offset: at)
    }
}
