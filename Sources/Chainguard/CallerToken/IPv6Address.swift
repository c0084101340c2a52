import Glibc

/// An IPv6 address in text (RFC 4291 section 2.2), without brackets and zone.
enum IPv6Address {
    static func isValid(_ text: ArraySlice<UInt8>) -> Bool {
        var storage = in6_addr()
        return inet_pton(AF_INET6, String(decoding: text, as: UTF8.self), &storage) == 1
    }
}
