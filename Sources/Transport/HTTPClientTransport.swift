import AsyncHTTPClient
import Dispatch
import NIOCore
import NIOHTTP1
import NIOSSL
import Synchronization

/// HTTP over sockets, by async-http-client: no redirects, bounded answers, one timeout for the whole exchange.
///
/// Clients are made at the first request, so that a program that sends none starts no threads.
public final class HTTPClientTransport: HTTPTransport {
    private let proxy: ProxySettings?
    private let trustRootsFile: String?
    private let clients = Mutex(Clients())

    private struct Clients {
        var direct: HTTPClient?
        var proxied: HTTPClient?
    }

    /// - Parameters:
    ///   - proxy: for https requests that ask for one.
    ///   - trustRootsFile: a PEM file with the certificate authorities to trust instead of the system's.
    public init(proxy: ProxySettings? = nil, trustRootsFile: String? = nil) {
        self.proxy = proxy
        self.trustRootsFile = trustRootsFile
    }

    deinit {
        clients.withLock { clients in
            for client in [clients.direct, clients.proxied].compactMap({ $0 }) {
                client.shutdown(queue: .global()) { _ in }
            }
        }
    }

    public func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let target = try TargetURL(request.url)
        guard target.permits(plainHTTP: request.allowsPlainHTTP) else {
            throw TransportError(.insecureURL, host: target.authority)
        }
        let client = client(proxied: request.usesProxy && proxy?.applies(to: target) == true)
        do {
            return try await Self.exchange(request, over: client)
        } catch let error as TransportError {
            throw TransportError(error.reason, host: target.authority, detail: error.detail)
        } catch {
            throw TransportError(explaining: error, host: target.authority)
        }
    }

    private func client(proxied: Bool) -> HTTPClient {
        clients.withLock { clients in
            if let ready = proxied ? clients.proxied : clients.direct { return ready }
            let made = HTTPClient(configuration: configuration(proxied: proxied))
            if proxied { clients.proxied = made } else { clients.direct = made }
            return made
        }
    }

    private func configuration(proxied: Bool) -> HTTPClient.Configuration {
        var tls = TLSConfiguration.makeClientConfiguration()
        if let trustRootsFile { tls.trustRoots = .file(trustRootsFile) }
        var configuration = HTTPClient.Configuration(tlsConfiguration: tls, redirectConfiguration: .disallow)
        configuration.timeout.connect = .seconds(10)
        configuration.decompression = .disabled
        if proxied, let proxy {
            configuration.proxy = .server(host: proxy.host, port: proxy.port)
        }
        return configuration
    }

    private static func exchange(_ request: HTTPRequest, over client: HTTPClient) async throws -> HTTPResponse {
        try await withThrowingTaskGroup(of: HTTPResponse.self) { group in
            group.addTask { try await collect(request, over: client) }
            group.addTask {
                try await Task.sleep(for: request.timeout)
                throw TransportError(.timeout, host: "", detail: "no answer within \(request.timeout)")
            }
            defer { group.cancelAll() }
            guard let first = try await group.next() else { throw CancellationError() }
            return first
        }
    }

    private static func collect(_ request: HTTPRequest, over client: HTTPClient) async throws -> HTTPResponse {
        var outgoing = HTTPClientRequest(url: request.url)
        outgoing.method = .RAW(value: request.method.rawValue)
        for field in request.headers.fields { outgoing.headers.add(name: field.name, value: field.value) }
        if !request.body.isEmpty { outgoing.body = .bytes(request.body) }
        // The whole exchange is bounded by the caller; this bound only keeps the library's own from being shorter.
        let answer = try await client.execute(outgoing, timeout: .seconds(600))
        let body = try await answer.body.collect(upTo: request.maximumAnswerBytes)
        return HTTPResponse(
            status: Int(answer.status.code), headers: HTTPHeaders(answer.headers.map { ($0.name, $0.value) }),
            body: Array(body.readableBytesView))
    }
}
