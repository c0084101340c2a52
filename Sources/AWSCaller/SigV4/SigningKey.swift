import Crypto

/// A derived SigV4 key, good for one secret, day, region and service. It holds the HMAC already keyed, so that each
/// signature with it costs one HMAC and no derivation.
public struct SigningKey: Sendable {
    private let keyed: HMAC<SHA256>

    /// The key that begins as `AWS4<secret>` and is narrowed to day, region, service and `aws4_request`.
    /// - Parameter date: `yyyymmdd`.
    public init(secret: Secret, date: String, region: String, service: String) {
        var key = SymmetricKey(data: Array("AWS4".utf8) + Array(secret.reveal().utf8))
        for part in [date, region, service, "aws4_request"] {
            key = SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Array(part.utf8), using: key))
        }
        keyed = HMAC<SHA256>(key: key)
    }

    /// The 32 bytes of the signature of a string to sign.
    public func authenticationCode(for bytes: [UInt8]) -> HMAC<SHA256>.MAC {
        var hmac = keyed
        hmac.update(data: bytes)
        return hmac.finalize()
    }

    /// The signature of a string to sign, as 64 lower-case hex digits.
    public func signature(for bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(64)
        Hex.append(authenticationCode(for: bytes), to: &output)
        return output
    }
}
