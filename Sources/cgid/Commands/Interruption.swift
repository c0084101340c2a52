import Dispatch
import Glibc

/// Waits for ^C or a polite request to end.
enum Interruption {
    private static let signals = [SIGINT, SIGTERM, SIGHUP]

    static func wait() async {
        for number in signals { signal(number, SIG_IGN) }
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        let sources = signals.map { DispatchSource.makeSignalSource(signal: $0, queue: .global()) }
        for source in sources {
            source.setEventHandler { continuation.yield() }
            source.resume()
        }
        for await _ in stream { break }
        for source in sources { source.cancel() }
    }
}
