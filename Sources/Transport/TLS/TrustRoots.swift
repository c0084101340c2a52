import NIOSSL

/// The certificate authorities that are trusted.
public enum TrustRoots: Sendable, Hashable {
    /// Those of the operating system.
    case system
    /// PEM text, instead of the system's.
    case pem([UInt8])

    var configuration: TLSConfiguration {
        get throws {
            var tls = TLSConfiguration.makeClientConfiguration()
            if case .pem(let bytes) = self { tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(bytes)) }
            return tls
        }
    }

    /// How many certificates there are; `nil` for the system's.
    /// - Throws: when the text holds something that is no certificate.
    public func count() throws -> Int? {
        guard case .pem(let bytes) = self else { return nil }
        return try NIOSSLCertificate.fromPEMBytes(bytes).count
    }
}
