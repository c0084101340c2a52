import AsyncHTTPClient
import Dispatch
import FoundationEssentials
import NIOCore
import NIOHTTP1
import NIOSSL
import Synchronization

/// HTTP over sockets, by async-http-client: no redirects, bounded answers, one timeout for the whole exchange.
///
/// Clients are made at the first request, so that a program that sends none starts no threads.
public final class HTTPClientTransport: HTTPTransport {
    private let proxy: ProxySettings?
    private let trustRoots: TrustRoots
    private let clients = Mutex<[Route: HTTPClient]>([:])

    /// What a client is configured by, beyond what they all share.
    private struct Route: Hashable {
        /// Whose certificate is wanted; `nil` for plain http.
        var certifiedHost: String?
        var proxy: ProxySettings.Server?
        var connectTimeout: Duration
    }

    /// - Parameters:
    ///   - proxy: for requests that ask for one.
    ///   - trustRoots: the certificate authorities to trust.
    public init(proxy: ProxySettings? = nil, trustRoots: TrustRoots = .system) {
        self.proxy = proxy
        self.trustRoots = trustRoots
    }

    deinit {
        clients.withLock { clients in
            for client in clients.values {
                client.shutdown(queue: .global()) { _ in }
            }
        }
    }

    public func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        let target = try TargetURL(request.url)
        guard target.permits(plainHTTP: request.allowsPlainHTTP) else {
            throw TransportError(.insecureURL, host: target.authority)
        }
        let proxy = request.usesProxy ? proxy(for: target) : nil
        do {
            let client = try client(
                Route(
                    certifiedHost: target.isSecure ? target.host : nil, proxy: proxy,
                    connectTimeout: request.connectTimeout))
            return try await Self.exchange(request, over: client)
        } catch let error as TransportError {
            throw TransportError(error.reason, host: target.authority, proxy: proxy?.shown, detail: error.detail)
        } catch {
            let failure = TransportError(explaining: error, host: target.authority, proxy: proxy?.shown)
            guard failure.isAboutCertificate else { throw failure }
            let probe = CertificateProbe(
                host: target.host, port: target.port, proxy: proxy, timeout: request.connectTimeout)
            throw failure.explained(by: try? await probe.certificate(), now: Date())
        }
    }

    func proxy(for target: TargetURL) -> ProxySettings.Server? { proxy?.server(for: target) }

    private func client(_ route: Route) throws -> HTTPClient {
        try clients.withLock { clients in
            if let ready = clients[route] { return ready }
            let made = HTTPClient(configuration: try configuration(route))
            clients[route] = made
            return made
        }
    }

    private func configuration(_ route: Route) throws -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: try trustRoots.configuration, redirectConfiguration: .disallow)
        configuration.timeout.connect = .nanoseconds(Int64(route.connectTimeout / .nanoseconds(1)))
        configuration.decompression = .disabled
        // A refusal is an answer: trying again until the connect timeout would only hide it.
        configuration.connectionPool.retryConnectionEstablishment = false
        if let host = route.certifiedHost {
            configuration.http1_1ConnectionDebugInitializer = { $0.checkCertificate(isFor: host) }
            configuration.http2ConnectionDebugInitializer = { $0.checkCertificate(isFor: host) }
        }
        if let proxy = route.proxy {
            configuration.proxy = .server(
                host: proxy.host, port: proxy.port,
                authorization: proxy.user.map { .basic(username: $0, password: proxy.password ?? "") })
        }
        return configuration
    }

    private static func exchange(_ request: HTTPRequest, over client: HTTPClient) async throws -> HTTPResponse {
        try await withThrowingTaskGroup(of: HTTPResponse.self) { group in
            group.addTask { try await collectPersistently(request, over: client) }
            group.addTask {
                try await Task.sleep(for: request.timeout)
                throw TransportError(.timeout, host: "", detail: "no answer within \(request.timeout)")
            }
            defer { group.cancelAll() }
            guard let first = try await group.next() else { throw CancellationError() }
            return first
        }
    }

    /// The server may close a kept connection just when it is used again: what may safely be sent twice is sent once
    /// more (RFC 9112 section 9.3.1).
    private static func collectPersistently(
        _ request: HTTPRequest, over client: HTTPClient
    ) async throws -> HTTPResponse {
        do {
            return try await collect(request, over: client)
        } catch  where request.method.isIdempotent && TransportError.isClosedConnection(error) {
            return try await collect(request, over: client)
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
            body: Array(body.readableBytesView), version: answer.version.description)
    }
}
