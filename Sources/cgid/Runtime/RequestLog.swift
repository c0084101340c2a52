import AWSCaller
import FoundationEssentials
import Glibc
import Logging

/// What was asked and what came back, one line a request: method, host and path only, never headers, queries or bodies.
struct RequestLog: Sendable {
    private let logger: Logger
    private let redaction: Redaction

    /// - Returns: `nil` when the person asked for no log.
    /// - Throws: `Failure` when the log's file can't be written.
    static func make(_ options: CommonOptions, environment: Environment) throws(Failure) -> RequestLog? {
        guard options.debug || options.logFile != nil else { return nil }
        var handlers: [any LogHandler] = []
        if options.debug { handlers.append(StreamLogHandler.standardError(label: "cgid")) }
        if let path = options.logFile {
            close(try FileLogHandler.open(path))
            handlers.append(FileLogHandler(path: path))
        }
        var logger = Logger(label: "cgid") { _ in MultiplexLogHandler(handlers) }
        logger.logLevel = .debug
        return RequestLog(logger: logger, redaction: Redaction(secrets: environment.secrets))
    }

    func note(_ entry: RequestHistory.Entry) {
        let id = entry.requestId.map { ", request id \($0)" } ?? ""
        let line = "\(entry.request) → \(entry.outcome) after \(entry.milliseconds) ms\(id)"
        logger.debug("\(redaction.text(line))")
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
        guard let descriptor = try? Self.open(path) else { return }
        defer { close(descriptor) }
        let line = "\(Date().formatted(.iso8601)) \(event.level) \(event.message)\n"
        _ = line.withCString { write(descriptor, $0, strlen($0)) }
    }

    static func open(_ path: String) throws(Failure) -> Int32 {
        let descriptor = Glibc.open(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0o600)
        guard descriptor >= 0, fchmod(descriptor, 0o600) == 0 else {
            let reason = String(cString: strerror(errno))
            if descriptor >= 0 { close(descriptor) }
            throw Failure(
                "The log can't be written to \(path)", remedy: "Name another file with --log-file", detail: reason,
                category: .usage)
        }
        return descriptor
    }
}
