/// Header fields in the order they were added; names compare without regard to case (RFC 9110 section 5.1).
public struct HTTPHeaders: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    public struct Field: Sendable, Hashable {
        public var name: String
        public var value: String

        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    public private(set) var fields: [Field]

    public init(_ fields: [(String, String)] = []) {
        self.fields = fields.map { Field(name: $0.0, value: $0.1) }
    }

    public init(dictionaryLiteral elements: (String, String)...) {
        self.init(elements)
    }

    public mutating func add(_ name: String, _ value: String) {
        fields.append(Field(name: name, value: value))
    }

    /// Every value of `name`, in order.
    public func values(_ name: String) -> [String] {
        let wanted = name.lowercased()
        return fields.filter { $0.name.lowercased() == wanted }.map(\.value)
    }

    /// The first value of `name`; setting it replaces every value, `nil` removes them.
    public subscript(name: String) -> String? {
        get { values(name).first }
        set {
            let wanted = name.lowercased()
            fields.removeAll { $0.name.lowercased() == wanted }
            if let newValue { add(name, newValue) }
        }
    }
}

public enum HTTPMethod: String, Sendable {
    case get = "GET"
    case head = "HEAD"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"

    /// Whether sending it twice does no more than sending it once (RFC 9110 section 9.2.2).
    var isIdempotent: Bool { self != .post && self != .patch }
}

/// One HTTP exchange to be made, as a value. Redirects are never followed.
public struct HTTPRequest: Sendable, Equatable {
    public var method: HTTPMethod
    /// Absolute: scheme, host, optional port, path and query, already percent-encoded.
    public var url: String
    public var headers: HTTPHeaders
    public var body: [UInt8]
    /// For the whole exchange, from connecting to the last byte of the answer.
    public var timeout: Duration
    /// For connecting alone: nobody there is told from an answer that does not come.
    public var connectTimeout: Duration
    /// A longer answer is an error, never cut.
    public var maximumAnswerBytes: Int
    /// Plain http to a host that is not loopback: only the metadata services need it.
    public var allowsPlainHTTP: Bool
    /// False for link-local addresses: a proxy can't reach this host's own metadata.
    public var usesProxy: Bool

    public init(
        _ method: HTTPMethod, _ url: String, headers: HTTPHeaders = [:], body: [UInt8] = [],
        timeout: Duration = .seconds(15), connectTimeout: Duration = .seconds(10), maximumAnswerBytes: Int = 1 << 20,
        allowsPlainHTTP: Bool = false, usesProxy: Bool = true
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.connectTimeout = connectTimeout
        self.maximumAnswerBytes = maximumAnswerBytes
        self.allowsPlainHTTP = allowsPlainHTTP
        self.usesProxy = usesProxy
    }
}

/// Names method, host and path only: headers, query and body may hold secrets.
extension HTTPRequest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String {
        "\(method.rawValue) \(url.prefix { $0 != "?" })"
    }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

public struct HTTPResponse: Sendable, Equatable {
    public var status: Int
    public var headers: HTTPHeaders
    public var body: [UInt8]
    /// As agreed with the server: `HTTP/1.1`, `HTTP/2.0`.
    public var version: String

    public init(status: Int, headers: HTTPHeaders = [:], body: [UInt8] = [], version: String = "HTTP/1.1") {
        self.status = status
        self.headers = headers
        self.body = body
        self.version = version
    }

    /// The body read as UTF-8, malformed bytes replaced.
    public var text: String { String(decoding: body, as: UTF8.self) }
}

/// The one door through which the program speaks HTTP. Tests hand in their own.
public protocol HTTPTransport: Sendable {
    /// - Throws: `TransportError` when no whole answer arrived; any status that did arrive is an answer, not an error.
    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse
}
