import AWSCaller
import Crypto
import CryptoExtras
import FoundationEssentials
import JWTKit

/// `GetWebIdentityToken` (STS API Reference): JWTs by which others know the account's principals. The build role and the
/// user of the pipeline are allowed it; nobody else's policy says so.
struct OutboundFederation: Sendable {
    private static let durations = 60...3600
    private static let allowed: [SandboxCaller.Name] = [.role, .user]

    let now: @Sendable () -> Date
    private let keys: JWTKeyCollection

    struct Token: Sendable {
        var text: String
        var expiration: Date
    }

    /// - Parameter keys: where the keys go that sign the tokens and by which others check them.
    init(keys: JWTKeyCollection, now: @escaping @Sendable () -> Date) async throws {
        self.now = now
        let key = try P384.Signing.PrivateKey(rawRepresentation: Material.bytes("federation key", count: 48))
        self.keys = await keys.add(
            ecdsa: try ES384PrivateKey(backing: key), kid: Self.keyIDs["ES384"].map(JWKIdentifier.init(string:)))
    }

    /// The account's own issuer (AWS IAM User Guide, outbound identity federation).
    static let issuer: String = {
        let digits = Array(Material.hex("federation of \(SandboxCaller.account)", digits: 32))
        let groups = [digits[0..<8], digits[8..<12], digits[12..<16], digits[16..<20], digits[20..<32]]
        return "https://\(groups.map { String($0) }.joined(separator: "-")).tokens.sts.global.api.aws"
    }()

    /// The key that signs with each `SigningAlgorithm`.
    private static let keyIDs = ["ES384": "sandbox-es384", "RS256": "sandbox-rs256"]

    /// Made when it is first asked for: finding its primes takes a while.
    private static let rsaKey = try? Insecure.RSA.PrivateKey(backing: _RSA.Signing.PrivateKey(keySize: .bits2048))

    private func signingKey(_ algorithm: String) async throws(STSError) -> JWKIdentifier {
        guard let id = Self.keyIDs[algorithm].map(JWKIdentifier.init(string:)) else {
            throw .constraint(algorithm, "signingAlgorithm", "satisfy enum value set: [RS256, ES384]")
        }
        if algorithm == "RS256", let key = Self.rsaKey { await keys.add(rsa: key, digestAlgorithm: .sha256, kid: id) }
        return id
    }

    func token(_ fields: FormFields, for caller: Principal, host: String) async throws(STSError) -> Token {
        guard host != STSEndpoint.globalHost else {
            throw STSError(
                "InvalidAction", status: 400, "Could not find operation GetWebIdentityToken for version 2011-06-15")
        }
        guard Self.allowed.contains(where: { SandboxCaller.named($0).identity == caller.identity }) else {
            throw STSError(
                "AccessDenied",
                "User: \(caller.identity.arn) is not authorized to perform: sts:GetWebIdentityToken")
        }
        guard let audience = fields["Audience.member.1"], !audience.isEmpty else {
            throw .constraint("null", "audience", "not be null")
        }
        let key = try await signingKey(fields["SigningAlgorithm"] ?? "null")
        let text = fields["DurationSeconds"] ?? "300"
        guard let seconds = Int(text), Self.durations.contains(seconds) else {
            throw .constraint(text, "durationSeconds", "have value between 60 and 3600")
        }
        return try await signed(audience, lifetime: seconds, for: caller, with: key)
    }

    private func signed(
        _ audience: String, lifetime: Int, for caller: Principal, with key: JWKIdentifier
    ) async throws(STSError) -> Token {
        let start = Int(now().timeIntervalSince1970)
        let payload = Payload(
            iss: Self.issuer, sub: Self.subject(caller.identity), aud: AudienceClaim(value: [audience]), iat: start,
            exp: start + lifetime, jti: Material.hex("web identity \(audience) \(start)", digits: 32),
            sts: Payload.STS(account: caller.identity.account, principal: Self.subject(caller.identity)))
        guard let text = try? await keys.sign(payload, kid: key) else {
            throw STSError("InternalFailure", status: 500, "The token could not be signed.")
        }
        return Token(text: text, expiration: Date(timeIntervalSince1970: Double(start + lifetime)))
    }

    /// The IAM ARN of the role or user, not the session's.
    private static func subject(_ identity: CallerIdentity) -> String {
        guard let role = identity.roleName else { return identity.arn.description }
        return "arn:\(identity.partition):iam::\(identity.account):role/\(role)"
    }

    private struct Payload: JWTPayload {
        struct STS: Codable, Sendable {
            var account: String
            var principal: String

            private enum CodingKeys: String, CodingKey {
                case account = "aws_account"
                case principal = "principal_id"
            }
        }
        var iss: String
        var sub: String
        var aud: AudienceClaim
        var iat: Int
        var exp: Int
        var jti: String
        var sts: STS

        private enum CodingKeys: String, CodingKey {
            case iss, sub, aud, iat, exp, jti
            case sts = "https://sts.amazonaws.com/"
        }

        func verify(using algorithm: some JWTAlgorithm) async throws {}
    }
}
