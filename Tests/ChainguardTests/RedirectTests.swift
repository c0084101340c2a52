import AWSCaller
import FoundationEssentials
import NIOHTTP1
import TestSupport
import Testing
import Transport

@testable import Chainguard

/// Whoever sends credentials follows no redirect: where it leads, nothing arrives.
@Suite struct RedirectTests {
    struct Client: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// The headless poll's secret is the key, which stays here.
        var sendsCredentials = true
        var call: @Sendable (_ url: String) async throws -> Void
    }

    private static let transport = HTTPClientTransport()

    private static func issuer(_ url: String) -> IssuerClient { IssuerClient(issuer: url, transport: transport) }

    private static let sts = STSClient(
        context: HostContext(
            environment: Environment([:]), files: PosixFiles(), transport: transport, now: { Example.now }))
    private static let credentials = AWSCredentials(
        accessKeyID: "AKIAEXAMPLE0000000AA", secretAccessKey: Secret("not-a-real-secret"))

    static let clients: [Client] = [
        Client(testDescription: "exchange") {
            _ = try await issuer($0).exchange(bearer: Secret("proof"), identity: nil, audiences: ["a"])
        },
        Client(testDescription: "refresh") {
            _ = try await issuer($0).refresh(refreshToken: Secret("refresh"), audiences: ["a"])
        },
        Client(testDescription: "headless", sendsCredentials: false) {
            _ = try await issuer($0).headlessToken(key: HeadlessKey())
        },
        Client(testDescription: "API, reading") {
            _ = try await PlatformAPI(baseURL: $0, token: Secret("token"), transport: transport).groups()
        },
        Client(testDescription: "API, deleting") {
            _ = try await PlatformAPI(baseURL: $0, token: Secret("token"), transport: transport)
                .deleteIdentity(Example.identity(1))
        },
        Client(testDescription: "STS, who calls") {
            _ = try await sts.getCallerIdentity(
                credentials: credentials,
                endpoint: STSEndpoint(url: $0, signingRegion: "us-east-1", origin: "the test"))
        },
        Client(testDescription: "STS, a JWT") {
            _ = try await sts.webIdentityToken(
                audience: "a", credentials: credentials,
                endpoint: STSEndpoint(url: $0, signingRegion: "us-east-1", origin: "the test"))
        },
    ]

    @Test(arguments: clients, [301, 302, 303, 307, 308])
    func nothingArrivesWhereItLeads(_ client: Client, _ status: Int) async throws {
        try await LoopbackServer.with(LoopbackServer.Answer(body: "{}")) { elsewhere in
            let redirect = LoopbackServer.Answer(
                status: HTTPResponseStatus(statusCode: status), headers: ["Location": elsewhere.url + "here"])
            try await LoopbackServer.with(redirect) { server in
                await #expect(throws: Failure.self) { try await client.call(String(server.url.dropLast())) }
                #expect(server.requests.count == 1)
                #expect(server.requests.first?.headers.contains(name: "Authorization") == client.sendsCredentials)
                #expect(elsewhere.requests.isEmpty)
            }
        }
    }
}
