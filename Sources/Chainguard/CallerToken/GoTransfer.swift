/// What Go's `readTransfer` refuses in a request's framing headers before any body is read.
enum GoTransfer {
    static func check(_ fields: [GoRequest.Field], version: String, offset: Int) throws(GoRequest.Malformed) {
        let chunked = try isChunked(fields, version: version, offset: offset)
        try checkLength(fields.filter { $0.name == "Content-Length" }.map(\.value), offset: offset)
        guard chunked else { return }
        let forbidden = ["transfer-encoding", "trailer", "content-length"]
        for field in fields where field.name == "Trailer" {
            let keys = field.text.lowercased().split(separator: ",").map { $0.filter { $0 != " " && $0 != "\t" } }
            if keys.contains(where: forbidden.contains) {
                throw GoRequest.Malformed(reason: "Trailer names a framing header", offset: offset)
            }
        }
    }

    /// HTTP/1.0 ignores Transfer-Encoding; from 1.1 on only `chunked` is read.
    private static func isChunked(
        _ fields: [GoRequest.Field], version: String, offset: Int
    ) throws(GoRequest.Malformed) -> Bool {
        let encodings = fields.filter { $0.name == "Transfer-Encoding" }
        let isOld = version.hasPrefix("HTTP/0") && version != "HTTP/0.0" || version == "HTTP/1.0"
        guard !encodings.isEmpty, !isOld else { return false }
        guard encodings.count == 1, encodings[0].text.lowercased() == "chunked" else {
            throw GoRequest.Malformed(reason: "Transfer-Encoding is not chunked", offset: offset)
        }
        return true
    }

    private static func checkLength(_ values: [[UInt8]], offset: Int) throws(GoRequest.Malformed) {
        let lengths = values.map { trimmed($0) }
        guard let first = lengths.first else { return }
        guard lengths.allSatisfy({ $0 == first }) else {
            throw GoRequest.Malformed(reason: "Content-Length headers differ", offset: offset)
        }
        guard !first.isEmpty, first.allSatisfy({ (48...57).contains($0) }),
            Int64(String(decoding: first, as: UTF8.self)) != nil
        else { throw GoRequest.Malformed(reason: "Content-Length is not a number", offset: offset) }
    }

    private static func trimmed(_ value: [UInt8]) -> [UInt8] {
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
        let front = value.drop(while: isSpace)
        guard let last = front.lastIndex(where: { !isSpace($0) }) else { return [] }
        return Array(front[...last])
    }
}
