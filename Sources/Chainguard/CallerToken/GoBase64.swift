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
        let length = (bytes.count + 2) / 3 * 4
        return String(unsafeUninitializedCapacity: length) { buffer in
            var output = 0
            var input = 0
            while input < bytes.count {
                let left = bytes.count - input
                let quantum =
                    UInt32(bytes[input]) << 16 | (left > 1 ? UInt32(bytes[input + 1]) << 8 : 0)
                    | (left > 2 ? UInt32(bytes[input + 2]) : 0)
                buffer[output] = alphabet[Int(quantum >> 18)]
                buffer[output + 1] = alphabet[Int(quantum >> 12 & 63)]
                buffer[output + 2] = left > 1 ? alphabet[Int(quantum >> 6 & 63)] : UInt8(ascii: "=")
                buffer[output + 3] = left > 2 ? alphabet[Int(quantum & 63)] : UInt8(ascii: "=")
                output += 4
                input += 3
            }
            return length
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

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
}
