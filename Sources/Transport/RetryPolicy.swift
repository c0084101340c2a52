/// How often and after what pause a call is made again. Time and chance are handed in.
public struct RetryPolicy: Sendable {
    /// Tries in all.
    public var attempts: Int
    /// Before the second try.
    public var backoff: Duration
    /// What each further pause is multiplied by.
    public var growth: Int
    /// Added to each pause.
    public var jitter: @Sendable () -> Duration
    /// Returns false when it was cancelled.
    public var sleep: @Sendable (Duration) async -> Bool

    public init(
        attempts: Int, backoff: Duration, growth: Int = 1, jitter: @escaping @Sendable () -> Duration,
        sleep: @escaping @Sendable (Duration) async -> Bool
    ) {
        self.attempts = attempts
        self.backoff = backoff
        self.growth = growth
        self.jitter = jitter
        self.sleep = sleep
    }

    /// Chainguard's SDK: 3 tries, 100 ms and up to 100 ms more between them.
    public static let standard = RetryPolicy(
        attempts: 3, backoff: .milliseconds(100), jitter: { .milliseconds(Int.random(in: 0...100)) }, sleep: Self.wait)

    /// The AWS CLI's standard retry mode: 3 tries, pauses that double, with jitter.
    public static let aws = RetryPolicy(
        attempts: 3, backoff: .milliseconds(100), growth: 2, jitter: { .milliseconds(Int.random(in: 0...100)) },
        sleep: Self.wait)

    /// For rights that reach every server only a while after they were given: 6 tries over about 15 s.
    public static let creation = RetryPolicy(
        attempts: 6, backoff: .milliseconds(500), growth: 2, jitter: { .milliseconds(Int.random(in: 0...100)) },
        sleep: Self.wait)

    /// Sleeps on the monotonic clock.
    /// - Returns: false when the task was cancelled.
    @Sendable public static func wait(_ duration: Duration) async -> Bool {
        do {
            try await Task.sleep(for: duration)
            return true
        } catch {
            return false
        }
    }

    /// Longer than this nobody is kept waiting without being told.
    static let patience = Duration.seconds(10)

    /// Waits before the try after `attempt`, counted from 1.
    /// - Parameter asked: what the service asks for; its word counts when it is longer.
    /// - Returns: false when it is not to be tried again: it was cancelled, or the service asks for too long.
    package func pause(after attempt: Int, asked: Duration? = nil) async -> Bool {
        let factor = (1..<max(attempt, 1)).reduce(1) { factor, _ in factor * growth }
        let asked = asked ?? .zero
        guard asked <= Self.patience else { return false }
        return await sleep(max(backoff * factor, asked) + jitter())
    }
}
