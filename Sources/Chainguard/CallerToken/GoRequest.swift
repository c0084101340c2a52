import AWSCaller
import Transport

/// A request as Go's `http.ReadRequest` reads it (net/http, net/textproto and net/url, Go 1.27), which is how Chainguard's
/// verifier reads a token: the same bytes pass and the same bytes fail.
struct GoRequest: Hashable {
    struct Field: Hashable {
        /// In Go's canonical spelling, `X-Amz-Date`; left as written when it holds a space.
        var name: String
        /// As written, folded lines joined by one space.
        var value: [UInt8]

        var text: String { String(decoding: value, as: UTF8.self) }
    }

    /// Why the bytes are no request, and where.
    struct Malformed: Error, Hashable {
        var reason: String
        var offset: Int
    }

    var method: String
    var target: String
    var version: String
    var fields: [Field]
    var host: [UInt8]
    var transfer: GoTransfer
    /// What follows the empty line; Go's reader does not look at it.
    var body: [UInt8]

    init(_ bytes: [UInt8]) throws(Malformed) {
        var reader = GoLineReader(bytes)
        let line = reader.line() ?? []
        (method, target, version) = try Self.requestLine(line)
        let targetHost = try GoURL.host(ofRequestTarget: Array(target.utf8), method: method)
        fields = try Self.fields(&reader)
        let hosts = Self.values(of: TokenHeader.host, in: fields)
        guard hosts.count <= 1 else {
            throw Malformed(reason: "\(hosts.count) Host headers", offset: reader.offset)
        }
        host = targetHost.isEmpty ? hosts.first ?? [] : targetHost
        body = Array(bytes[reader.offset...])
        transfer = try GoTransfer(fields, version: version, offset: reader.offset)
    }

    /// Every value of a header, its name in Go's canonical spelling.
    func values(_ name: String) -> [[UInt8]] { Self.values(of: name, in: fields) }

    /// The first value as Go's `Header.Get` gives it: empty when absent.
    func value(_ name: String) -> [UInt8] { values(name).first ?? [] }

    private static func values(of name: String, in fields: [Field]) -> [[UInt8]] {
        fields.filter { $0.name == name }.map(\.value)
    }

    private static func requestLine(_ line: [UInt8]) throws(Malformed) -> (String, String, String) {
        guard let first = line.firstIndex(of: 0x20),
            let second = line[(first + 1)...].firstIndex(of: 0x20)
        else { throw Malformed(reason: "the request line is not METHOD TARGET VERSION", offset: 0) }
        let method = line[..<first]
        guard !method.isEmpty, method.allSatisfy(GoHeader.isToken) else {
            throw Malformed(reason: "the method is not a token", offset: 0)
        }
        let version = line[(second + 1)...]
        guard isVersion(version) else {
            throw Malformed(reason: "the HTTP version is not of the form HTTP/1.1", offset: second + 1)
        }
        return (
            String(decoding: method, as: UTF8.self), String(decoding: line[(first + 1)..<second], as: UTF8.self),
            String(decoding: version, as: UTF8.self)
        )
    }

    private static func isVersion(_ text: ArraySlice<UInt8>) -> Bool {
        let bytes = Array(text)
        return bytes.count == 8 && bytes.starts(with: Array("HTTP/".utf8)) && (48...57).contains(bytes[5])
            && bytes[6] == UInt8(ascii: ".") && (48...57).contains(bytes[7])
    }

    static func fields(_ reader: inout GoLineReader) throws(Malformed) -> [Field] {
        guard !reader.isAtBlank else {
            throw Malformed(reason: "the first header line begins with white space", offset: reader.offset)
        }
        var fields: [Field] = []
        while true {
            let start = reader.offset
            guard let line = try reader.foldedLine() else {
                throw Malformed(reason: "the empty line that ends the headers is missing", offset: reader.offset)
            }
            if line.isEmpty { return fields }
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else {
                throw Malformed(reason: "a header line has no colon", offset: start)
            }
            guard let name = GoHeader.canonicalName(line[..<colon]) else {
                throw Malformed(reason: "a header name holds a character that none may hold", offset: start)
            }
            let value = line[(colon + 1)...]
            guard value.allSatisfy(GoHeader.isValueByte) else {
                throw Malformed(reason: "the value of \(name) holds a control byte", offset: start)
            }
            fields.append(Field(name: name, value: Array(value.drop { $0 == 0x20 || $0 == 0x09 })))
        }
    }
}

extension TokenRequest {
    init(_ request: GoRequest, raw: [UInt8]) {
        self.init(
            method: request.method, target: request.target, version: request.version,
            headers: HTTPHeaders(request.fields.map { ($0.name, $0.text) }),
            host: String(decoding: request.host, as: UTF8.self), body: request.body, bytes: raw)
    }
}
