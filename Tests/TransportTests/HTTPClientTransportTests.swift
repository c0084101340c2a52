import NIOCore
import NIOHTTP1
import NIOPosix
import Testing
import Transport

@Suite struct HTTPClientTransportTests {
    @Test func anAnswerArrivesWithItsStatusHeadersAndBody() async throws {
        try await withServer(.init(status: .imATeapot, headers: ["X-Test": "yes"], body: "short and stout")) { url in
            let response = try await HTTPClientTransport().send(HTTPRequest(.post, url, body: Array("x".utf8)))
            #expect(response.status == 418)
            #expect(response.headers["x-test"] == "yes")
            #expect(response.text == "short and stout")
        }
    }

    @Test func redirectsAreAnswersAndNeverFollowed() async throws {
        try await withServer(.init(status: .found, headers: ["Location": "http://127.0.0.1:1/"])) { url in
            let response = try await HTTPClientTransport().send(HTTPRequest(.get, url))
            #expect(response.status == 302)
        }
    }

    @Test func aLongerAnswerThanAllowedIsAnError() async throws {
        try await withServer(.init(body: String(repeating: "x", count: 2000))) { url in
            await expect(.answerTooLarge, HTTPRequest(.get, url, maximumAnswerBytes: 1999))
        }
    }

    @Test func aSilentServerTimesOut() async throws {
        try await withServer(nil) { url in
            await expect(.timeout, HTTPRequest(.get, url, timeout: .milliseconds(50)))
        }
    }

    /// Each byte arrives in time; the whole answer does not.
    @Test func anAnswerThatTricklesTimesOutAsAWhole() async throws {
        try await withServer(Answer(body: String(repeating: "x", count: 1000), bytePause: .milliseconds(20))) { url in
            let start = ContinuousClock.now
            await expect(.timeout, HTTPRequest(.get, url, timeout: .milliseconds(300)))
            #expect(ContinuousClock.now - start < .seconds(15))
        }
    }

    @Test func iPv6AddressesAreReached() async throws {
        try await withServer(Answer(body: "six"), host: "::1") { url in
            #expect(url.hasPrefix("http://[::1]:"))
            let response = try await HTTPClientTransport().send(HTTPRequest(.get, url))
            #expect(response.text == "six")
        }
    }

    @Test func aCancelledTaskSaysSo() async throws {
        try await withServer(nil) { url in
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
        try await withServer(nil) { closed = $0 }
        let start = ContinuousClock.now
        await expect(
            .connectionRefused, HTTPRequest(.get, closed, timeout: .seconds(120), connectTimeout: .seconds(60)))
        // Not the minute that connecting may take.
        #expect(ContinuousClock.now - start < .seconds(30))
    }

    @Test func aKeptConnectionThatTheServerClosesIsReplacedWhereThatIsSafe() async throws {
        try await withServer(Answer(body: "here", answersPerConnection: 1)) { url async throws in
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

    private struct Answer: Sendable {
        var status = HTTPResponseStatus.ok
        var headers: [String: String] = [:]
        var body = ""
        /// After so many the connection is closed instead of the next answer.
        var answersPerConnection = Int.max
        /// Between two bytes of the body.
        var bytePause: TimeAmount?
    }

    /// Serves one answer to every request on a free loopback port; `nil` accepts and stays silent.
    private func withServer(
        _ answer: Answer?, host: String = "127.0.0.1", _ body: (String) async throws -> Void
    ) async throws {
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.pipeline.configureHTTPServerPipeline().flatMapThrowing {
                    guard let answer else { return }
                    try channel.pipeline.syncOperations.addHandler(AnswerHandler(answer))
                }
            }
            .bind(host: host, port: 0).get()
        let port = try #require(channel.localAddress?.port)
        do {
            try await body("http://\(host.contains(":") ? "[\(host)]" : host):\(port)/")
        } catch {
            try? await channel.close()
            throw error
        }
        try await channel.close()
    }

    private final class AnswerHandler: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart
        let answer: Answer
        private var answered = 0

        init(_ answer: Answer) { self.answer = answer }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            guard case .end = unwrapInboundIn(data) else { return }
            guard answered < answer.answersPerConnection else { return context.close(promise: nil) }
            answered += 1
            var headers = NIOHTTP1.HTTPHeaders(answer.headers.map { ($0.key, $0.value) })
            headers.add(name: "Content-Length", value: "\(answer.body.utf8.count)")
            context.write(
                wrapOutboundOut(.head(.init(version: .http1_1, status: answer.status, headers: headers))), promise: nil)
            guard let pause = answer.bytePause else {
                context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: answer.body)))), promise: nil)
                return context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
            }
            let channel = NIOLoopBound(context, eventLoop: context.eventLoop)
            let task = context.eventLoop.scheduleRepeatedTask(initialDelay: pause, delay: pause) { _ in
                let part = HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(string: "x")))
                channel.value.writeAndFlush(NIOAny(part), promise: nil)
            }
            context.channel.closeFuture.whenComplete { _ in task.cancel() }
        }
    }
}
