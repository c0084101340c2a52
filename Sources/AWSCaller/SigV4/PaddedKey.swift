import Crypto

/// HMAC-SHA256 (RFC 2104) with the blocks of the padded key hashed once: a short message costs two hashes that begin
/// behind them.
struct PaddedKey: Sendable {
    private let inner: SHA256
    private let outer: SHA256

    private static let blockLength = 64

    init(_ key: UnsafeRawBufferPointer) {
        (inner, outer) = withUnsafeTemporaryAllocation(byteCount: Self.blockLength, alignment: 1) { block in
            block.initializeMemory(as: UInt8.self, repeating: 0)
            if key.count > Self.blockLength {
                SHA256.hash(data: key).withUnsafeBytes { block.copyMemory(from: $0) }
            } else {
                block.copyMemory(from: key)
            }
            // RFC 2104 section 2: the key XOR ipad, the key XOR opad.
            let inner = Self.hashed(block, flipping: 0x36)
            return (inner, Self.hashed(block, flipping: 0x36 ^ 0x5C))
        }
    }

    private static func hashed(_ block: UnsafeMutableRawBufferPointer, flipping mask: UInt8) -> SHA256 {
        for index in block.indices { block[index] ^= mask }
        var hash = SHA256()
        hash.update(bufferPointer: UnsafeRawBufferPointer(block))
        return hash
    }

    /// - Parameter use: gets the 32 bytes of the code, for as long as it runs.
    func withCode<Result>(of message: UnsafeRawBufferPointer, _ use: (UnsafeRawBufferPointer) -> Result) -> Result {
        var (first, second) = (inner, outer)
        first.update(bufferPointer: message)
        first.finalize().withUnsafeBytes { second.update(bufferPointer: $0) }
        return second.finalize().withUnsafeBytes(use)
    }
}
