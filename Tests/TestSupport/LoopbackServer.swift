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
        /// Between two bytes of the body, which then never ends; `nil` sends it at once.
        package var bytePause: TimeAmount?

        package init(
            status: HTTPResponseStatus = .ok, headers: [String: String] = [:], body: String = "",
            answersPerConnection: Int = .max, bytePause: TimeAmount? = nil
        ) {
            self.status = status
            self.headers = headers
            self.body = body
            self.answersPerConnection = answersPerConnection
            self.bytePause = bytePause
        }
    }

    /// With a slash at the end.
    package let url: String
    private let received: Received

    /// The heads of the requests that came, in order.
    package var requests: [HTTPRequestHead] { received.heads.withLock { $0 } }

    private init(host: String, port: Int, received: Received) {
        url = "http://\(host.contains(":") ? "[\(host)]" : host):\(port)/"
        self.received = received
    }

    /// - Parameter answer: `nil` for a server that accepts connections and stays silent.
    package static func with(
        _ answer: Answer?, host: String = "127.0.0.1", _ body: (LoopbackServer) async throws -> Void
    ) async throws {
        let received = Received()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.pipeline.configureHTTPServerPipeline().flatMapThrowing {
                    guard let answer else { return }
                    try channel.pipeline.syncOperations.addHandler(AnswerHandler(answer, received))
                }
            }
            .bind(host: host, port: 0).get()
        do {
            try await body(LoopbackServer(host: host, port: channel.localAddress?.port ?? 0, received: received))
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
        guard let pause = answer.bytePause else {
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: answer.body)))), promise: nil)
            return context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
        trickle(context, pause)
    }

    private func trickle(_ context: ChannelHandlerContext, _ pause: TimeAmount) {
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        let task = context.eventLoop.scheduleRepeatedTask(initialDelay: pause, delay: pause) { _ in
            let part = HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(string: "x")))
            bound.value.writeAndFlush(NIOAny(part), promise: nil)
        }
        context.channel.closeFuture.whenComplete { _ in task.cancel() }
    }
}
