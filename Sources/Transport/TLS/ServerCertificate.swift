import FoundationEssentials
import NIOCore
import NIOSSL
import SwiftASN1
import X509

/// What a server's certificate says, read without trusting it.
public struct ServerCertificate: Sendable, Equatable {
    /// Who signed it: the common name, else the organization, else the whole distinguished name.
    public var issuer: String
    /// DNS names and IP addresses it is for.
    public var names: [String]
    public var validFrom: Date
    public var validUntil: Date

    public init(issuer: String, names: [String], validFrom: Date, validUntil: Date) {
        self.issuer = issuer
        self.names = names
        self.validFrom = validFrom
        self.validUntil = validUntil
    }
}

extension ServerCertificate {
    /// - Returns: `nil` when the bytes are no certificate.
    init?(der bytes: [UInt8]) {
        guard let certificate = try? Certificate(derEncoded: bytes) else { return nil }
        let names = try? certificate.extensions.subjectAlternativeNames
        self.init(
            issuer: Self.name(certificate.issuer), names: names?.compactMap(Self.text) ?? [],
            validFrom: certificate.notValidBefore, validUntil: certificate.notValidAfter)
    }

    private static func name(_ name: DistinguishedName) -> String {
        let attributes = name.flatMap { $0 }
        let wanted: [ASN1ObjectIdentifier] = [
            .RDNAttributeType.commonName, .RDNAttributeType.organizationName,
        ]
        for type in wanted {
            guard let found = attributes.first(where: { $0.type == type }) else { continue }
            if let text = String(found.value) { return text }
        }
        return "\(name)"
    }

    private static func text(_ name: GeneralName) -> String? {
        switch name {
        case .dnsName(let name): name
        case .ipAddress(let octets): address(Array(octets.bytes))
        default: nil
        }
    }

    private static func address(_ bytes: [UInt8]) -> String? {
        guard bytes.count == 16 else { return bytes.map(String.init).joined(separator: ".") }
        return stride(from: 0, to: 16, by: 2).map { at in
            String(UInt16(bytes[at]) << 8 | UInt16(bytes[at + 1]), radix: 16)
        }.joined(separator: ":")
    }
}

extension ServerCertificate {
    /// Whether one of the names is the host that was asked for, and not just the address that the connection led to
    /// (RFC 9525 section 6): `*.` stands for one label, addresses are compared as addresses.
    func isFor(_ host: String) -> Bool {
        let host = TargetURL.bare(host).lowercased()
        if let address = try? SocketAddress(ipAddress: host, port: 0) {
            return names.contains { (try? SocketAddress(ipAddress: $0, port: 0)) == address }
        }
        let parent = host.firstIndex(of: ".").map { "*" + host[$0...] }
        return names.contains { $0.lowercased() == host || $0.lowercased() == parent }
    }
}

extension Channel {
    /// NIOSSL takes a certificate for the address that it is connected to as well, whatever host was asked for: that of
    /// a proxy, or of whoever answers DNS.
    /// - Returns: fails with `failedToValidateHostname`, the connection closed, when the certificate is for others.
    func checkCertificate(isFor host: String) -> EventLoopFuture<Void> {
        nioSSL_peerCertificate().flatMapThrowing { certificate in
            let shown = certificate.flatMap { try? $0.toDERBytes() }.flatMap(ServerCertificate.init(der:))
            // One without any names was judged by its common name.
            guard let shown, shown.names.isEmpty || shown.isFor(host) else {
                self.close(promise: nil)
                throw NIOSSLExtraError.failedToValidateHostname
            }
        }
    }
}
