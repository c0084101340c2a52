/// How Go's `readTransfer` frames a request's body.
enum GoTransfer: Hashable {
    /// No body, whatever follows.
    case none
    case length(Int64)
    case chunked

    /// - Parameter offset: of the body, for messages.
    /// - Throws: what Go refuses in the framing headers before any body is read.
    init(_ fields: [GoRequest.Field], version: String, offset: Int) throws(GoRequest.Malformed) {
        let isChunked = try Self.isChunked(fields, version: version, offset: offset)
        let length = try Self.length(fields.filter { $0.name == "Content-Length" }.map(\.value), offset: offset)
        guard isChunked else {
            self = length == 0 ? .none : .length(length)
            return
        }
        for field in fields where field.name == "Trailer" && Self.namesFraming(field.value) {
            throw GoRequest.Malformed(reason: "Trailer names a framing header", offset: offset)
        }
        self = .chunked
    }

    private static func namesFraming(_ trailer: [UInt8]) -> Bool {
        let names = trailer.split(separator: UInt8(ascii: ",")).map {
            GoHeader.canonicalName(GoHeader.withoutBlanks($0))
        }
        return names.contains { ["Transfer-Encoding", "Trailer", "Content-Length"].contains($0) }
    }

    /// HTTP/1.0 ignores Transfer-Encoding; from 1.1 on only `chunked` is read.
    private static func isChunked(
        _ fields: [GoRequest.Field], version: String, offset: Int
    ) throws(GoRequest.Malformed) -> Bool {
        let encodings = fields.filter { $0.name == "Transfer-Encoding" }
        let isOld = version.hasPrefix("HTTP/0") && version != "HTTP/0.0" || version == "HTTP/1.0"
        guard !encodings.isEmpty, !isOld else { return false }
        guard encodings.count == 1, GoHeader.canonicalName(encodings[0].value[...]) == "Chunked" else {
            throw GoRequest.Malformed(reason: "Transfer-Encoding is not chunked", offset: offset)
        }
        return true
    }

    private static func length(_ values: [[UInt8]], offset: Int) throws(GoRequest.Malformed) -> Int64 {
        let lengths = values.map { Array(GoHeader.withoutBlanks($0[...])) }
        guard let first = lengths.first else { return 0 }
        guard lengths.allSatisfy({ $0 == first }) else {
            throw GoRequest.Malformed(reason: "Content-Length headers differ", offset: offset)
        }
        guard !first.isEmpty, first.allSatisfy({ (48...57).contains($0) }),
            let length = Int64(String(decoding: first, as: UTF8.self))
        else { throw GoRequest.Malformed(reason: "Content-Length is not a number", offset: offset) }
        return length
    }
}
