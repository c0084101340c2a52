extension RegexScanner {
    /// The character that an escape stands for: `\n`, `\x41`, `\x{1F600}`, `\101`, `\.`.
    mutating func takeEscape() throws(PatternError) -> Unicode.Scalar {
        let start = offset
        skip(1)
        guard peek != nil else { throw error(.trailingBackslash, count..<count, at: start) }
        let scalar = nextScalar()
        switch scalar {
        case "0"..."7":
            if let value = takeOctal(scalar) { return value }
        case "x":
            if let value = takeHex() { return value }
        case "a": return "\u{07}"
        case "f": return "\u{0C}"
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "v": return "\u{0B}"
        default:
            if scalar.isASCII, !scalar.properties.isAlphabetic, !("0"..."9").contains(scalar) { return scalar }
        }
        throw error(.invalidEscape, start..<offset)
    }

    /// Up to three digits; a single one other than 0 would be a backreference, which RE2 has not.
    private mutating func takeOctal(_ first: Unicode.Scalar) -> Unicode.Scalar? {
        func isOctal(_ byte: UInt8?) -> Bool { byte.map { (48...55).contains($0) } ?? false }
        guard first == "0" || isOctal(peek) else { return nil }
        var value = first.value - 48
        for _ in 0..<2 where isOctal(peek) {
            value = value * 8 + UInt32((peek ?? 48) - 48)
            skip(1)
        }
        return Unicode.Scalar(value)
    }

    private mutating func takeHex() -> Unicode.Scalar? {
        guard peek != nil else { return nil }
        let first = nextScalar()
        guard first == "{" else {
            guard peek != nil else { return nil }
            let second = nextScalar()
            guard let high = Self.hexValue(first), let low = Self.hexValue(second) else { return nil }
            return Unicode.Scalar(high * 16 + low)
        }
        var value: UInt32 = 0
        var digits = 0
        while peek != nil {
            let scalar = nextScalar()
            if scalar == "}" { return digits > 0 ? Unicode.Scalar(value) : nil }
            guard let digit = Self.hexValue(scalar) else { return nil }
            value = value * 16 + digit
            digits += 1
            if value > 0x10FFFF { return nil }
        }
        return nil
    }

    private static func hexValue(_ scalar: Unicode.Scalar) -> UInt32? {
        switch scalar {
        case "0"..."9": scalar.value - 48
        case "a"..."f": scalar.value - 87
        case "A"..."F": scalar.value - 55
        default: nil
        }
    }
}
