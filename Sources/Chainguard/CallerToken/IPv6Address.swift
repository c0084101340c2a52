import Glibc

/// What may stand between the brackets of a URL's host: an IPv6 address, a zone behind `%25` included.
enum IPv6Literal {
    static func isValid(_ text: ArraySlice<UInt8>) -> Bool {
        let address = text.prefix { $0 != UInt8(ascii: "%") }
        let zone = text.dropFirst(address.count)
        guard zone.isEmpty || zone.starts(with: Array("%25".utf8)) && zone.count > 3 else { return false }
        var storage = in6_addr()
        return inet_pton(AF_INET6, String(decoding: address, as: UTF8.self), &storage) == 1
    }
}
