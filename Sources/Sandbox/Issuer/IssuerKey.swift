import AWSCaller
import Crypto
import FoundationEssentials
import JWTKit

/// A P-256 key that signs JWTs (ES256), and its public half as others read it.
struct IssuerKey: Sendable {
    let id: String
    private let key: P256.Signing.PrivateKey

    init(_ key: P256.Signing.PrivateKey) {
        self.key = key
        id = Hex.encode(SHA256.hash(data: key.publicKey.x963Representation).prefix(8))
    }

    init(pem: String) throws {
        self.init(try P256.Signing.PrivateKey(pemRepresentation: pem))
    }

    static func makePEM() -> String { P256.Signing.PrivateKey().pemRepresentation }

    /// The key of every identity provider that is not the sandbox's own issuer; the same in every sandbox.
    static let workload: IssuerKey = {
        let bytes = Material.bytes("workload key", count: 32)
        guard let key = try? P256.Signing.PrivateKey(rawRepresentation: bytes) else {
            preconditionFailure("the workload key's bytes are no P-256 scalar")
        }
        return IssuerKey(key)
    }()

    func collection() async throws -> JWTKeyCollection {
        let signer = try ES256PrivateKey(backing: key)
        return await JWTKeyCollection().add(ecdsa: signer, kid: JWKIdentifier(string: id))
    }

    /// The public key as a JWK set (RFC 7517).
    var keySet: KeySet {
        let point = Array(key.publicKey.rawRepresentation)
        return KeySet(keys: [
            [
                "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": id,
                "x": Self.base64URL(point[..<32]), "y": Self.base64URL(point[32...]),
            ]
        ])
    }

    /// The JWK set as JSON text.
    var keySetJSON: String {
        String(decoding: (try? JSON.encoder.encode(keySet)) ?? Data(), as: UTF8.self)
    }

    private static func base64URL(_ bytes: ArraySlice<UInt8>) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    struct KeySet: Encodable, Sendable {
        var keys: [[String: String]]
    }
}
