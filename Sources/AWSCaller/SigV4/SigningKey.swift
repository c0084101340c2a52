/// A derived SigV4 key, good for one secret, day, region and service: each signature with it costs one HMAC and no
/// derivation.
public struct SigningKey: Sendable {
    private let key: PaddedKey

    /// The key that begins as `AWS4<secret>` and is narrowed to day, region, service and `aws4_request`.
    /// - Parameter date: `yyyymmdd`.
    public init(secret: Secret, date: String, region: String, service: String) {
        var key = (Array("AWS4".utf8) + Array(secret.reveal().utf8)).withUnsafeBytes(PaddedKey.init)
        for part in [date, region, service, "aws4_request"] {
            key = Array(part.utf8).withUnsafeBytes { key.withCode(of: $0, PaddedKey.init) }
        }
        self.key = key
    }

    /// The signature of a string to sign, as 64 lower-case hex digits.
    public func signature(for bytes: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 64) { output, count in
            bytes.withUnsafeBytes { writeSignature(of: $0, into: UnsafeMutableRawBufferPointer(output)) }
            count = 64
        }
    }

    /// The signature's 64 digits, written into a buffer of that length.
    package func writeSignature(of message: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) {
        key.withCode(of: message) { Hex.write($0, into: output) }
    }
}
