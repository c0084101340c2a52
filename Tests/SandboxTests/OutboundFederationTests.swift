import AWSCaller
import Chainguard
import FoundationEssentials
import Sandbox
import Testing
import Transport

/// A caller gets a token from STS, shows it to the issuer, and is let in by an identity that names its claims.
@Suite struct OutboundFederationTests {
    private func token(
        _ sandbox: Sandbox, _ name: SandboxCaller.Name, _ algorithm: WebIdentityToken.Algorithm = .es384
    ) async throws -> WebIdentityToken {
        let context = HostContext(
            environment: Environment([:]), files: NoFiles(), transport: http, now: { noon }, writer: nil)
        return try await STSClient(context: context).webIdentityToken(
            audience: sandbox.endpoints.issuer, algorithm: algorithm,
            credentials: SandboxCaller.named(name).credentials,
            endpoint: STSEndpoint(url: sandbox.baseURL, signingRegion: "us-east-1", origin: "the sandbox"))
    }

    @Test(arguments: WebIdentityToken.Algorithm.allCases)
    func itsClaimsLetTheCallerIn(_ algorithm: WebIdentityToken.Algorithm) async throws {
        try await withSandbox { sandbox async throws in
            let token = try await token(sandbox, .role, algorithm)
            #expect(try header(token).contains("\"alg\":\"\(algorithm.rawValue)\""))
            let claims = try #require(JWTClaims(unverified: token.token.reveal()))
            #expect(claims.issuer.hasSuffix(".tokens.sts.global.api.aws"))
            #expect(claims.subject == "arn:aws:iam::123456789012:role/image-builder")
            #expect(claims.audience == [sandbox.endpoints.issuer])
            #expect(token.expiration == noon.addingTimeInterval(300))

            let api = PlatformAPI(
                baseURL: sandbox.endpoints.api, token: try await sandbox.operatorTokens().token, transport: http)
            let root = try #require(try await api.groups().first { $0.uid.isRoot })
            let draft = IdentityDraft(
                kind: .federation, name: "federated", parent: root,
                federation: .init(issuer: claims.issuer, subject: claims.subject))
            let identity = try await api.createIdentity(try draft.newIdentity(), in: root.uid)
            #expect(try await sandbox.exchange(token.token, identity: identity.uid).status == 200)

            let user = try await self.token(sandbox, .user)
            #expect(try await sandbox.exchange(user.token, identity: identity.uid).status == 403)
        }
    }

    private func header(_ token: WebIdentityToken) throws -> String {
        let part = try #require(token.token.reveal().split(separator: ".").first)
        let base64 = String(part).replacing("-", with: "+").replacing("_", with: "/")
        let padded = base64 + String(repeating: "=", count: (4 - base64.count % 4) % 4)
        return String(decoding: try #require(Data(base64Encoded: padded)), as: UTF8.self)
    }

    @Test func whoeverIsNotAllowedIsToldSo() async throws {
        try await withSandbox { sandbox async throws in
            do {
                _ = try await token(sandbox, .instance)
                Issue.record("the instance got a token")
            } catch let failure as Failure {
                #expect(failure.category == .notAllowed)
                #expect(failure.detail.contains("sts:GetWebIdentityToken"))
            }
        }
    }
}
