import FoundationEssentials

/// Which proxy serves https requests, by `HTTPS_PROXY` and `NO_PROXY` (lower case first, as curl reads them).
public struct ProxySettings: Sendable, Equatable {
    public var host: String
    public var port: Int
    /// Host names and suffixes that are reached directly; `*` is every host.
    public var exceptions: [String]

    /// - Parameter variables: the process environment.
    /// - Returns: `nil` when no proxy is set, or the value names none.
    public init?(environment variables: [String: String]) {
        func value(_ name: String) -> String? {
            [name.lowercased(), name].compactMap { variables[$0] }.first { !$0.isEmpty }
        }
        guard let text = value("HTTPS_PROXY"),
            let parts = URLComponents(string: text.contains("://") ? text : "http://\(text)"), let host = parts.host
        else { return nil }
        self.host = host
        port = parts.port ?? 3128
        exceptions = (value("NO_PROXY") ?? "").split(separator: ",").map {
            $0.trimmingPrefix { $0 == " " || $0 == "." }.lowercased()
        }
    }

    func applies(to target: TargetURL) -> Bool {
        guard target.isSecure, !target.isLoopback else { return false }
        return !exceptions.contains { $0 == "*" || target.host == $0 || target.host.hasSuffix(".\($0)") }
    }
}
