import AWSCaller
import Chainguard
import FoundationEssentials
import Sandbox
import Testing
import Transport

/// Logging in with a JWT of AWS instead of a signed request.
@Suite struct WebIdentityLoginTests {
    private func credentials(_ caller: SandboxCaller.Name) -> AWSCredentials { SandboxCaller.named(caller).credentials }

    private func token(_ sandbox: Sandbox, _ caller: SandboxCaller.Name) async throws -> JWTClaims? {
        let context = HostContext(
            environment: Environment(sandbox.environment), files: PosixFiles(), transport: http, now: { noon })
        let region = caller == .govCloud ? "us-gov-west-1" : "us-east-1"
        let endpoint = STSEndpoint(url: sandbox.baseURL, signingRegion: region, origin: "the test")
        let answer = try await STSClient(context: context).webIdentityToken(
            audience: sandbox.endpoints.issuer, credentials: credentials(caller), endpoint: endpoint)
        #expect(answer.expiration == noon + 300)
        return JWTClaims(unverified: answer.token.reveal())
    }

    @Test func anIdentityOnTheAccountsIssuerLetsTheRoleIn() async throws {
        try await withSandbox { sandbox async throws in
            let claims = try #require(try await token(sandbox, .role))
            #expect(claims.issuer.hasSuffix(".tokens.sts.global.api.aws"))
            #expect(claims.subject == "arn:aws:iam::123456789012:role/image-builder")
            let root = try await sandbox.identity("image-builder").root
            let body =
                #"{"name":"federated","claimMatch":{"issuer":"\#(claims.issuer)","subject":"\#(claims.subject)"}}"#
            let owner = try await sandbox.operatorTokens().token
            let created = try await sandbox.call(.post, "/iam/v2/identities/\(root)", as: owner, body: body)
            #expect(created.status == 200, "\(created.text)")
            let identity = try await sandbox.identity("federated")
            try await withTemporaryFolder { folder async throws in
                func logIn(_ caller: SandboxCaller.Name, _ proof: LoginProof) async throws -> LoginOutcome {
                    try await flow(sandbox, caller, folder).run(identity: identity, alias: "f", proof: proof)
                }
                #expect(try await logIn(.role, .webIdentity).subject.subject == identity.text)
                let other = await #expect(throws: Failure.self) { try await logIn(.user, .webIdentity) }
                #expect(other?.detail.contains("sub") == true, "\(String(describing: other))")
                let barred = await #expect(throws: Failure.self) { try await logIn(.instance, .webIdentity) }
                #expect(barred?.remedy.contains("sts:GetWebIdentityToken") == true)
                await #expect(throws: Failure.self) { try await logIn(.role, .signedRequest) }
            }
        }
    }

    private func flow(_ sandbox: Sandbox, _ caller: SandboxCaller.Name, _ folder: String) -> LoginFlow {
        var variables = sandbox.environment
        variables["AWS_ACCESS_KEY_ID"] = credentials(caller).accessKeyID
        variables["AWS_SECRET_ACCESS_KEY"] = credentials(caller).secretAccessKey.reveal()
        variables["AWS_SESSION_TOKEN"] = credentials(caller).sessionToken?.reveal()
        let context = HostContext(
            environment: Environment(variables), files: PosixFiles(), transport: http, now: { noon })
        return LoginFlow(
            detector: CallerDetector(context: context),
            issuer: IssuerClient(issuer: sandbox.endpoints.issuer, transport: http), endpoints: sandbox.endpoints,
            cache: TokenCache(folder: folder + "/cache"), transport: http, now: { noon })
    }
}
