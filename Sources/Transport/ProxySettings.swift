import FoundationEssentials

/// Which proxy serves which request, by `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` (lower case first, as curl reads
/// them).
public struct ProxySettings: Sendable, Equatable {
    public struct Server: Sendable, Hashable {
        public var host: String
        public var port: Int
        /// For basic authentication at the proxy.
        public var user: String?
        public var password: String?

        /// For messages.
        var authority: String { "\(host):\(port)" }

        public init(host: String, port: Int, user: String? = nil, password: String? = nil) {
            self.host = host
            self.port = port
            self.user = user
            self.password = password
        }
    }

    /// For https requests.
    public var https: Server?
    /// For plain http requests.
    public var http: Server?
    /// Host names and suffixes that are reached directly; `*` is every host.
    public var exceptions: [String]

    /// - Parameter variables: the process environment.
    /// - Returns: `nil` when no proxy is set, or the values name none.
    public init?(environment variables: [String: String]) {
        func value(_ name: String) -> String? {
            [name.lowercased(), name].compactMap { variables[$0] }.first { !$0.isEmpty }
        }
        https = value("HTTPS_PROXY").flatMap(Self.server)
        http = value("HTTP_PROXY").flatMap(Self.server)
        exceptions = (value("NO_PROXY") ?? "").split(separator: ",").map {
            $0.trimmingPrefix { $0 == " " || $0 == "." }.lowercased()
        }
        guard https != nil || http != nil else { return nil }
    }

    private static func server(_ text: String) -> Server? {
        guard let parts = URLComponents(string: text.contains("://") ? text : "http://\(text)"), let host = parts.host,
            !host.isEmpty
        else { return nil }
        return Server(host: host, port: parts.port ?? 3128, user: parts.user, password: parts.password)
    }

    /// - Returns: `nil` for what is reached directly: this host, link-local addresses, and the exceptions.
    func server(for target: TargetURL) -> Server? {
        guard !target.isLoopback, !target.isLinkLocal else { return nil }
        let isException = exceptions.contains { $0 == "*" || target.host == $0 || target.host.hasSuffix(".\($0)") }
        return isException ? nil : target.isSecure ? https : http
    }
}
