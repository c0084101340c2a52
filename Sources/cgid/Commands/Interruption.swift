import Dispatch
import Glibc

/// ^C, or a request to end.
enum Interruption {
    /// ^C (SIGINT).
    case keyboard
    /// SIGTERM or SIGHUP.
    case request

    private static let signals = [SIGINT, SIGTERM, SIGHUP]

    /// Waits for the first one.
    @discardableResult
    static func wait() async -> Interruption {
        for number in signals { signal(number, SIG_IGN) }
        let (stream, continuation) = AsyncStream.makeStream(of: Interruption.self)
        let sources = signals.map { number in
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { continuation.yield(number == SIGINT ? .keyboard : .request) }
            source.resume()
            return source
        }
        var first = Interruption.request
        for await interruption in stream {
            first = interruption
            break
        }
        for source in sources { source.cancel() }
        return first
    }
}
