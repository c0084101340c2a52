import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A web server for one answer: 127.0.0.1 only, one path only, gone afterwards (RFC 8252 section 7.3).
public final class CallbackListener: Sendable {
    /// What the browser is shown.
    public struct Page: Sendable, Equatable {
        public var status: Int
        /// A whole HTML document.
        public var html: String

        public init(status: Int = 200, html: String) {
            self.status = status
            self.html = html
        }
    }

    /// A free one, chosen by the system.
    public let port: Int
    private let channel: any Channel
    private let queries: AsyncStream<String>
    private let arrivals: AsyncStream<String>.Continuation

    /// - Parameters:
    ///   - path: the only one that is answered: `/callback`.
    ///   - page: makes the page from the query of the one request that counts.
    /// - Throws: when no port can be had.
    public init(path: String, page: @escaping @Sendable (_ query: String) -> Page) async throws(TransportError) {
        let (queries, arrivals) = AsyncStream<String>.makeStream()
        let isTaken = Mutex(false)
        let desk = CallbackDesk(path: path, page: page) { query in
            let isFirst = isTaken.withLock { taken in
                defer { taken = true }
                return !taken
            }
            if isFirst { arrivals.yield(query) }
            return isFirst
        }
        do {
            let bound = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .serverChannelOption(.backlog, value: 16)
                .childChannelInitializer { channel in
                    channel.pipeline.configureHTTPServerPipeline(withPipeliningAssistance: false).flatMapThrowing {
                        try channel.pipeline.syncOperations.addHandler(CallbackHandler(desk))
                    }
                }
                .bind(host: "127.0.0.1", port: 0).get()
            guard let port = bound.localAddress?.port else { throw ChannelError.unknownLocalAddress }
            channel = bound
            self.port = port
        } catch {
            throw TransportError(.connectionFailed, host: "127.0.0.1", detail: "\(error)")
        }
        self.queries = queries
        self.arrivals = arrivals
    }

    deinit {
        channel.close(promise: nil)
    }

    /// The query, undecoded, of the one request that counts. Ends with the port closed, whatever happens.
    /// - Throws: `.timeout` when none came in time, `.cancelled`.
    public func query(within limit: Duration) async throws(TransportError) -> String {
        let arrived = await withTaskGroup(of: String?.self) { group in
            group.addTask { [queries] in
                for await query in queries { return query }
                return nil
            }
            group.addTask {
                try? await Task.sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
        await close()
        if let arrived { return arrived }
        throw TransportError(Task.isCancelled ? .cancelled : .timeout, host: "127.0.0.1:\(port)")
    }

    /// Frees the port.
    public func close() async {
        arrivals.finish()
        try? await channel.close()
    }
}

/// What is answered to whom, apart from the sockets.
private struct CallbackDesk: Sendable {
    let path: String
    let page: @Sendable (String) -> CallbackListener.Page
    /// Takes the query; false when one was taken before.
    let take: @Sendable (String) -> Bool

    func answer(_ head: HTTPRequestHead, port: Int) -> CallbackListener.Page {
        let parts = head.uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        // A page elsewhere whose name resolves to this host must not get through (DNS rebinding).
        let hosts = ["localhost:\(port)", "127.0.0.1:\(port)"]
        guard hosts.contains(head.headers.first(name: "Host") ?? ""), head.method == .GET, parts[0] == path else {
            return .init(status: 404, html: "<!doctype html><title>Not found</title><p>Nothing is here.")
        }
        let query = parts.count > 1 ? String(parts[1]) : ""
        guard take(query) else {
            return .init(status: 410, html: "<!doctype html><title>Over</title><p>An answer has arrived before.")
        }
        return page(query)
    }
}

private final class CallbackHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let desk: CallbackDesk
    private var head: HTTPRequestHead?

    init(_ desk: CallbackDesk) { self.desk = desk }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): self.head = head
        case .body: break
        case .end:
            guard let head else { return context.close(promise: nil) }
            answer(desk.answer(head, port: context.channel.localAddress?.port ?? 0), context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func answer(_ page: CallbackListener.Page, _ context: ChannelHandlerContext) {
        let headers: NIOHTTP1.HTTPHeaders = [
            "Content-Type": "text/html; charset=utf-8", "Content-Length": "\(page.html.utf8.count)",
            "Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "Connection": "close",
        ]
        let head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: page.status), headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: page.html)))), promise: nil)
        let channel = context.channel
        context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in channel.close(promise: nil) }
    }
}
