import AWSCaller
import Chainguard
import Crypto
import FoundationEssentials
import Sandbox
import Testing
import Transport

@Suite struct OIDCTests {
    private static let github = "https://token.actions.githubusercontent.com"

    private func exchange(
        _ sandbox: Sandbox, as name: String, issuer: String = Self.github, subject: String, audience: String? = nil,
        claims: [String: String] = [:]
    ) async throws -> HTTPResponse {
        let token = try await sandbox.workloadToken(
            issuer: issuer, subject: subject, audience: audience, claims: claims)
        return try await sandbox.exchange(token, identity: try await sandbox.identity(name))
    }

    @Test func aWorkloadWhoseClaimsMatchIsLetIn() async throws {
        try await withSandbox { sandbox async throws in
            let main = "repo:acme/images:ref:refs/heads/main"
            #expect(try await exchange(sandbox, as: "github-images-main", subject: main).status == 200)
            let branch = try await exchange(sandbox, as: "github-images-main", subject: main + "2")
            #expect(branch.rpc == StatusBody(code: 7, message: "the token's claim sub does not match the identity"))
            let elsewhere = try await exchange(
                sandbox, as: "github-images-main", issuer: "https://gitlab.com", subject: main)
            #expect(elsewhere.rpc?.message.contains("iss") == true)
            let audience = try await exchange(
                sandbox, as: "github-images-main", subject: main, audience: "sts.amazonaws.com")
            #expect(audience.rpc?.message.contains("aud") == true)
        }
    }

    @Test func furtherClaimsHaveToMatchToo() async throws {
        try await withSandbox { sandbox async throws in
            let subject = "repo:acme/anything:ref:refs/tags/v1.2.3"
            let workflow = "acme/workflows/.github/workflows/release.yml@refs/heads/main"
            let right = try await exchange(
                sandbox, as: "github-any-release", subject: subject, claims: ["job_workflow_ref": workflow])
            #expect(right.status == 200)
            #expect(try await exchange(sandbox, as: "github-any-release", subject: subject).rpc?.code == 7)
        }
    }

    @Test func aPullTokenWorksUntilItExpires() async throws {
        try await withSandbox { sandbox async throws in
            let api = PlatformAPI(
                baseURL: sandbox.endpoints.api, token: try await sandbox.operatorTokens().token, transport: http)
            for (name, status) in [("pull-token-dana-laptop", 200), ("pull-token-2024-q3", 403)] {
                let identity = try #require(try await api.identities(IdentityQuery(name: name)).items.first)
                guard case .staticKeys(let keys) = identity.relationship else {
                    Issue.record("\(name) has no static keys")
                    return
                }
                let answer = try await exchange(sandbox, as: name, issuer: keys.issuer, subject: keys.subject)
                #expect(answer.status == status)
            }
        }
    }

    @Test func aForgedOrExpiredTokenIsRefused() async throws {
        try await withSandbox { sandbox async throws in
            let identity = try await sandbox.identity("github-images-main")
            let subject = "repo:acme/images:ref:refs/heads/main"
            let good = try await sandbox.workloadToken(issuer: Self.github, subject: subject).reveal()
            var parts = good.split(separator: ".").map(String.init)
            parts[2] = String(parts[2].reversed())
            let forged = Secret(parts.joined(separator: "."))
            #expect(try await sandbox.exchange(forged, identity: identity).rpc?.code == 16)
            let old = try await sandbox.workloadToken(issuer: Self.github, subject: subject, lifetime: .zero)
            #expect(try await sandbox.exchange(old, identity: identity).rpc?.code == 16)
        }
    }

    @Test func theIssuersKeysAreFoundByDiscovery() async throws {
        struct Discovery: Decodable {
            var issuer: String
            var jwksURI: String

            private enum CodingKeys: String, CodingKey {
                case issuer
                case jwksURI = "jwks_uri"
            }
        }
        struct KeySet: Decodable {
            var keys: [[String: String]]
        }
        try await withSandbox { sandbox async throws in
            let discovery: Discovery = try await sandbox.send(.get, "/issuer/.well-known/openid-configuration")
                .decoded()
            #expect(discovery.issuer == sandbox.endpoints.issuer)
            let set: KeySet = try await http.send(HTTPRequest(.get, discovery.jwksURI)).decoded()
            let key = try #require(set.keys.first)
            let point = try #require(Self.bytes(key["x"])) + (try #require(Self.bytes(key["y"])))
            let token = try await sandbox.operatorTokens().token.reveal()
            let parts = token.split(separator: ".").map(String.init)
            let signature = try P256.Signing.ECDSASignature(rawRepresentation: try #require(Self.bytes(parts[2])))
            let publicKey = try P256.Signing.PublicKey(rawRepresentation: point)
            #expect(publicKey.isValidSignature(signature, for: Data("\(parts[0]).\(parts[1])".utf8)))
            let header = String(decoding: try #require(Self.bytes(parts[0])), as: UTF8.self)
            #expect(header.contains("\"ES256\"") && header.contains(key["kid"] ?? "-"))
        }
    }

    private static func bytes(_ base64URL: String?) -> Data? {
        guard let text = base64URL?.replacing("-", with: "+").replacing("_", with: "/") else { return nil }
        return Data(base64Encoded: text + String(repeating: "=", count: (4 - text.count % 4) % 4))
    }
}
