import FoundationEssentials

/// The parts of a request's URL that decide whether, and how, it may be sent.
struct TargetURL {
    let isSecure: Bool
    let host: String
    /// The one that the URL names, else its scheme's.
    let port: Int
    /// Host, and port where the URL names one, for messages.
    let authority: String

    /// - Throws: `TransportError` with `.invalidURL` unless it is an absolute http or https URL without user info.
    init(_ url: String) throws(TransportError) {
        guard let parts = URLComponents(string: url, encodingInvalidCharacters: false),
            Self.hasWholeEscapes(url), let scheme = parts.scheme?.lowercased(),
            scheme == "http" || scheme == "https", let host = parts.host, !host.isEmpty, parts.user == nil
        else { throw TransportError(.invalidURL, host: Self.shown(url)) }
        isSecure = scheme == "https"
        self.host = host.lowercased()
        port = parts.port ?? (isSecure ? 443 : 80)
        authority = parts.port.map { "\(host):\($0)" } ?? host
    }

    /// Without what may be secret: user info and the query.
    private static func shown(_ url: String) -> String {
        let text = url.replacing(/(?s)\/\/.*@/, with: "//…@")
        return String(text.prefix { $0 != "?" }.prefix(200))
    }

    /// Every `%` is followed by two hex digits (RFC 3986 section 2.1).
    private static func hasWholeEscapes(_ url: String) -> Bool {
        url.utf8.split(separator: UInt8(ascii: "%"), omittingEmptySubsequences: false).dropFirst().allSatisfy { part in
            part.count >= 2 && part.prefix(2).allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
        }
    }

    /// True for 169.254.0.0/16, fe80::/10 and the metadata service's fd00:ec2::254.
    var isLinkLocal: Bool {
        let bare = Self.bare(host)
        if bare.hasPrefix("169.254.") || bare == "fd00:ec2::254" { return true }
        return ["fe8", "fe9", "fea", "feb"].contains { bare.hasPrefix($0) && bare.contains(":") }
    }

    /// An IPv6 address without its brackets; other hosts as they are.
    static func bare(_ host: String) -> String { host.filter { $0 != "[" && $0 != "]" } }

    /// True for `localhost`, 127.0.0.0/8 and `[::1]`; decided on the parsed address, not on the text's beginning.
    var isLoopback: Bool {
        if host == "localhost" || host == "::1" || host == "[::1]" { return true }
        let octets = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return octets.count == 4 && octets.allSatisfy { $0 != nil } && octets[0] == 127
    }

    func permits(plainHTTP: Bool) -> Bool {
        isSecure || plainHTTP || isLoopback
    }
}
