import AWSCaller
import Transport

/// An HTTP request that Go refuses, read as a person would, with what is wrong with it.
struct LenientRequest {
    let request: TokenRequest
    private(set) var findings: [TokenFinding] = []

    init?(_ bytes: [UInt8]) {
        var reader = GoLineReader(bytes)
        let parts = (reader.line() ?? []).split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
        guard parts.count >= 2, let method = parts.first, method.utf8.allSatisfy(GoHeader.isToken),
            parts[1].hasPrefix("/") || parts[1].hasPrefix("http") || parts.count == 3 && parts[2].hasPrefix("HTTP/")
        else { return nil }
        let version = parts.count > 2 ? parts[parts.count - 1] : ""
        let (headers, isClosed) = Self.headers(&reader)
        request = TokenRequest(
            method: method, target: parts[1], version: version, headers: headers, host: headers["Host"] ?? "",
            body: Array(bytes[reader.offset...]), bytes: bytes)
        findings = Self.findings(
            bytes, version: version, headers: headers, isClosed: isClosed, offsets: request.offsets)
    }

    private static func headers(_ reader: inout GoLineReader) -> (HTTPHeaders, isClosed: Bool) {
        var headers: [(String, String)] = []
        while let line = reader.line() {
            if line.isEmpty || line == [0x0D] { return (HTTPHeaders(headers), true) }
            let text = GoHeader.trimmed(line[...])
            if let first = line.first, first == 0x20 || first == 0x09, !headers.isEmpty {
                headers[headers.count - 1].1 += " " + String(decoding: text, as: UTF8.self)
                continue
            }
            let name = text.prefix { $0 != UInt8(ascii: ":") }
            let value = GoHeader.trimmed(text.dropFirst(name.count + 1))
            headers.append(
                (
                    GoHeader.canonicalName(GoHeader.trimmed(name)) ?? String(decoding: name, as: UTF8.self),
                    String(decoding: value, as: UTF8.self)
                ))
        }
        return (HTTPHeaders(headers), false)
    }

    private static func findings(
        _ bytes: [UInt8], version: String, headers: HTTPHeaders, isClosed: Bool, offsets: [String: Int]
    ) -> [TokenFinding] {
        var findings: [TokenFinding] = []
        func add(_ rule: TokenRule, _ place: String, _ offset: Int, _ explanation: String, _ fix: String) {
            findings.append(TokenFinding(rule, place: place, offset: offset, explanation: explanation, fix: fix))
        }
        if version == "HTTP/2" || version == "HTTP/3" {
            add(
                .http2RequestLine, "request line", 0,
                "The request line says \(version), which Chainguard can't read: curl spoke HTTP/2.",
                "Call curl with --http1.1.")
        }
        if !isClosed {
            add(
                .missingBlankLine, "end of the request", bytes.count,
                "The empty line that closes the headers is missing.", "End the request with two CRLF.")
        }
        if headers.values(TokenHeader.host).count > 1 {
            add(.duplicateHost, "header Host", offsets["header Host"] ?? 0, "There are two Host headers.", "Keep one.")
        }
        if findings.isEmpty {
            var reason = GoRequest.Malformed(reason: "it is malformed", offset: 0)
            do { _ = try GoRequest(bytes) } catch { reason = error }
            add(
                .unreadableRequest, "request", reason.offset,
                "Chainguard can't read the request: \(reason.reason).", "Make the token anew.")
        }
        return findings
    }
}
