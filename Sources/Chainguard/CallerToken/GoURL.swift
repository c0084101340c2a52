/// What Go's `url.ParseRequestURI` makes of a request target: whether it parses, and the host of an absolute one.
enum GoURL {
    /// - Returns: the host, percent-decoded, with its port; empty for a target that names none.
    static func host(ofRequestTarget target: [UInt8], method: String) throws(GoRequest.Malformed) -> [UInt8] {
        let isAuthority = method == "CONNECT" && target.first != UInt8(ascii: "/")
        let url = isAuthority ? Array("http://".utf8) + target : target
        guard !url.isEmpty, !url.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
            throw malformed("the request target is empty or holds a control byte")
        }
        if url == [UInt8(ascii: "*")] { return [] }
        let (scheme, afterScheme) = try scheme(url[...])
        let rest = afterScheme.prefix { $0 != UInt8(ascii: "?") }
        guard rest.first == UInt8(ascii: "/") else {
            guard scheme != nil else { throw malformed("the request target does not begin with a slash") }
            return []
        }
        guard let scheme, rest.starts(with: Array("//".utf8)) else {
            try checkEscapes(rest)
            return []
        }
        let authority = rest.dropFirst(2).prefix { $0 != UInt8(ascii: "/") }
        let isWeb = ["http", "https"].contains(String(decoding: scheme, as: UTF8.self).lowercased())
        let host = try Self.host(ofAuthority: authority, isWeb: isWeb)
        try checkEscapes(rest.dropFirst(2 + authority.count))
        return host
    }

    /// - Returns: the scheme, `nil` without one, and what follows it.
    private static func scheme(
        _ url: ArraySlice<UInt8>
    ) throws(GoRequest.Malformed) -> (ArraySlice<UInt8>?, ArraySlice<UInt8>) {
        for (index, byte) in zip(url.indices, url) {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): continue
            case 48...57, UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
                if index == url.startIndex { return (nil, url) }
            case UInt8(ascii: ":"):
                guard index > url.startIndex else { throw malformed("the request target's scheme is missing") }
                return (url[..<index], url[(index + 1)...])
            default: return (nil, url)
            }
        }
        return (nil, url)
    }

    /// - Parameter isWeb: for http and https no colon may stand in a host but the port's.
    private static func host(
        ofAuthority authority: ArraySlice<UInt8>, isWeb: Bool
    ) throws(GoRequest.Malformed) -> [UInt8] {
        var host = authority
        if let at = authority.lastIndex(of: UInt8(ascii: "@")) {
            host = authority[(at + 1)...]
        }
        let decoded = try Self.host(host, isWeb: isWeb)
        let user = authority.dropLast(host.count)
        guard user.allSatisfy(isUserInfo) else { throw malformed("the request target's user info is invalid") }
        try checkEscapes(user)
        return decoded
    }

    private static func host(_ host: ArraySlice<UInt8>, isWeb: Bool) throws(GoRequest.Malformed) -> [UInt8] {
        if let bracket = host.lastIndex(of: UInt8(ascii: "[")) {
            guard bracket == host.startIndex, let close = host.lastIndex(of: UInt8(ascii: "]")) else {
                throw malformed("the request target's host lacks a bracket")
            }
            try checkPort(host[(close + 1)...])
            let literal = host[(bracket + 1)..<close]
            let address = literal.prefix { $0 != UInt8(ascii: "%") }
            guard IPv6Address.isValid(address), isZone(literal.dropFirst(address.count)) else {
                throw malformed("the request target's host is no IPv6 address")
            }
            return Array(host)
        }
        let colon = UInt8(ascii: ":")
        if let port = isWeb ? host.firstIndex(of: colon) : host.lastIndex(of: colon) {
            try checkPort(host[port...])
        }
        guard host.allSatisfy({ $0 >= 0x80 || isHostByte($0) }) else {
            throw malformed("the request target's host holds a character that none may hold")
        }
        return try unescapedHost(host)
    }

    private static func checkPort(_ port: ArraySlice<UInt8>) throws(GoRequest.Malformed) {
        guard port.isEmpty || port.first == UInt8(ascii: ":") && port.dropFirst().allSatisfy({ (48...57).contains($0) })
        else { throw malformed("the request target's port is not a number") }
    }

    /// Nothing, or `%25` and a name (RFC 6874) in which only what a host may hold, spaces and the percent sign are
    /// escaped.
    private static func isZone(_ zone: ArraySlice<UInt8>) -> Bool {
        guard !zone.isEmpty else { return true }
        guard zone.starts(with: Array("%25".utf8)), zone.count > 3 else { return false }
        var rest = zone.dropFirst(3)
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                guard byte >= 0x80 || isHostByte(byte) else { return false }
                continue
            }
            guard let value = hexPair(rest), value == 0x20 || isHostByte(value) else { return false }
            rest = rest.dropFirst(2)
        }
        return true
    }

    /// In a host only bytes above ASCII, and the percent sign itself, may be escaped.
    private static func unescapedHost(_ host: ArraySlice<UInt8>) throws(GoRequest.Malformed) -> [UInt8] {
        var decoded: [UInt8] = []
        var rest = host
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                decoded.append(byte)
                continue
            }
            guard let value = hexPair(rest), value >= 0x80 || value == UInt8(ascii: "%") else {
                throw malformed("the request target's host holds an invalid escape")
            }
            decoded.append(value)
            rest = rest.dropFirst(2)
        }
        return decoded
    }

    private static func checkEscapes(_ text: ArraySlice<UInt8>) throws(GoRequest.Malformed) {
        for (index, byte) in zip(text.indices, text) where byte == UInt8(ascii: "%") {
            guard hexPair(text[(index + 1)...]) != nil else {
                throw malformed("the request target holds an invalid escape")
            }
        }
    }

    private static func hexPair(_ text: ArraySlice<UInt8>) -> UInt8? {
        let digits = text.prefix(2)
        guard digits.count == 2, digits.allSatisfy(isHexDigit) else { return nil }
        return UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...70).contains(byte) || (97...102).contains(byte)
    }

    private static func isHostByte(_ byte: UInt8) -> Bool { isAlphanumeric(byte) || hostMarks.contains(byte) }

    private static func isUserInfo(_ byte: UInt8) -> Bool { isAlphanumeric(byte) || userMarks.contains(byte) }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }

    private static func malformed(_ reason: String) -> GoRequest.Malformed {
        GoRequest.Malformed(reason: reason, offset: 0)
    }

    private static let hostMarks = Set("-_.~!$&'()*+,;=:[]<>\"%".utf8)
    private static let userMarks = Set("-._:~!$&'()*+,;=%@".utf8)
}
