import FoundationEssentials
import NIOCore
import NIOExtras
import NIOHTTP1
import NIOPosix
import NIOSSL

/// Looks at a server's certificate: a handshake that is broken off when the certificate is there; nothing is sent.
struct CertificateProbe: Sendable {
    var host: String
    var port: Int
    var proxy: ProxySettings.Server?
    var timeout: Duration

    /// - Returns: the certificate as shown.
    /// - Throws: why none arrived, or not in time.
    func certificate() async throws(TransportError) -> ServerCertificate {
        let (name, way) = (port == 443 ? host : "\(host):\(port)", proxy?.shown)
        let shown: ServerCertificate?
        do {
            shown = try await withThrowingTaskGroup(of: ServerCertificate?.self) { group in
                group.addTask { try await handshake() }
                group.addTask {
                    try await Task.sleep(for: timeout)
                    return nil
                }
                defer { group.cancelAll() }
                return try await group.next() ?? nil
            }
        } catch {
            throw TransportError(explaining: error, host: name, proxy: way)
        }
        if let shown { return shown }
        throw TransportError(.tls, host: name, proxy: way, detail: "no certificate was shown")
    }

    private var limit: TimeAmount { .nanoseconds(Int64(timeout / .nanoseconds(1))) }

    private func handshake() async throws -> ServerCertificate? {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connectTimeout(limit)
            .connect(host: proxy?.host ?? TargetURL.bare(host), port: proxy?.port ?? port).get()
        let shown = channel.eventLoop.makePromise(of: ServerCertificate?.self)
        // Whatever happens, the promise is kept: the channel is closed by then.
        channel.closeFuture.whenComplete { _ in shown.succeed(nil) }
        let deadline = channel.eventLoop.scheduleTask(in: limit) { channel.close(promise: nil) }
        defer {
            deadline.cancel()
            channel.close(promise: nil)
        }
        if let proxy { try await openTunnel(channel, through: proxy).get() }
        try await addTLS(channel, shown)
        return try await shown.futureResult.get()
    }

    private func addTLS(_ channel: any Channel, _ shown: EventLoopPromise<ServerCertificate?>) async throws {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.certificateVerification = .noHostnameVerification
        let context = try NIOSSLContext(configuration: configuration)
        let isAddress = (try? SocketAddress(ipAddress: TargetURL.bare(host), port: 0)) != nil
        let name = isAddress ? nil : host
        try await channel.eventLoop.submit {
            let handler = try NIOSSLClientHandler(
                context: context, serverHostname: name,
                customVerificationCallback: { chain, verdict in
                    shown.succeed(chain.first.flatMap { try? $0.toDERBytes() }.flatMap(ServerCertificate.init(der:)))
                    verdict.succeed(.failed)
                })
            try channel.pipeline.syncOperations.addHandler(handler)
        }.get()
    }

    /// CONNECT (RFC 9110 section 9.3.6).
    private func openTunnel(_ channel: any Channel, through proxy: ProxySettings.Server) -> EventLoopFuture<Void> {
        var headers: NIOHTTP1.HTTPHeaders = ["Host": "\(host):\(port)"]
        if let user = proxy.user {
            let credentials = Data("\(user):\(proxy.password ?? "")".utf8).base64EncodedString()
            headers.add(name: "Proxy-Authorization", value: "Basic \(credentials)")
        }
        return channel.eventLoop.flatSubmit { [headers] in
            let opened = channel.eventLoop.makePromise(of: Void.self)
            let encoder = HTTPRequestEncoder()
            let decoder = ByteToMessageHandler(HTTPResponseDecoder(leftOverBytesStrategy: .forwardBytes))
            let connect = NIOHTTP1ProxyConnectHandler(
                targetHost: host, targetPort: port, headers: headers, deadline: .now() + limit, promise: opened)
            do {
                let pipeline = channel.pipeline.syncOperations
                try pipeline.addHandler(encoder)
                try pipeline.addHandler(decoder)
                try pipeline.addHandler(connect)
            } catch {
                opened.fail(error)
            }
            return opened.futureResult.assumeIsolated().flatMap {
                channel.pipeline.syncOperations.removeHandler(decoder).assumeIsolated().flatMap {
                    channel.pipeline.syncOperations.removeHandler(encoder)
                }.nonisolated()
            }.nonisolated()
        }
    }
}
