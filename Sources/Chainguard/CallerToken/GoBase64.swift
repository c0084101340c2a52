/// Base64 as Go's `base64.URLEncoding.DecodeString` reads it: the URL alphabet with padding; CR and LF anywhere are
/// ignored, and bits left over in the last character are not looked at.
enum GoBase64 {
    /// - Returns: `nil` where Go reports corrupt input.
    static func decode(_ text: some Sequence<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var quantum: UInt32 = 0
        var filled = 0
        var padding = 0
        for character in text where character != 0x0A && character != 0x0D {
            if character == UInt8(ascii: "=") {
                padding += 1
                guard filled >= 2, filled + padding <= 4 else { return nil }
                continue
            }
            guard padding == 0, let value = value(of: character) else { return nil }
            quantum = quantum << 6 | value
            filled += 1
            if filled == 4 {
                bytes.append(UInt8(quantum >> 16 & 0xFF))
                bytes.append(UInt8(quantum >> 8 & 0xFF))
                bytes.append(UInt8(quantum & 0xFF))
                (quantum, filled) = (0, 0)
            }
        }
        guard filled == 0 || filled + padding == 4 else { return nil }
        if filled >= 2 { bytes.append(UInt8(quantum >> (6 * UInt32(filled) - 8) & 0xFF)) }
        if filled == 3 { bytes.append(UInt8(quantum >> 2 & 0xFF)) }
        return bytes
    }

    /// The padded URL alphabet (RFC 4648 section 5), the only one that Chainguard's verifier reads.
    static func encode(_ bytes: [UInt8]) -> String {
        String(decoding: encodedBytes(bytes), as: UTF8.self)
    }

    static func encodedBytes(_ bytes: [UInt8]) -> [UInt8] {
        let length = (bytes.count + 2) / 3 * 4
        return [UInt8](unsafeUninitializedCapacity: length) { output, count in
            var input = 0
            while input < bytes.count {
                let left = bytes.count - input
                let second: UInt32 = left > 1 ? UInt32(bytes[input + 1]) : 0
                let third: UInt32 = left > 2 ? UInt32(bytes[input + 2]) : 0
                write(UInt32(bytes[input]) << 16 | second << 8 | third, to: output, at: count)
                if left < 3 { output[count + 3] = UInt8(ascii: "=") }
                if left < 2 { output[count + 2] = UInt8(ascii: "=") }
                input += 3
                count += 4
            }
        }
    }

    /// The four characters of three bytes.
    @inline(__always)
    static func write(_ bits: UInt32, to output: UnsafeMutableBufferPointer<UInt8>, at offset: Int) {
        output[offset] = character(bits >> 18)
        output[offset + 1] = character(bits >> 12 & 63)
        output[offset + 2] = character(bits >> 6 & 63)
        output[offset + 3] = character(bits & 63)
    }

    @inline(__always)
    private static func character(_ value: UInt32) -> UInt8 {
        switch value {
        case 0..<26: UInt8(truncatingIfNeeded: value) &+ 65
        case 26..<52: UInt8(truncatingIfNeeded: value) &+ 71
        case 52..<62: UInt8(truncatingIfNeeded: value) &- 4
        case 62: UInt8(ascii: "-")
        default: UInt8(ascii: "_")
        }
    }

    static func value(of character: UInt8) -> UInt32? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(character) - 65
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(character) - 71
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character) + 4
        case UInt8(ascii: "-"): 62
        case UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
