import AWSCaller
import FoundationEssentials
import Glibc
import Hummingbird
import HummingbirdCore
import HummingbirdHTTP2
import Logging
import NIOCore
import Synchronization
import Transport

/// Hummingbird's server, whichever protocol it speaks.
private protocol Quiescing: Sendable {
    func shutdownGracefully() async throws
}

extension Server: Quiescing {}

/// Thrown instead of an answer: the connection is closed.
private struct CutConnection: Error {}

/// An HTTP server on 127.0.0.1, stopped when it is let go.
final class LoopbackServer: Sendable {
    typealias Handler = @Sendable (Incoming) async -> Reply

    /// The port it listens on.
    let port: Int
    private let task: Task<Void, any Error>
    private let service: any Quiescing

    /// Longer request bodies are refused: nothing that speaks to the sandbox needs more.
    private static let maximumBody = 1 << 20

    /// - Parameters:
    ///   - port: 0 lets the system choose a free one.
    ///   - tls: serves https, HTTP/2 included.
    ///   - now: the clock that the `Date` header is written by.
    ///   - makeHandler: called once, with the port, before the first request is answered.
    /// - Throws: when the port can't be had.
    init(
        port: Int, tls: SandboxCertificate? = nil, now: @escaping @Sendable () -> Date,
        makeHandler: @escaping @Sendable (Int) async throws -> Handler
    ) async throws {
        let handler = Mutex<Handler?>(nil)
        let (ports, listening) = AsyncThrowingStream<Int, any Error>.makeStream()
        let builder = try tls.map { try HTTPServerBuilder.http2Upgrade(tlsConfiguration: $0.serverConfiguration) }
        let server = try (builder ?? .http1()).buildServer(
            configuration: ServerConfiguration(address: .hostname("127.0.0.1", port: port)),
            eventLoopGroup: EventLoopGroupProvider.singleton.eventLoopGroup,
            logger: Logger(label: "sandbox", factory: { _ in SwiftLogNoOpLogHandler() }),
            responder: { request, writer, _ in
                let reply = await Self.reply(to: request, by: handler.withLock { $0 })
                guard reply.status > 0 else { throw CutConnection() }
                let whole = Self.response(reply, date: now())
                let response = request.method == .head ? whole.createHeadResponse() : whole
                try await writer.write(response: response.head, body: response.body)
            },
            onServerRunning: { channel in
                listening.yield(channel.localAddress?.port ?? port)
                listening.finish()
            })
        guard let service = server as? any Quiescing else { throw SandboxError.port(port, "no server") }
        self.service = service
        task = Task {
            do {
                try await server.run()
            } catch {
                listening.finish(throwing: error)
                throw error
            }
        }
        do {
            self.port = try await Self.first(of: ports, asked: port)
            let made = try await makeHandler(self.port)
            handler.withLock { $0 = made }
        } catch {
            task.cancel()
            throw error
        }
    }

    private static func first(
        of ports: AsyncThrowingStream<Int, any Error>, asked: Int
    ) async throws(SandboxError) -> Int {
        do {
            for try await port in ports { return port }
        } catch {
            throw .port(asked, (error as? IOError).map { String(cString: strerror($0.errnoCode)) } ?? "\(error)")
        }
        throw .port(asked, "the server stopped before it listened")
    }

    deinit { task.cancel() }

    /// Answers that take longer are cut off by `stop`.
    private static let patience = Duration.milliseconds(300)

    /// Closes the port, then every connection; returns when they are closed.
    ///
    /// The port first: swift-nio traps when a connection is dropped that was accepted but not yet served.
    func stop() async {
        Task { [service] in try await service.shutdownGracefully() }
        let limit = Task { [task] in
            try? await Task.sleep(for: Self.patience)
            task.cancel()
        }
        _ = await task.result
        limit.cancel()
    }

    private static func reply(to request: Request, by handler: Handler?) async -> Reply {
        guard let handler else { return .text("starting", status: 503) }
        do {
            return await handler(try await incoming(request))
        } catch {
            return .text("the request body is longer than \(maximumBody) bytes", status: 413)
        }
    }

    private static func incoming(_ request: Request) async throws -> Incoming {
        let body = try await request.body.collect(upTo: maximumBody)
        let target = request.head.path ?? "/"
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var headers = HTTPHeaders()
        if let host = request.head.authority { headers.add("Host", host) }
        for field in request.headers { headers.add(field.name.rawName, field.value) }
        return Incoming(
            method: request.method.rawValue, path: parts[0].isEmpty ? "/" : String(parts[0]),
            query: parts.count > 1 ? String(parts[1]) : "", headers: headers, body: Array(body.readableBytesView))
    }

    private static func response(_ reply: Reply, date: Date) -> Response {
        var fields = HTTPFields()
        fields[.date] = HTTPDate.format(date)
        for field in reply.headers.fields {
            guard let name = HTTPFields.Element.Name(field.name) else { continue }
            fields.append(HTTPFields.Element(name: name, value: field.value))
        }
        return Response(
            status: .init(code: reply.status), headers: fields,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: reply.body)))
    }
}
