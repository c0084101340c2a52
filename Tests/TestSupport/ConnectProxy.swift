import NIOCore
import NIOPosix
import Synchronization

/// A proxy on a real socket of loopback that opens tunnels (RFC 9110 section 9.3.6). Whatever name is asked for leads to
/// one port of this host, and every request that comes is remembered.
package final class ConnectProxy: Sendable {
    /// The first line of a request and its `Proxy-Authorization`.
    package struct Request: Sendable, Equatable {
        package var line: String
        package var authorization: String?
    }

    package let port: Int
    private let log: RequestLog
    package var requests: [Request] { log.all.withLock { $0 } }
    /// `http://127.0.0.1:PORT`
    package var url: String { "http://127.0.0.1:\(port)" }

    private init(port: Int, log: RequestLog) {
        self.port = port
        self.log = log
    }

    /// - Parameters:
    ///   - upstream: the port of 127.0.0.1 that tunnels lead to.
    ///   - refusal: the status line's code and words, `403 Forbidden`, with which every tunnel is refused.
    package static func with<Result: Sendable>(
        upstream: Int, refusing refusal: String? = nil, _ body: (ConnectProxy) async throws -> Result
    ) async throws -> Result {
        let log = RequestLog()
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handler = TunnelHandler(upstream: upstream, refusal: refusal, log: log)
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        do {
            let result = try await body(ConnectProxy(port: server.localAddress?.port ?? 0, log: log))
            try await server.close()
            return result
        } catch {
            try? await server.close()
            throw error
        }
    }
}

private final class RequestLog: Sendable {
    let all = Mutex<[ConnectProxy.Request]>([])
}

/// Reads the request, then copies what the client says; what the other side says comes by a `Copier`.
private final class TunnelHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private let upstream: Int
    private let refusal: String?
    private let log: RequestLog
    private var head = ""
    private var server: (any Channel)?

    init(upstream: Int, refusal: String?, log: RequestLog) {
        (self.upstream, self.refusal, self.log) = (upstream, refusal, log)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let chunk = unwrapInboundIn(data)
        if let server { return server.writeAndFlush(chunk, promise: nil) }
        head += String(buffer: chunk)
        guard head.hasSuffix("\r\n\r\n") else { return }
        record()
        guard let refusal else { return open(context) }
        let answer = ByteBuffer(string: "HTTP/1.1 \(refusal)\r\nContent-Length: 0\r\n\r\n")
        let channel = context.channel
        channel.writeAndFlush(answer).whenComplete { _ in channel.close(promise: nil) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        server?.close(promise: nil)
    }

    private func record() {
        let lines = head.split(separator: "\r\n").map(String.init)
        let prefix = "proxy-authorization: "
        let authorization = lines.first { $0.lowercased().hasPrefix(prefix) }?.dropFirst(prefix.count)
        let request = ConnectProxy.Request(line: lines.first ?? "", authorization: authorization.map(String.init))
        log.all.withLock { $0.append(request) }
    }

    private func open(_ context: ChannelHandlerContext) {
        let client = context.channel
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        ClientBootstrap(group: context.eventLoop)
            .channelInitializer { server in
                server.eventLoop.makeCompletedFuture {
                    try server.pipeline.syncOperations.addHandler(Copier(to: client))
                }
            }
            .connect(host: "127.0.0.1", port: upstream).whenComplete { result in
                guard case .success(let server) = result else { return client.close(promise: nil) }
                bound.value.server = server
                client.writeAndFlush(
                    ByteBuffer(string: "HTTP/1.1 200 Connection established\r\n\r\n"), promise: nil)
            }
    }
}

private final class Copier: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private let target: any Channel

    init(to target: any Channel) { self.target = target }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        target.writeAndFlush(unwrapInboundIn(data), promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        target.close(promise: nil)
    }
}
