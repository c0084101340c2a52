import Transport

/// One request as it arrived, taken apart no further than HTTP itself does.
struct Incoming: Sendable {
    var method: String
    /// Undecoded, without the query.
    var path: String
    /// Undecoded, without `?`; empty when there is none.
    var query: String
    /// `Host` included, in the order they arrived.
    var headers: HTTPHeaders
    var body: [UInt8]

    /// The path's parts, percent-decoded; empty parts dropped, so that a trailing slash makes no difference.
    var segments: [String] {
        path.split(separator: "/").flatMap { part in
            URLText.decoded(part, plusIsSpace: false).split(separator: "/").map(String.init)
        }
    }

    /// The query's fields, then those of a form body.
    var fields: FormFields {
        var fields = FormFields(query)
        if let type = headers["content-type"], type.lowercased().hasPrefix("application/x-www-form-urlencoded") {
            fields.pairs += FormFields(String(decoding: body, as: UTF8.self)).pairs
        }
        return fields
    }

    /// The bearer token of `Authorization`; `nil` when there is none or it is empty.
    var bearer: String? {
        guard let value = headers["authorization"], value.lowercased().hasPrefix("bearer ") else { return nil }
        let token = value.dropFirst("bearer ".count).drop { $0 == " " }
        return token.isEmpty ? nil : String(token)
    }

    /// The same request with a leading part of the path taken away; `nil` when the path does not begin with it.
    func below(_ prefix: String) -> Incoming? {
        guard path == prefix || path.hasPrefix(prefix + "/") else { return nil }
        var request = self
        request.path = String(path.dropFirst(prefix.count))
        return request
    }
}

/// `application/x-www-form-urlencoded` pairs, repeated names kept.
struct FormFields: Sendable {
    var pairs: [(name: String, value: String)]

    init(_ text: String) {
        pairs = text.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (
                URLText.decoded(parts[0], plusIsSpace: true),
                parts.count > 1 ? URLText.decoded(parts[1], plusIsSpace: true) : ""
            )
        }
    }

    func all(_ name: String) -> [String] {
        pairs.filter { $0.name == name && !$0.value.isEmpty }.map(\.value)
    }

    subscript(name: String) -> String? { all(name).first }

    /// The first value under any of the names: protobuf's JSON mapping takes `camelCase` and `snake_case` alike.
    func first(of names: String...) -> String? {
        names.lazy.compactMap { self[$0] }.first
    }
}

enum URLText {
    /// Percent-decoded; an incomplete escape stays as it is.
    static func decoded(_ text: Substring, plusIsSpace: Bool) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "+"), plusIsSpace {
                bytes.append(UInt8(ascii: " "))
            } else if byte == UInt8(ascii: "%"), let value = UInt8(String(Substring(rest.prefix(2))), radix: 16),
                rest.count >= 2
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
