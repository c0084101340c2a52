import Crypto
import FoundationEssentials
import NIOSSL
import SwiftASN1
import X509

/// A certificate for loopback's names, signed by a certificate authority that was made for it alone.
public struct SandboxCertificate: Sendable {
    /// What is wrong with it on purpose.
    public enum Flaw: Sendable, Hashable, CaseIterable {
        case expired
        case notYetValid
        case otherHost
    }

    public static let authorityName = "cgid sandbox CA"

    /// The authority's own certificate, PEM: what clients are to trust.
    public let authority: String
    let serverConfiguration: TLSConfiguration

    /// - Parameters:
    ///   - names: DNS names that it is for besides loopback's; `*.` stands for one label.
    ///   - now: the certificate is valid for a year from then, unless the flaw says otherwise.
    public init(flaw: Flaw? = nil, names: [String] = [], now: Date = Date()) throws {
        let authorityKey = P256.Signing.PrivateKey()
        let authority = try Self.authority(authorityKey, now: now)
        let key = P256.Signing.PrivateKey()
        let certificate = try Self.server(
            key, flaw: flaw, names: names, signedBy: authorityKey, of: authority, now: now)
        self.authority = try authority.serializeAsPEM().pemString
        serverConfiguration = .makeServerConfiguration(
            certificateChain: [
                .certificate(
                    try NIOSSLCertificate(bytes: Array(certificate.serializeAsPEM().pemString.utf8), format: .pem))
            ],
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(key.pemRepresentation.utf8), format: .pem)))
    }

    private static let day: TimeInterval = 86_400

    private static func authority(_ key: P256.Signing.PrivateKey, now: Date) throws -> Certificate {
        let name = try DistinguishedName { CommonName(authorityName) }
        return try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: Certificate.PublicKey(key.publicKey),
            notValidBefore: now - 30 * day, notValidAfter: now + 365 * day, issuer: name, subject: name,
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                Critical(KeyUsage(keyCertSign: true))
                SubjectKeyIdentifier(hash: Certificate.PublicKey(key.publicKey))
            },
            issuerPrivateKey: Certificate.PrivateKey(key))
    }

    private static func server(
        _ key: P256.Signing.PrivateKey, flaw: Flaw?, names: [String],
        signedBy authorityKey: P256.Signing.PrivateKey, of authority: Certificate, now: Date
    ) throws -> Certificate {
        let from = flaw == .notYetValid ? now + day : now - 10 * day
        return try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: Certificate.PublicKey(key.publicKey),
            notValidBefore: from, notValidAfter: flaw == .expired ? now - day : now + 300 * day,
            issuer: authority.subject, subject: try DistinguishedName { CommonName("cgid sandbox") },
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true))
                try ExtendedKeyUsage([.serverAuth])
                SubjectAlternativeNames(allNames(flaw, names))
                SubjectKeyIdentifier(hash: Certificate.PublicKey(key.publicKey))
                AuthorityKeyIdentifier(
                    keyIdentifier: SubjectKeyIdentifier(hash: Certificate.PublicKey(authorityKey.publicKey))
                        .keyIdentifier)
            },
            issuerPrivateKey: Certificate.PrivateKey(authorityKey))
    }

    private static func allNames(_ flaw: Flaw?, _ more: [String]) -> [GeneralName] {
        if flaw == .otherHost { return [.dnsName("elsewhere.example")] }
        let loopback = [[127, 0, 0, 1], [UInt8](repeating: 0, count: 15) + [1]]
        return (["localhost"] + more).map { .dnsName($0) }
            + loopback.map { .ipAddress(ASN1OctetString(contentBytes: $0[...])) }
    }
}
