import Crypto

/// HMAC-SHA256 (RFC 2104) for short messages, with the padded key laid out once: two plain hashes a message, without
/// the contexts that `HMAC` makes anew for each.
struct PaddedKey: Sendable {
    private let inner: [UInt8]
    private let outer: [UInt8]

    private static let blockLength = 64
    static let codeLength = 32

    init(_ key: UnsafeRawBufferPointer) {
        var block = [UInt8](repeating: 0, count: Self.blockLength)
        block.withUnsafeMutableBytes { block in
            if key.count > Self.blockLength {
                SHA256.hash(data: key).withUnsafeBytes { block.copyMemory(from: $0) }
            } else {
                block.copyMemory(from: key)
            }
        }
        inner = block.map { $0 ^ 0x36 }
        outer = block.map { $0 ^ 0x5C }
    }

    /// - Parameter use: gets the 32 bytes of the code, for as long as it runs.
    func withCode<Result>(of message: UnsafeRawBufferPointer, _ use: (UnsafeRawBufferPointer) -> Result) -> Result {
        withUnsafeTemporaryAllocation(byteCount: Self.blockLength + message.count, alignment: 1) { first in
            inner.withUnsafeBytes { first.copyMemory(from: $0) }
            UnsafeMutableRawBufferPointer(rebasing: first[Self.blockLength...]).copyMemory(from: message)
            return withUnsafeTemporaryAllocation(
                byteCount: Self.blockLength + Self.codeLength, alignment: 1
            ) { second in
                outer.withUnsafeBytes { second.copyMemory(from: $0) }
                SHA256.hash(data: UnsafeRawBufferPointer(first)).withUnsafeBytes { code in
                    UnsafeMutableRawBufferPointer(rebasing: second[Self.blockLength...]).copyMemory(from: code)
                }
                return SHA256.hash(data: UnsafeRawBufferPointer(second)).withUnsafeBytes(use)
            }
        }
    }
}
