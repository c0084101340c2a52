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
        let tail = bytes.count % 3
        let padded = bytes + Array(repeating: 0, count: (3 - tail) % 3)
        let length = padded.count / 3 * 4
        return [UInt8](unsafeUninitializedCapacity: length) { output, count in
            padded.withUnsafeBytes { writeGroups($0, to: output[...]) }
            if tail > 0 { output[(length - 3 + tail)...].update(repeating: UInt8(ascii: "=")) }
            count = length
        }
    }

    /// Four characters for every three bytes.
    static func writeGroups(_ bytes: UnsafeRawBufferPointer, to output: Slice<UnsafeMutableBufferPointer<UInt8>>) {
        let characters = alphabet.utf8Start
        let output = UnsafeMutableBufferPointer(rebasing: output)
        for group in 0..<(bytes.count / 3) {
            let (first, second, third) = (bytes[3 * group], bytes[3 * group + 1], bytes[3 * group + 2])
            output[4 * group] = characters[Int(first >> 2)]
            output[4 * group + 1] = characters[Int((first & 3) << 4 | second >> 4)]
            output[4 * group + 2] = characters[Int((second & 15) << 2 | third >> 6)]
            output[4 * group + 3] = characters[Int(third & 63)]
        }
    }

    private static var alphabet: StaticString { "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_" }

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
