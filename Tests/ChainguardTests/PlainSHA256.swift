/// SHA-256 (FIPS 180-4) and HMAC (RFC 2104) written out, so that signatures are checked by other code than makes them.
enum PlainSHA256 {
    static func hash(_ message: [UInt8]) -> [UInt8] {
        var padded = message + [0x80]
        while padded.count % 64 != 56 { padded.append(0) }
        padded += (0..<8).reversed().map { UInt8(truncatingIfNeeded: UInt64(message.count * 8) >> (8 * UInt64($0))) }
        var state: [UInt32] = [
            0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
        ]
        for block in stride(from: 0, to: padded.count, by: 64) {
            compress(&state, padded[block..<(block + 64)])
        }
        return state.flatMap { word in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> $0) } }
    }

    static func hmac(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
        let short = key.count > 64 ? hash(key) : key
        let block = short + Array(repeating: 0, count: 64 - short.count)
        return hash(block.map { $0 ^ 0x5C } + hash(block.map { $0 ^ 0x36 } + message))
    }

    static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// SigV4's signature of a canonical request.
    static func signature(
        _ canonicalRequest: String, secret: String, amzDate: String, region: String
    ) -> String {
        let day = String(amzDate.prefix(8))
        var key = Array("AWS4\(secret)".utf8)
        for part in [day, region, "sts", "aws4_request"] { key = hmac(Array(part.utf8), key: key) }
        let text =
            "AWS4-HMAC-SHA256\n\(amzDate)\n\(day)/\(region)/sts/aws4_request\n"
            + hex(hash(Array(canonicalRequest.utf8)))
        return hex(hmac(Array(text.utf8), key: key))
    }

    private static func compress(_ state: inout [UInt32], _ block: ArraySlice<UInt8>) {
        let bytes = Array(block)
        var words = (0..<16).map { index in
            bytes[(index * 4)..<(index * 4 + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        }
        for index in 16..<64 {
            let (a, b) = (words[index - 15], words[index - 2])
            let s0 = rotated(a, 7) ^ rotated(a, 18) ^ a >> 3
            let s1 = rotated(b, 17) ^ rotated(b, 19) ^ b >> 10
            words.append(words[index - 16] &+ s0 &+ words[index - 7] &+ s1)
        }
        var w = state
        for index in 0..<64 {
            let s1 = rotated(w[4], 6) ^ rotated(w[4], 11) ^ rotated(w[4], 25)
            let choice = w[4] & w[5] ^ ~w[4] & w[6]
            let first = w[7] &+ s1 &+ choice &+ constants[index] &+ words[index]
            let s0 = rotated(w[0], 2) ^ rotated(w[0], 13) ^ rotated(w[0], 22)
            let majority = w[0] & w[1] ^ w[0] & w[2] ^ w[1] & w[2]
            w = [first &+ s0 &+ majority, w[0], w[1], w[2], w[3] &+ first, w[4], w[5], w[6]]
        }
        for index in 0..<8 { state[index] = state[index] &+ w[index] }
    }

    private static func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 { word >> count | word << (32 - count) }

    /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
    private static let constants: [UInt32] = {
        let primes = (2...311).filter { number in (2..<number).allSatisfy { number % $0 != 0 } }
        return primes.map { prime in
            let root = Float80(prime).cubeRoot
            return UInt32((root - root.rounded(.down)) * 4_294_967_296)
        }
    }()
}

extension Float80 {
    /// By Newton's method, to the type's own precision.
    fileprivate var cubeRoot: Float80 {
        var root: Float80 = 7
        for _ in 0..<64 { root -= (root * root * root - self) / (3 * root * root) }
        return root
    }
}
