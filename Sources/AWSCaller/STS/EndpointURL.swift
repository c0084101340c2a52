/// A base URL taken apart without Foundation, whose reading of IPv6 literals differs between platforms.
struct EndpointURL: Sendable, Hashable {
    /// `http` or `https`.
    var scheme: String
    /// Lower case; an IPv6 literal without its brackets.
    var host: String
    var port: Int?
    /// Empty or beginning with `/`, without a slash at its end.
    var path: String
    /// Without `?`; empty when absent.
    var query: String

    /// - Returns: `nil` unless the text is an absolute http or https URL with a host and without user information,
    ///   fragment, white space or control characters.
    init?(_ text: String) {
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), !text.contains("#"),
            let separator = text.firstRange(of: "://")
        else { return nil }
        scheme = text[..<separator.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https" else { return nil }
        let rest = text[separator.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard let (host, port) = Self.hostAndPort(authority) else { return nil }
        self.host = host
        self.port = port
        let target = rest[authority.endIndex...].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var path = target.first.map(String.init) ?? ""
        while path.hasSuffix("/") { path.removeLast() }
        self.path = path
        query = target.count > 1 ? String(target[1]) : ""
    }

    /// Host and port as they stand in a URL and in the `Host` header; the scheme's own port is left out.
    var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        guard let port, port != (scheme == "https" ? 443 : 80) else { return name }
        return "\(name):\(port)"
    }

    private static func hostAndPort(_ authority: Substring) -> (String, Int?)? {
        guard !authority.contains("@") else { return nil }
        var host = authority
        var portText: Substring?
        if authority.hasPrefix("[") {
            guard let close = authority.firstIndex(of: "]") else { return nil }
            host = authority[authority.index(after: authority.startIndex)..<close]
            let after = authority[authority.index(after: close)...]
            guard after.isEmpty || after.hasPrefix(":") else { return nil }
            if !after.isEmpty { portText = after.dropFirst() }
            guard host.contains(":"), host.allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }) else { return nil }
        } else if let colon = authority.firstIndex(of: ":") {
            host = authority[..<colon]
            portText = authority[authority.index(after: colon)...]
        }
        guard !host.isEmpty, portText?.contains(":") != true else { return nil }
        guard let portText, !portText.isEmpty else { return (host.lowercased(), nil) }
        guard portText.allSatisfy(\.isNumber), let port = Int(portText), (1...65_535).contains(port) else { return nil }
        return (host.lowercased(), port)
    }
}
