import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

extension TransportError {
    /// Finds the reason in what the libraries threw.
    init(explaining error: any Error, host: String) {
        self.init(Self.reason(error), host: host, detail: String("\(error)".prefix(300)))
    }

    private static func reason(_ error: any Error) -> Reason {
        switch error {
        case is CancellationError: return Task.isCancelled ? .cancelled : .connectionFailed
        case is NIOTooManyBytesError: return .answerTooLarge
        case is HTTPParserError: return .malformedAnswer
        case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError: return .tls
        case let error as HTTPClientError: return reason(error)
        case let error as NIOConnectionError: return reason(error)
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
        default: .connectionFailed
        }
    }

    private static func reason(_ error: NIOConnectionError) -> Reason {
        if error.connectionErrors.isEmpty { return .unknownHost }
        return error.connectionErrors.map { reason($0.error) }.first { $0 != .connectionFailed } ?? .connectionFailed
    }

    private static func reason(_ error: IOError) -> Reason {
        error.errnoCode == ECONNREFUSED ? .connectionRefused : .connectionFailed
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
