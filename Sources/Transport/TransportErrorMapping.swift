import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOExtras
import NIOHTTP1
import NIOPosix
import NIOSSL

extension TransportError {
    /// Finds the reason in what the libraries threw.
    init(explaining error: any Error, host: String, proxy: Proxy? = nil) {
        let reason = Self.reason(error)
        // What a proxy answers instead of opening the way may hold headers.
        let detail = reason == .proxyRefused || reason == .proxyAuthentication ? "" : Self.words(error)
        self.init(reason, host: host, proxy: proxy, detail: detail)
    }

    /// The library's words, bounded; of BoringSSL's only its reason, `WRONG_VERSION_NUMBER`.
    private static func words(_ error: any Error) -> String {
        if isClosedConnection(error) { return "the other side closed the connection without an answer" }
        let text = "\(error)"
        guard let reason = text.firstMatch(of: /OPENSSL_internal:([A-Z0-9_]+)/) else {
            return String(text.trimmingPrefix("HTTPClientError.").prefix(300))
        }
        return reason.output.1.lowercased().replacing("_", with: " ")
    }

    private static func reason(_ error: any Error) -> Reason {
        switch error {
        case is CancellationError: return Task.isCancelled ? .cancelled : .connectionFailed
        case is NIOTooManyBytesError: return .answerTooLarge
        case is HTTPParserError: return .malformedAnswer
        case let error as NIOSSLExtraError: return error == .failedToValidateHostname ? .wrongHostName : .tls
        case is NIOSSLError, is BoringSSLError: return isRefusedCertificate(error) ? .untrustedCertificate : .tls
        case let error as HTTPClientError: return reason(error)
        case let error as NIOConnectionError: return reason(error)
        case let error as NIOHTTP1ProxyConnectHandler.Error: return reason(error)
        case let error as IOError: return reason(error)
        case let error as ChannelError:
            if case .connectTimeout = error { return .connectTimeout }
            return .connectionFailed
        default: return .connectionFailed
        }
    }

    private static func reason(_ error: HTTPClientError) -> Reason {
        switch error {
        case .cancelled: .cancelled
        case .connectTimeout: .connectTimeout
        case .deadlineExceeded, .readTimeout, .writeTimeout, .getConnectionFromPoolTimeout: .timeout
        case .invalidURL, .emptyHost, .emptyScheme: .invalidURL
        case .tlsHandshakeTimeout: .tls
        case .proxyAuthenticationRequired: .proxyAuthentication
        case .invalidProxyResponse: .proxyRefused
        case .httpProxyHandshakeTimeout: .connectTimeout
        default: .connectionFailed
        }
    }

    private static func reason(_ error: NIOHTTP1ProxyConnectHandler.Error) -> Reason {
        if error == .proxyAuthenticationRequired() { return .proxyAuthentication }
        if error == .httpProxyHandshakeTimeout() { return .connectTimeout }
        return "\(error)".hasPrefix("Invalid Proxy Response") ? .proxyRefused : .connectionFailed
    }

    private static func reason(_ error: NIOConnectionError) -> Reason {
        if error.connectionErrors.isEmpty { return .unknownHost }
        return error.connectionErrors.map { reason($0.error) }.first { $0 != .connectionFailed } ?? .connectionFailed
    }

    private static func reason(_ error: IOError) -> Reason {
        error.errnoCode == ECONNREFUSED ? .connectionRefused : .connectionFailed
    }

    /// BoringSSL says only in words which part of the handshake failed.
    private static func isRefusedCertificate(_ error: any Error) -> Bool {
        "\(error)".contains("CERTIFICATE_VERIFY_FAILED")
    }

    /// Whether the other side closed the connection instead of answering.
    static func isClosedConnection(_ error: any Error) -> Bool {
        switch error {
        case let error as HTTPClientError: error == .remoteConnectionClosed
        case let error as ChannelError: error == .ioOnClosedChannel
        case let error as IOError: error.errnoCode == ECONNRESET || error.errnoCode == EPIPE
        default: false
        }
    }
}

extension TransportError {
    /// The reason found more exactly by the certificate itself.
    /// - Parameter now: this host's clock, by which it was judged.
    func explained(by certificate: ServerCertificate?, now: Date) -> TransportError {
        guard let certificate else { return self }
        var explained = self
        explained.certificate = certificate
        guard reason == .untrustedCertificate else { return explained }
        if certificate.validUntil < now { explained.reason = .expiredCertificate }
        if certificate.validFrom > now { explained.reason = .earlyCertificate }
        return explained
    }

    var isAboutCertificate: Bool { reason == .untrustedCertificate || reason == .wrongHostName }
}
