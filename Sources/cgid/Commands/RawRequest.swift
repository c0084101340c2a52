import AWSCaller

/// A request as public signing suites write it: LF or CRLF, folded and repeated headers, spaces in the target. The
/// body is every byte after the empty line.
enum RawRequest {
    static func parse(_ bytes: [UInt8]) throws(Failure) -> SignableRequest {
        var rest = bytes[...]
        let (method, target) = try requestLine(line(&rest))
        var headers: [String] = []
        while !rest.isEmpty {
            let line = line(&rest)
            if line.isEmpty { break }
            if line.first == " " || line.first == "\t", let last = headers.indices.last {
                headers[last] += "\n" + line
            } else {
                headers.append(line)
            }
        }
        let query = target.firstIndex(of: "?")
        var request = SignableRequest(
            method: method, path: String(target[..<(query ?? target.endIndex)]),
            query: query.map { String(target[target.index(after: $0)...]) } ?? "", headers: [:], body: Array(rest))
        for header in headers {
            guard let colon = header.firstIndex(of: ":") else { throw unreadable("a header without a colon") }
            request.headers.add(String(header[..<colon]), String(header[header.index(after: colon)...]))
        }
        return request
    }

    private static func line(_ rest: inout ArraySlice<UInt8>) -> String {
        let line = rest.prefix { $0 != 0x0A }
        rest = rest.dropFirst(line.count + 1)
        return String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
    }

    /// The target stands between the first and the last space: it may hold spaces itself.
    private static func requestLine(_ line: String) throws(Failure) -> (method: String, target: String) {
        guard let first = line.firstIndex(of: " "), let last = line.lastIndex(of: " "), first < last else {
            throw unreadable("no request line")
        }
        return (String(line[..<first]), String(line[line.index(after: first)..<last]))
    }

    private static func unreadable(_ why: String) -> Failure {
        Failure("Stdin holds no HTTP request", remedy: "Pipe in a raw HTTP/1.1 request", detail: why, category: .usage)
    }
}
