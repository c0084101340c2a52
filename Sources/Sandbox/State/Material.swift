import AWSCaller
import Crypto
import FoundationEssentials

/// Values that look drawn at random but are the same in every sandbox, made from what they are for.
enum Material {
    static func bytes(_ purpose: String, count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        var block = 0
        while bytes.count < count {
            bytes += SHA256.hash(data: Array("cgid sandbox:\(purpose):\(block)".utf8))
            block += 1
        }
        return Array(bytes.prefix(count))
    }

    static func hex(_ purpose: String, digits: Int) -> String {
        String(Hex.encode(bytes(purpose, count: (digits + 1) / 2)).prefix(digits))
    }

    /// 40 characters, as AWS's are.
    static func secretKey(for accessKey: String) -> Secret {
        Secret(Data(bytes("secret key of \(accessKey)", count: 30)).base64EncodedString())
    }

    /// About as long as those of today's regional STS endpoints.
    static func sessionToken(for accessKey: String) -> Secret {
        Secret("IQoJb3JpZ2luX2Vj" + Data(bytes("session token of \(accessKey)", count: 700)).base64EncodedString())
    }
}
