import TestSupport
import Testing
import Transport

@Suite struct HTTPClientTransportTests {
    @Test func anAnswerArrivesWithItsStatusHeadersAndBody() async throws {
        try await LoopbackServer.with(
            LoopbackServer.Answer(status: .imATeapot, headers: ["X-Test": "yes"], body: "short and stout")
        ) { server in
            let url = server.url
            let response = try await HTTPClientTransport().send(HTTPRequest(.post, url, body: Array("x".utf8)))
            #expect(response.status == 418)
            #expect(response.headers["x-test"] == "yes")
            #expect(response.text == "short and stout")
        }
    }

    @Test func redirectsAreAnswersAndNeverFollowed() async throws {
        try await LoopbackServer.with(
            LoopbackServer.Answer(status: .found, headers: ["Location": "http://127.0.0.1:1/"])
        ) { server in
            let url = server.url
            let response = try await HTTPClientTransport().send(HTTPRequest(.get, url))
            #expect(response.status == 302)
        }
    }

    @Test func aLongerAnswerThanAllowedIsAnError() async throws {
        try await LoopbackServer.with(LoopbackServer.Answer(body: String(repeating: "x", count: 2000))) { server in
            let url = server.url
            await expect(.answerTooLarge, HTTPRequest(.get, url, maximumAnswerBytes: 1999))
        }
    }

    @Test func aSilentServerTimesOut() async throws {
        try await LoopbackServer.with(nil) { server in
            let url = server.url
            await expect(.timeout, HTTPRequest(.get, url, timeout: .milliseconds(50)))
        }
    }

    /// Each byte arrives in time; the whole answer never ends.
    @Test(.timeLimit(.minutes(1))) func anAnswerThatTricklesTimesOutAsAWhole() async throws {
        let trickle = LoopbackServer.Answer(body: String(repeating: "x", count: 1000), bytePause: .milliseconds(20))
        try await LoopbackServer.with(trickle) { server in
            let url = server.url
            await expect(.timeout, HTTPRequest(.get, url, timeout: .milliseconds(300)))
        }
    }

    @Test func iPv6AddressesAreReached() async throws {
        try await LoopbackServer.with(LoopbackServer.Answer(body: "six"), host: "::1") { server in
            let url = server.url
            #expect(url.hasPrefix("http://[::1]:"))
            let response = try await HTTPClientTransport().send(HTTPRequest(.get, url))
            #expect(response.text == "six")
        }
    }

    @Test func aCancelledTaskSaysSo() async throws {
        try await LoopbackServer.with(nil) { server in
            let url = server.url
            let task = Task { await outcome(HTTPRequest(.get, url, timeout: .seconds(60))) }
            task.cancel()
            #expect(await task.value == .cancelled)
        }
    }

    @Test func plainHTTPBeyondLoopbackIsRefusedUnsent() async {
        await expect(.insecureURL, HTTPRequest(.get, "http://192.0.2.1/", timeout: .seconds(60)))
    }

    @Test func aClosedPortRefuses() async throws {
        var closed = ""
        try await LoopbackServer.with(nil) { closed = $0.url }
        let start = ContinuousClock.now
        await expect(
            .connectionRefused, HTTPRequest(.get, closed, timeout: .seconds(1200), connectTimeout: .seconds(600)))
        // Not the ten minutes that connecting may take, however busy the machine is.
        #expect(ContinuousClock.now - start < .seconds(300))
    }

    @Test func aKeptConnectionThatTheServerClosesIsReplacedWhereThatIsSafe() async throws {
        try await LoopbackServer.with(LoopbackServer.Answer(body: "here", answersPerConnection: 1)) {
            server async throws in
            let url = server.url
            let transport = HTTPClientTransport()
            for _ in 0..<3 {
                let reason = await outcome(HTTPRequest(.get, url), over: transport)
                #expect(reason == nil)
            }
            // The connection kept from the one is closed on the other.
            var reasons: [TransportError.Reason?] = []
            for _ in 0..<2 { reasons.append(await outcome(HTTPRequest(.post, url), over: transport)) }
            #expect(reasons.count { $0 == .connectionFailed } == 1)
        }
    }

    @Test func aDescriptionShowsNoQueryHeaderOrBody() {
        let request = HTTPRequest(
            .post, "https://host/path?secret=1", headers: ["Authorization": "secret"], body: Array("secret".utf8))
        #expect("\(request)" == "POST https://host/path")
        #expect(!String(reflecting: request).contains("secret"))
    }

    private func expect(_ reason: TransportError.Reason, _ request: HTTPRequest) async {
        #expect(await outcome(request) == reason)
    }

    private func outcome(
        _ request: HTTPRequest, over transport: HTTPClientTransport = HTTPClientTransport()
    ) async -> TransportError.Reason? {
        do {
            _ = try await transport.send(request)
            return nil
        } catch {
            return error.reason
        }
    }
}
