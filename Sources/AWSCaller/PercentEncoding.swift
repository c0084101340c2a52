/// URI encoding as SigV4 defines it: everything but the unreserved characters of RFC 3986, upper-case hex. Right in
/// queries and in form bodies alike.
package enum PercentEncoding {
    static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }

    static func append(_ bytes: some Sequence<UInt8>, keepingSlash: Bool = false, to output: inout [UInt8]) {
        for byte in bytes {
            if isUnreserved(byte) || (keepingSlash && byte == UInt8(ascii: "/")) {
                output.append(byte)
            } else {
                let digits = Hex.upperDigits(byte)
                output.append(UInt8(ascii: "%"))
                output.append(digits.0)
                output.append(digits.1)
            }
        }
    }

    package static func encode(_ text: String) -> String {
        var output: [UInt8] = []
        append(text.utf8, to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    /// `name=value&…`, for a query or a form.
    package static func pairs(_ pairs: [(String, String)]) -> String {
        pairs.map { "\(encode($0.0))=\(encode($0.1))" }.joined(separator: "&")
    }

    /// `%` not followed by two hex digits stays as it is; `+` is a plus.
    static func decode(_ bytes: some Collection<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var rest = bytes[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let pair = hexPair(rest) {
                output.append(pair)
                rest = rest.dropFirst(2)
            } else {
                output.append(byte)
            }
        }
        return output
    }

    private static func hexPair(_ bytes: some Collection<UInt8>) -> UInt8? {
        var digits = bytes.prefix(2).makeIterator()
        guard let high = digits.next().flatMap(Hex.value), let low = digits.next().flatMap(Hex.value) else {
            return nil
        }
        return high << 4 | low
    }
}
