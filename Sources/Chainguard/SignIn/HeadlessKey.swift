import AWSCaller
import Crypto
import FoundationEssentials

/// One half of a headless sign-in: an X25519 key whose public part is the code that the person's browser carries.
public struct HeadlessKey: Sendable {
    private let key: Curve25519.KeyAgreement.PrivateKey

    public init() {
        key = Curve25519.KeyAgreement.PrivateKey()
    }

    /// - Parameter rawKey: 32 bytes.
    init(rawKey: [UInt8]) throws {
        key = try Curve25519.KeyAgreement.PrivateKey(rawRepresentation: rawKey)
    }

    /// The public key, base64url without padding.
    public var code: String { Base64URL.text(Array(key.publicKey.rawRepresentation)) }

    /// Decrypts the ID token that the issuer left: AES-256-GCM (nonce, ciphertext, tag), keyed with the raw X25519
    /// shared secret.
    /// - Parameters:
    ///   - serverKey: the base64url text of the server's public key.
    ///   - encrypted: nonce of 12 bytes, ciphertext, tag of 16 bytes.
    func token(serverKey: String, encrypted: [UInt8]) throws(Failure) -> Secret {
        do {
            guard let raw = Base64URL.bytes(serverKey) else { throw CryptoKitError.incorrectKeySize }
            let server = try Curve25519.KeyAgreement.PublicKey(rawRepresentation: raw)
            let shared = try key.sharedSecretFromKeyAgreement(with: server)
            let symmetric = shared.withUnsafeBytes { SymmetricKey(data: Data($0)) }
            let box = try AES.GCM.SealedBox(combined: encrypted)
            return Secret(String(decoding: try AES.GCM.open(box, using: symmetric), as: UTF8.self))
        } catch {
            throw Failure(
                "The token that the issuer left can't be decrypted",
                remedy: "Try again; a proxy that changes answers would do this", detail: "\(error)")
        }
    }
}

/// RFC 4648 section 5, padding optional when read and left out when written.
enum Base64URL {
    static func text(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
    }

    /// The standard alphabet is read as well.
    static func bytes(_ text: String) -> [UInt8]? {
        var standard = text.replacing("-", with: "+").replacing("_", with: "/").replacing("=", with: "")
        standard += String(repeating: "=", count: (4 - standard.utf8.count % 4) % 4)
        return Data(base64Encoded: standard).map(Array.init)
    }
}
