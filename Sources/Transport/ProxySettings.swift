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

        /// The environment variable that names it, if one does.
        public var variable: String?

        /// For messages.
        var authority: String { (host.contains(":") ? "[\(host)]" : host) + ":\(port)" }

        /// For messages: nothing of the name and the password.
        var shown: TransportError.Proxy { TransportError.Proxy(address: authority, variable: variable) }

        public init(host: String, port: Int, user: String? = nil, password: String? = nil, variable: String? = nil) {
            self.host = host
            self.port = port
            self.user = user
            self.password = password
            self.variable = variable
        }
    }

    /// For https requests.
    public var https: Server?
    /// For plain http requests.
    public var http: Server?
    /// Host names and suffixes that are reached directly; `*` is every host.
    public var exceptions: [String]

    /// The variable whose value is no proxy of the kind that is spoken here. The value may hold a password.
    public struct Unusable: Error, Sendable, Equatable {
        public var variable: String
    }

    /// - Parameter variables: the process environment.
    /// - Returns: `nil` when no proxy is set.
    /// - Throws: `Unusable`; a proxy is never passed over, and never spoken to in another way than it asks for.
    public init?(environment variables: [String: String]) throws(Unusable) {
        func setting(_ name: String) -> (variable: String, value: String)? {
            [name.lowercased(), name].lazy.compactMap { name in variables[name].map { (name, $0) } }
                .first { !$0.1.isEmpty }
        }
        func server(_ name: String) throws(Unusable) -> Server? {
            guard let (variable, text) = setting(name) else { return nil }
            guard var server = Self.server(text) else { throw Unusable(variable: variable) }
            server.variable = variable
            return server
        }
        https = try server("HTTPS_PROXY")
        http = try server("HTTP_PROXY")
        exceptions = (setting("NO_PROXY")?.value ?? "").split(separator: ",").map {
            $0.trimmingPrefix { $0 == " " || $0 == "." }.lowercased()
        }
        guard https != nil || http != nil else { return nil }
    }

    private static func server(_ text: String) -> Server? {
        guard let parts = URLComponents(string: text.contains("://") ? text : "http://\(text)"),
            parts.scheme?.lowercased() == "http", let host = parts.host, !host.isEmpty
        else { return nil }
        return Server(host: TargetURL.bare(host), port: parts.port ?? 3128, user: parts.user, password: parts.password)
    }

    /// - Returns: `nil` for what is reached directly: this host, link-local addresses, and the exceptions.
    func server(for target: TargetURL) -> Server? {
        guard !target.isLoopback, !target.isLinkLocal else { return nil }
        let isException = exceptions.contains { $0 == "*" || target.host == $0 || target.host.hasSuffix(".\($0)") }
        return isException ? nil : target.isSecure ? https : http
    }
}
