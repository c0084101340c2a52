import FoundationEssentials
import Synchronization
import Testing
import Transport

@testable import AWSCaller

@Suite struct SSORefreshTests {
    /// Remembers what was written, or refuses.
    private final class Writer: FileWriting {
        let written = Mutex<[String: [UInt8]]>([:])
        let refuses: Bool

        init(refuses: Bool = false) { self.refuses = refuses }

        func write(_ bytes: [UInt8], to path: String) throws(Failure) {
            if refuses { throw Failure("read-only") }
            written.withLock { $0[path] = bytes }
        }

        var document: JSONValue? { written.withLock { $0[SSORefreshTests.cachePath] }.flatMap { JSONValue.parse($0) } }
    }

    /// SHA-1 of "main".
    private static let cachePath = "/home/me/.aws/sso/cache/b28b7af69320201d1cf206ebf28373980add1451.json"

    private func token(ending: String, registration: String = "2026-12-01T00:00:00Z") -> String {
        """
        {"accessToken": "old", "expiresAt": "\(ending)", "refreshToken": "MARK-REFRESH", "clientId": "c",
         "clientSecret": "MARK-CLIENT", "registrationExpiresAt": "\(registration)", "startUrl": "u", "other": [1, true]}
        """
    }

    private func resolve(
        _ token: String, writer: Writer = Writer(), refreshStatus: Int = 200,
        refreshAnswer: String = #"{"accessToken": "new", "expiresIn": 3600, "tokenType": "Bearer"}"#
    ) async -> (CredentialResolution, ScriptedTransport) {
        let transport = ScriptedTransport { request throws(TransportError) in
            if request.url.hasPrefix("https://oidc.") { return HTTPResponse(refreshStatus, refreshAnswer) }
            return HTTPResponse(
                200, #"{"roleCredentials": {"accessKeyId": "ASIASSO", "secretAccessKey": "s", "sessionToken": "t"}}"#)
        }
        let config = """
            [profile dev]
            sso_session = main
            sso_account_id = 012345678901
            sso_role_name = R
            [sso-session main]
            sso_start_url = https://example.awsapps.com/start
            sso_region = eu-west-1
            """
        var context = TestHost(config: config, files: [Self.cachePath: token], transport: transport).context
        context.writer = writer
        return (await CallerDetector(context: context, profile: "dev").resolve(), transport)
    }

    private func bearer(_ transport: ScriptedTransport) -> String? {
        transport.requests.last?.headers["x-amz-sso_bearer_token"]
    }

    @Test(arguments: ["2026-11-23T12:14:00Z", "2026-11-23T11:00:00Z"])
    func aTokenNearItsEndOrPastItIsRenewedAndKept(_ ending: String) async throws {
        let writer = Writer()
        let (resolution, transport) = await resolve(token(ending: ending), writer: writer)
        #expect(resolution.winner == .sso)
        let request = try #require(transport.requests.first)
        #expect(request.url == "https://oidc.eu-west-1.amazonaws.com/token")
        #expect(JSONValue.parse(request.body)?["grantType"]?.string == "refresh_token")
        #expect(bearer(transport) == "new")
        let kept = try #require(writer.document)
        #expect(kept["accessToken"]?.string == "new")
        #expect(kept["expiresAt"]?.string == "2026-11-23T13:00:00Z")
        #expect(kept["refreshToken"]?.string == "MARK-REFRESH")
        #expect(kept["other"] == .array([.number("1"), .bool(true)]))
    }

    @Test func aNewRefreshTokenReplacesTheOldOne() async {
        let writer = Writer()
        _ = await resolve(
            token(ending: "2026-11-23T12:01:00Z"), writer: writer,
            refreshAnswer: #"{"accessToken": "new", "expiresIn": 60, "refreshToken": "next"}"#)
        #expect(writer.document?["refreshToken"]?.string == "next")
    }

    @Test(arguments: [
        ("2026-11-23T13:00:00Z", "2026-12-01T00:00:00Z"), ("2026-11-23T12:10:00Z", "2026-11-01T00:00:00Z"),
    ])
    func nothingIsRenewedEarlyOrWithoutARegistration(_ ending: String, _ registration: String) async {
        let (resolution, transport) = await resolve(token(ending: ending, registration: registration))
        #expect(resolution.winner == .sso)
        #expect(transport.requests.count == 1)
        #expect(bearer(transport) == "old")
    }

    @Test func aFailedRenewalLeavesALiveTokenInUse() async {
        let (resolution, transport) = await resolve(token(ending: "2026-11-23T12:10:00Z"), refreshStatus: 400)
        #expect(resolution.winner == .sso)
        #expect(bearer(transport) == "old")
        #expect(resolution.report(.sso)?.findings.first?.remedy == "Run: aws sso login --profile dev")
    }

    @Test func aFailedRenewalOfAnEndedTokenNamesTheCommand() async {
        let (resolution, transport) = await resolve(
            token(ending: "2026-11-23T11:00:00Z"), refreshStatus: 400,
            refreshAnswer: #"{"error": "invalid_grant", "error_description": "no"}"#)
        let failure = resolution.failure(.sso)
        #expect(failure?.remedy == "Run: aws sso login --profile dev")
        #expect(failure?.detail.contains("invalid_grant") == true)
        #expect(transport.requests.count == 1)
        var text = ""
        dump(resolution, to: &text)
        #expect(!text.contains("MARK-"))
    }

    @Test func aTokenThatCannotBeKeptIsUsedAndSaid() async {
        let (resolution, transport) = await resolve(
            token(ending: "2026-11-23T12:10:00Z"), writer: Writer(refuses: true))
        #expect(bearer(transport) == "new")
        #expect(resolution.report(.sso)?.findings.first?.text.contains("could not be kept") == true)
    }
}
