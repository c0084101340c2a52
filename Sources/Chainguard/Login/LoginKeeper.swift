import AWSCaller
import FoundationEssentials
import Transport

/// Keeps a workload's token fresh: logs in again, with a proof signed anew, before the token ends.
public struct LoginKeeper: Sendable {
    /// What the keeper did, for whoever watches it.
    public enum Report: Sendable, Hashable {
        case renewed(until: Date?, next: Date)
        case failed(Failure, next: Date)
    }

    /// Before the token ends; of one that lives shorter than five times that, a fifth of its life.
    static let lead: TimeInterval = 5 * 60
    /// The pause after a first failure; it doubles up to the longest.
    static let pause: TimeInterval = 5
    static let longestPause: TimeInterval = 60
    /// A token whose end is not known is renewed this often.
    static let assumedLife: TimeInterval = 30 * 60

    let login: @Sendable () async throws(Failure) -> Date?
    let now: @Sendable () -> Date
    let sleep: @Sendable (Duration) async -> Bool

    /// - Parameters:
    ///   - login: logs in once and says when the token ends.
    ///   - sleep: returns false when it was cancelled.
    public init(
        login: @escaping @Sendable () async throws(Failure) -> Date?, now: @escaping @Sendable () -> Date,
        sleep: @escaping @Sendable (Duration) async -> Bool = RetryPolicy.wait
    ) {
        self.login = login
        self.now = now
        self.sleep = sleep
    }

    /// Goes on until the task is cancelled.
    /// - Parameters:
    ///   - expiry: of the token that is there already.
    ///   - report: called after each try.
    public func run(expiry: Date?, report: @Sendable (Report) -> Void) async {
        var next = renewal(expiry)
        var failures = 0
        while await sleep(.seconds(max(0, next.timeIntervalSince(now())))) {
            do throws(Failure) {
                let expiry = try await login()
                failures = 0
                next = renewal(expiry)
                report(.renewed(until: expiry, next: next))
            } catch {
                guard error.category != .cancelled else { return }
                failures += 1
                next = now().addingTimeInterval(Self.pause(after: failures))
                report(.failed(error, next: next))
            }
        }
    }

    /// When a token that ends then is to be replaced; at least a second from now.
    public func renewal(_ expiry: Date?) -> Date {
        let life = expiry?.timeIntervalSince(now()) ?? Self.assumedLife
        return now().addingTimeInterval(max(1, life - min(Self.lead, life / 5)))
    }

    static func pause(after failures: Int) -> TimeInterval {
        min(longestPause, pause * Double(1 << min(failures - 1, 10)))
    }
}
