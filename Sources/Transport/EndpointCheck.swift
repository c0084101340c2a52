import FoundationEssentials
import NIOCore
import NIOPosix

/// Reaches for a service step by step, so that it can be seen where the way to it ends: name, connection, TLS, HTTP.
public struct EndpointCheck: Sendable {
    public enum Step: String, Sendable, Hashable, CaseIterable, Codable {
        case dns
        case tcp
        case tls
        case http
    }

    public enum Outcome: Sendable, Equatable {
        /// What was found, in a few words.
        case passed(String)
        /// It has no meaning here, and why.
        case skipped(String)
        case failed(TransportError)
        /// An earlier step failed.
        case notReached
    }

    public struct Report: Sendable, Equatable {
        public var url: String
        public var steps: [Step: Outcome] = [:]
        public var elapsed: [Step: Duration] = [:]
        /// The `Date` field of the answer, and this host's clock in the middle of the exchange.
        public var date: String?
        public var answeredAt: Date?

        public var failure: TransportError? {
            for step in Step.allCases { if case .failed(let error) = steps[step] { return error } }
            return nil
        }
    }

    let transport: HTTPClientTransport
    let now: @Sendable () -> Date

    public init(transport: HTTPClientTransport, now: @escaping @Sendable () -> Date) {
        self.transport = transport
        self.now = now
    }

    /// - Parameters:
    ///   - url: is asked for with GET; any answer will do.
    ///   - limit: for each step.
    public func run(_ url: String, limit: Duration) async -> Report {
        var report = Report(url: url)
        do throws(TransportError) {
            let target = try TargetURL(url)
            let proxy = transport.proxy(for: target)
            let address = try await step(.dns, &report) { () async throws(TransportError) in
                try await Self.bounded(limit, target, proxy) {
                    try await Self.resolve(proxy?.host ?? target.host, proxy?.port ?? target.port)
                }
            } words: {
                ($0.ipAddress ?? "found") + (proxy == nil ? "" : " (proxy \(proxy?.host ?? ""))")
            }
            try await step(.tcp, &report) { () async throws(TransportError) in
                try await Self.bounded(limit, target, proxy) { try await Self.connect(address, limit: limit) }
            } words: { _ in
                "port \(proxy?.port ?? target.port) open"
            }
            try await talk(target, limit: limit, &report)
        } catch {
            let failed = Step.allCases.first { report.steps[$0] == nil } ?? .http
            report.steps[failed] = .failed(error)
        }
        for step in Step.allCases where report.steps[step] == nil { report.steps[step] = .notReached }
        return report
    }

    @discardableResult
    private func step<Value>(
        _ step: Step, _ report: inout Report, _ work: () async throws(TransportError) -> Value,
        words: (Value) -> String
    ) async throws(TransportError) -> Value {
        let start = ContinuousClock.now
        defer { report.elapsed[step] = start.duration(to: .now) }
        let value = try await work()
        report.steps[step] = .passed(words(value))
        return value
    }

    /// The certificate is looked at first; whether it is trusted is what the exchange decides.
    private func talk(_ target: TargetURL, limit: Duration, _ report: inout Report) async throws(TransportError) {
        report.steps[.tls] = .skipped("plain http")
        if target.isSecure {
            report.steps[.tls] = nil
            try await step(.tls, &report) { () async throws(TransportError) in
                try await certificate(of: target, limit: limit)
            } words: {
                "signed by \($0.issuer), until \($0.validUntil.formatted(.iso8601))"
            }
        }
        let (sentAt, url) = (now(), report.url)
        do throws(TransportError) {
            let response = try await step(.http, &report) { () async throws(TransportError) in
                try await transport.send(HTTPRequest(.get, url, timeout: limit, connectTimeout: limit))
            } words: {
                "\($0.version) \($0.status)"
            }
            report.date = response.headers["Date"]
            report.answeredAt = sentAt.addingTimeInterval(now().timeIntervalSince(sentAt) / 2)
        } catch {
            if error.reason.isAboutTLS { report.steps[.tls] = nil }
            throw error
        }
    }

    private func certificate(of target: TargetURL, limit: Duration) async throws(TransportError) -> ServerCertificate {
        try await CertificateProbe(
            host: target.host, port: target.port, proxy: transport.proxy(for: target), timeout: limit
        ).certificate()
    }
}

extension EndpointCheck {
    private static func resolve(_ host: String, _ port: Int) async throws -> SocketAddress {
        try await NIOThreadPool.singleton.runIfActive {
            do {
                return try SocketAddress.makeAddressResolvingHost(TargetURL.bare(host), port: port)
            } catch {
                throw TransportError(.unknownHost, host: host, detail: "\(error)")
            }
        }
    }

    private static func connect(_ address: SocketAddress, limit: Duration) async throws {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(.nanoseconds(Int64(limit / .nanoseconds(1)))).connect(to: address).get()
        try? await channel.close()
    }

    /// A name that DNS never answers for holds a thread until the resolver gives up, but nobody waits for it.
    private static func bounded<Value: Sendable>(
        _ limit: Duration, _ target: TargetURL, _ proxy: ProxySettings.Server?,
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws(TransportError) -> Value {
        let (host, proxy) = (target.authority, proxy?.shown)
        let (results, sink) = AsyncStream<Result<Value, any Error>>.makeStream()
        let worker = Task {
            do { sink.yield(.success(try await work())) } catch { sink.yield(.failure(error)) }
        }
        let clock = Task {
            try await Task.sleep(for: limit)
            sink.yield(
                .failure(TransportError(.timeout, host: host, proxy: proxy, detail: "no answer within \(limit)")))
        }
        defer {
            worker.cancel()
            clock.cancel()
        }
        var first: Result<Value, any Error>?
        for await result in results {
            first = result
            break
        }
        switch first {
        case .success(let value): return value
        case .failure(let error as TransportError):
            throw TransportError(error.reason, host: host, proxy: proxy, detail: error.detail)
        case .failure(let error): throw TransportError(explaining: error, host: host, proxy: proxy)
        case nil: throw TransportError(.cancelled, host: host)
        }
    }
}

extension TransportError.Reason {
    fileprivate var isAboutTLS: Bool {
        switch self {
        case .untrustedCertificate, .expiredCertificate, .earlyCertificate, .wrongHostName, .tls: true
        default: false
        }
    }
}
