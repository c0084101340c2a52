/// What keeps Go's HTTP client from sending a request on that its reader accepted. Chainguard's verifier then fails
/// without a verdict, whatever STS would have said.
enum GoForwarding {
    /// - Returns: the reason, for people; `nil` when the request can be sent.
    static func obstacle(_ request: GoRequest) -> String? {
        if let name = request.fields.map(\.name).first(where: { !$0.utf8.allSatisfy(GoHeader.isToken) }) {
            return "the header name “\(name)” holds a space"
        }
        switch request.transfer {
        case .none: return nil
        case .length(let length):
            return length > request.body.count ? "the body is shorter than its Content-Length of \(length)" : nil
        case .chunked: return isWholeChunked(request.body) ? nil : "the chunked body is malformed or cut off"
        }
    }

    /// Chunks, the last one, and what trails it up to the empty line (RFC 9112 section 7.1).
    private static func isWholeChunked(_ body: [UInt8]) -> Bool {
        var rest = body[...]
        while let size = takeSize(&rest) {
            guard size > 0 else { return isTrailer(rest) }
            guard rest.count >= size, rest.dropFirst(size).starts(with: lineEnd) else { return false }
            rest = rest.dropFirst(size + lineEnd.count)
        }
        return false
    }

    private static func takeSize(_ rest: inout ArraySlice<UInt8>) -> Int? {
        let line = rest.prefix { $0 != 0x0A }
        guard line.last == 0x0D, line.count < rest.count else { return nil }
        rest = rest.dropFirst(line.count + 1)
        let digits = GoHeader.withoutBlanks(line.dropLast().prefix { $0 != UInt8(ascii: ";") })
        guard let first = digits.first, first != UInt8(ascii: "+"), first != UInt8(ascii: "-") else { return nil }
        return Int(String(decoding: digits, as: UTF8.self), radix: 16)
    }

    private static func isTrailer(_ rest: ArraySlice<UInt8>) -> Bool {
        if rest.starts(with: lineEnd) { return true }
        var reader = GoLineReader(Array(rest))
        return (try? GoRequest.fields(&reader)) != nil
    }

    private static let lineEnd: [UInt8] = [0x0D, 0x0A]
}
