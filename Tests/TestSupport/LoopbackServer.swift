import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A server on a real socket of loopback that gives everybody the same answer, and remembers what it was asked.
package final class LoopbackServer: Sendable {
    package struct Answer: Sendable {
        package var status: HTTPResponseStatus
        package var headers: [String: String]
        package var body: String
        /// The next request on the connection finds it closed.
        package var answersPerConnection: Int

        package init(
            status: HTTPResponseStatus = .ok, headers: [String: String] = [:], body: String = "",
            answersPerConnection: Int = .max
        ) {
            self.status = status
            self.headers = headers
            self.body = body
            self.answersPerConnection = answersPerConnection
        }
    }

    /// With a slash at the end.
    package let url: String
    private let received: Received

    /// The heads of the requests that came, in order.
    package var requests: [HTTPRequestHead] { received.heads.withLock { $0 } }

    private init(port: Int, received: Received) {
        url = "http://127.0.0.1:\(port)/"
        self.received = received
    }

    /// - Parameter answer: `nil` for a server that accepts connections and stays silent.
    package static func with(
        _ answer: Answer?, _ body: (LoopbackServer) async throws -> Void
    ) async throws {
        let received = Received()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.pipeline.configureHTTPServerPipeline().flatMapThrowing {
                    guard let answer else { return }
                    try channel.pipeline.syncOperations.addHandler(AnswerHandler(answer, received))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        do {
            try await body(LoopbackServer(port: channel.localAddress?.port ?? 0, received: received))
        } catch {
            try? await channel.close()
            throw error
        }
        try await channel.close()
    }
}

private final class Received: Sendable {
    let heads = Mutex<[HTTPRequestHead]>([])
}

private final class AnswerHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart
    private let answer: LoopbackServer.Answer
    private let received: Received
    private var answered = 0

    init(_ answer: LoopbackServer.Answer, _ received: Received) {
        self.answer = answer
        self.received = received
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): received.heads.withLock { $0.append(head) }
        case .body: break
        case .end: reply(context)
        }
    }

    private func reply(_ context: ChannelHandlerContext) {
        guard answered < answer.answersPerConnection else { return context.close(promise: nil) }
        answered += 1
        var headers = HTTPHeaders(answer.headers.map { ($0.key, $0.value) })
        headers.add(name: "Content-Length", value: "\(answer.body.utf8.count)")
        context.write(
            wrapOutboundOut(.head(.init(version: .http1_1, status: answer.status, headers: headers))), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: answer.body)))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
}
