import Chainguard
import FoundationEssentials
import TestSupport
import Testing
import Transport

/// The verifier's last step over a real socket, through the transport that the program uses.
struct CallerTokenSocketTests {
    private typealias Sample = CallerTokenSample

    private static let claims = """
        {"GetCallerIdentityResponse":{"GetCallerIdentityResult":{"Account":"123456789012",\
        "Arn":"arn:aws:iam::123456789012:user/x","UserId":"AIDAX"}}}
        """

    /// The claims' account, or the verdict's code.
    private func verdict(_ token: String, at endpoint: String, patience: Duration = .seconds(30)) async throws -> String
    {
        let transport = ImpatientTransport(patience: patience)
        let verifier = try Sample.verifier(transport, endpoint: endpoint)
        do {
            return try await verifier.verify(token, now: Sample.now).account
        } catch {
            return error.code.rawValue
        }
    }

    @Test(arguments: ["", "aws", "aws/", "a/b%20c"])
    func theEndpointsPathTravels(_ prefix: String) async throws {
        try await LoopbackServer.with(LoopbackServer.Answer(body: Self.claims)) { server async throws in
            #expect(try await verdict(Sample.token(), at: server.url + prefix) == "123456789012")
            let request = try #require(server.requests.first)
            let path = prefix.isEmpty ? "" : "/\(prefix.hasSuffix("/") ? String(prefix.dropLast()) : prefix)"
            #expect(request.method == .POST)
            #expect(request.uri == "\(path)/?Action=GetCallerIdentity&Version=2011-06-15")
            #expect(request.headers["Host"] == ["sts.amazonaws.com"])
            #expect(request.headers["Authorization"] == [Sample.authorization])
            #expect(request.headers["Accept"] == ["application/json"])
        }
    }

    @Test func aRedirectIsARefusalAndNotFollowed() async throws {
        let answer = LoopbackServer.Answer(
            status: .temporaryRedirect, headers: ["Location": "/elsewhere"], body: Self.claims)
        try await LoopbackServer.with(answer) { server async throws in
            #expect(try await verdict(Sample.token(), at: server.url) == "rejected")
            #expect(server.requests.count == 1)
        }
    }

    @Test func anEndlessAnswerIsNotReadToItsEnd() async throws {
        let answer = LoopbackServer.Answer(body: Self.claims + String(repeating: " ", count: 1 << 20))
        try await LoopbackServer.with(answer) { server async throws in
            #expect(try await verdict(Sample.token(), at: server.url) == "sts_unavailable")
        }
    }

    @Test func aSilentSTSIsNotWaitedForForever() async throws {
        try await LoopbackServer.with(nil) { server async throws in
            let outcome = try await verdict(Sample.token(), at: server.url, patience: .milliseconds(50))
            #expect(outcome == "sts_unavailable")
        }
    }

    @Test(arguments: [
        ("", "invalid_encoding"), (CallerTokenSample.token(line: "GET / HTTP/1.1"), "invalid_request"),
        (CallerTokenSample.token(replacing: "Authorization", by: "x"), "unsigned_binding_headers"),
        (CallerTokenSample.token(replacing: "Chainguard-Audience", by: "x"), "invalid_audience"),
        (CallerTokenSample.token(replacing: "Chainguard-Identity", by: "x"), "invalid_identity"),
        (CallerTokenSample.token(replacing: "X-Amz-Date", by: "x"), "invalid_encoding"),
        (CallerTokenSample.token(replacing: "X-Amz-Date", by: "20231114T215819Z"), "expired"),
        (CallerTokenSample.token(replacing: "X-Amz-Date", by: "20231114T221821Z"), "future_dated"),
        (CallerTokenSample.token(CallerTokenSample.headers + [("X-Note ", "a")]), "sts_unavailable"),
    ])
    func aFailingTokenNeverReachesSTS(_ token: String, _ code: String) async throws {
        try await LoopbackServer.with(LoopbackServer.Answer(body: Self.claims)) { server async throws in
            #expect(try await verdict(token, at: server.url) == code)
            #expect(server.requests.isEmpty)
        }
    }
}

/// The program's transport, waiting no longer than a test may take.
private struct ImpatientTransport: HTTPTransport {
    let patience: Duration
    private let transport = HTTPClientTransport()

    init(patience: Duration) {
        self.patience = patience
    }

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        var request = request
        // The verifier sets a bound of its own.
        precondition(request.timeout <= .seconds(30) && request.maximumAnswerBytes <= 1 << 20)
        request.timeout = min(request.timeout, patience)
        return try await transport.send(request)
    }
}
