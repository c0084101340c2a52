import AWSCaller
import FoundationEssentials
import Testing
import Transport

@testable import Chainguard

/// STS, issuer and API for one login.
private final class LoginService: Sendable {
    struct Faults: Sendable {
        var exchange: ScriptedService.Answer?
        var subject: ScriptedService.Answer?
        var arn = Example.caller.arn.description
    }

    let service: ScriptedService

    init(_ faults: Faults = Faults()) {
        service = ScriptedService { request, _ in Self.answer(request, faults) }
    }

    static let token = Example.jwt(
        #"{"iss":"https://issuer.test","sub":"assumed","aud":"https://api.test","exp":1785589200}"#)

    private static func answer(_ request: HTTPRequest, _ faults: Faults) -> ScriptedService.Answer {
        switch (request.path, request.url.contains("amazonaws.com")) {
        case (_, true):
            return .json(
                #"""
                {"GetCallerIdentityResponse":{"GetCallerIdentityResult":{"Account":"\#(Example.caller.account)",
                "Arn":"\#(faults.arn)","UserId":"\#(Example.caller.userID)"},"ResponseMetadata":{"RequestId":"r"}}}
                """#)
        case ("/sts/exchange", _):
            return faults.exchange ?? .json(#"{"token":"\#(token)","expiry":"2026-08-01T13:00:00Z"}"#)
        case ("/auth/v1/ok", _):
            return faults.subject
                ?? .json(#"{"subject":"assumed","expiry":"2026-08-01T13:00:00Z","capabilities":[{"role":"viewer"}]}"#)
        case ("/iam/v2/identities/\(Example.identity(1))", _):
            return .json(
                #"""
                {"uid":"\#(Example.identity(1))","name":"ci","awsIdentity":{"awsAccount":"999999999999",
                "arnPattern":"^arn:.*$","userIdPattern":"^AROA"}}
                """#)
        default:
            return .refusal(404, .notFound, "no such call")
        }
    }
}

@Suite struct LoginTests {
    private static let keys = ["AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret"]

    private struct NoFiles: FileReading {
        func read(_ path: String, limit: Int) throws(Failure) -> [UInt8]? { nil }
    }

    private func flow(_ service: LoginService, _ folder: String, keys: [String: String] = keys) -> LoginFlow {
        let environment = Environment(keys.merging(["AWS_EC2_METADATA_DISABLED": "true"]) { $1 })
        let context = HostContext(
            environment: environment, files: NoFiles(), transport: service.service, now: { Example.now })
        return LoginFlow(
            detector: CallerDetector(context: context),
            issuer: IssuerClient(issuer: "https://issuer.test", transport: service.service, retry: Pauses().policy()),
            endpoints: ChainguardEndpoints(api: "https://api.test", issuer: "https://issuer.test"),
            cache: TokenCache(folder: folder), transport: service.service, now: { Example.now })
    }

    @Test func theStagesInOrder() async throws {
        try await withTemporaryFolder { folder in
            let (service, updates) = (LoginService(), Record<LoginFlow.StageUpdate>())
            let outcome = try await flow(service, folder).run(identity: Example.identity(1)) { updates.add($0) }
            #expect(outcome.subject.subject == "assumed")
            #expect(outcome.expiry == Timestamp.parse("2026-08-01T13:00:00Z"))
            #expect(outcome.cachePath == "\(folder)/https:--api.test/oidc-token")
            #expect(updates.all.map(\.stage) == LoginStage.allCases.flatMap { [$0, $0] })
            #expect(updates.all.last?.state == .done("signed in with viewer"))
            #expect(
                try TokenCache(folder: folder).read(audience: "https://api.test")?.token.reveal() == LoginService.token)
        }
    }

    @Test func theProofIsForIssuerAndIdentity() async throws {
        try await withTemporaryFolder { folder in
            let service = LoginService()
            _ = try await flow(service, folder).run(identity: Example.identity(1))
            let request = try #require(service.service.requests.first { $0.path == "/sts/exchange" })
            #expect(request.values("aud") == ["https://api.test"])
            #expect(request.values("identity") == [Example.identity(1).text])
            let proof = try #require(request.headers["authorization"]?.dropFirst("Bearer ".count))
            let standard = proof.replacing("-", with: "+").replacing("_", with: "/")
            let text = String(decoding: try #require(Data(base64Encoded: String(standard))), as: UTF8.self)
            #expect(text.contains("\r\nChainguard-Audience: https://issuer.test\r\n"))
            #expect(text.contains("\r\nChainguard-Identity: \(Example.identity(1))\r\n"))
            #expect(text.contains("\r\nX-Amz-Date: 20260801T120000Z\r\n"))
        }
    }

    @Test func anAliasLeavesTheOwnTokenAlone() async throws {
        try await withTemporaryFolder { folder in
            let cache = TokenCache(folder: folder)
            try cache.write(IssuedTokens(token: Example.personToken), audience: "https://api.test")
            _ = try await flow(LoginService(), folder).run(identity: Example.identity(1), alias: "ci")
            #expect(try cache.read(audience: "https://api.test")?.token == Example.personToken)
            #expect(try cache.read(audience: "https://api.test", alias: "ci")?.token.reveal() == LoginService.token)
        }
    }

    @Test func anotherAudienceIsNotShownToTheAPI() async throws {
        try await withTemporaryFolder { folder in
            let service = LoginService()
            let outcome = try await flow(service, folder).run(identity: Example.identity(1), audience: "cgr.dev")
            #expect(outcome.subject.subject == "assumed")
            #expect(!service.service.requests.contains { $0.path == "/auth/v1/ok" })
            #expect(outcome.cachePath == "\(folder)/cgr.dev/oidc-token")
        }
    }

    @Test func withoutCredentialsNothingIsSent() async throws {
        try await withTemporaryFolder { folder in
            let (service, updates) = (LoginService(), Record<LoginFlow.StageUpdate>())
            let missing = await failure {
                _ = try await flow(service, folder, keys: [:]).run(identity: Example.identity(1)) { updates.add($0) }
            }
            #expect(missing?.category == .noCredentials)
            #expect(missing?.remedy.contains("Environment variables") == true)
            #expect(service.service.requests.isEmpty)
            #expect(updates.all.map(\.stage) == [.credentials, .credentials])
        }
    }

    @Test func aMismatchNamesTheFieldWhereItMayBeRead() async throws {
        try await withTemporaryFolder { folder in
            try TokenCache(folder: folder).write(
                IssuedTokens(token: Example.personToken), audience: "https://api.test")
            let service = LoginService(.init(exchange: .refusal(403, .permissionDenied, "caller does not match")))
            let refused = await failure { _ = try await flow(service, folder).run(identity: Example.identity(1)) }
            #expect(
                refused?.what
                    == "The identity ci does not let this caller in: Account is 012345678901, not 999999999999")
            #expect(refused?.detail.isEmpty == true, "the issuer says no more than that")
            #expect(refused?.remedy == "Use credentials of that account, or an identity for this one")
            #expect(refused?.category == .notAllowed)
            #expect(try TokenCache(folder: folder).read(audience: "https://api.test")?.token == Example.personToken)
        }
    }

    @Test func withoutAPersonsTokenTheIssuersWordsCount() async throws {
        try await withTemporaryFolder { folder in
            let service = LoginService(.init(exchange: .refusal(403, .permissionDenied, "caller does not match")))
            let refused = await failure { _ = try await flow(service, folder).run(identity: Example.identity(1)) }
            #expect(refused?.what == "The issuer says that identity \(Example.identity(1)) does not let this caller in")
        }
    }

    @Test func aWrongClockIsFoundByTheIssuersDate() async throws {
        try await withTemporaryFolder { folder in
            let refusal = ScriptedService.Answer.json(
                #"{"code":16,"message":"token expired"}"#, status: 401,
                headers: ["Date": "Sat, 01 Aug 2026 12:20:00 GMT"])
            let refused = await failure {
                _ = try await flow(LoginService(.init(exchange: refusal)), folder).run(identity: Example.identity(1))
            }
            #expect(refused?.what.hasPrefix("This host's clock is 20 min behind Chainguard's") == true)
        }
    }

    @Test func aForeignPartitionIsNamed() async throws {
        try await withTemporaryFolder { folder in
            let service = LoginService(
                .init(
                    exchange: .refusal(401, .unauthenticated, "rejected by STS"),
                    arn: "arn:aws-us-gov:sts::012345678901:assumed-role/ci/x"))
            let refused = await failure { _ = try await flow(service, folder).run(identity: Example.identity(1)) }
            #expect(refused?.what.contains("partition aws-us-gov") == true)
        }
    }

    @Test func aLoginWithoutRolesSaysSo() async throws {
        try await withTemporaryFolder { folder in
            let updates = Record<LoginFlow.StageUpdate>()
            let service = LoginService(.init(subject: .json(#"{"subject":"assumed","capabilities":[]}"#)))
            _ = try await flow(service, folder).run(identity: Example.identity(1)) { updates.add($0) }
            #expect(updates.all.last?.state == .done(Problem.noRole.failure().description))
        }
    }
}
