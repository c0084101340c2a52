import AWSCaller
import Glibc
import Logging
import Transport

/// What was asked and what came back, one line a request: method, host and path only, never headers, queries or bodies.
struct RequestLog: Sendable {
    private let logger: Logger

    /// - Returns: `nil` when the person asked for no log.
    static func make(_ options: CommonOptions) -> RequestLog? {
        guard options.debug || options.logFile != nil else { return nil }
        var handlers: [any LogHandler] = []
        if options.debug { handlers.append(StreamLogHandler.standardError(label: "cgid")) }
        if let path = options.logFile { handlers.append(FileLogHandler(path: path)) }
        var logger = Logger(label: "cgid") { _ in MultiplexLogHandler(handlers) }
        logger.logLevel = .debug
        return RequestLog(logger: logger)
    }

    func answered(_ request: HTTPRequest, status: Int, after elapsed: Duration) {
        logger.debug("\(request) → \(status) after \(TimeText.measured(elapsed))")
    }

    func failed(_ request: HTTPRequest, _ error: TransportError, after elapsed: Duration) {
        logger.debug("\(request) → \(error.reason) after \(TimeText.measured(elapsed))")
    }
}

/// Appends each record as one line to a file of mode 0600, never through a link.
private struct FileLogHandler: LogHandler {
    let path: String
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .debug

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        let line = "\(time(nil)) \(event.level) \(event.message)\n"
        _ = line.withCString { write(descriptor, $0, strlen($0)) }
    }
}
