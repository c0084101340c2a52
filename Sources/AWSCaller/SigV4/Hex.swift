/// Base 16 as SigV4 writes it.
package enum Hex {
    private static var lowerDigits: StaticString { "0123456789abcdef" }
    private static let lower = Array("0123456789abcdef".utf8)
    private static let upper = Array("0123456789ABCDEF".utf8)

    /// Appends two lower-case digits a byte.
    static func append(_ bytes: some Sequence<UInt8>, to output: inout [UInt8]) {
        for byte in bytes {
            output.append(lower[Int(byte >> 4)])
            output.append(lower[Int(byte & 15)])
        }
    }

    /// - Returns: two lower-case digits a byte.
    package static func encode(_ bytes: some Sequence<UInt8>) -> String {
        var output: [UInt8] = []
        append(bytes, to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    /// - Parameter output: of twice the length of `bytes`.
    package static func write(_ bytes: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) {
        let digits = lowerDigits.utf8Start
        for index in bytes.indices {
            output[2 * index] = digits[Int(bytes[index] >> 4)]
            output[2 * index + 1] = digits[Int(bytes[index] & 15)]
        }
    }

    static func upperDigits(_ byte: UInt8) -> (UInt8, UInt8) {
        (upper[Int(byte >> 4)], upper[Int(byte & 15)])
    }

    static func isDigit(_ byte: UInt8) -> Bool { value(byte) != nil }

    static func value(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
