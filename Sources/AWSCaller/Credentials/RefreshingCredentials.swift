import FoundationEssentials

/// Credentials that are fetched again before they end, for a program that needs them many times.
///
/// Whoever asks while a fetch is under way waits for that one: there are never two at once. A fetch that fails while
/// the credentials at hand are still valid leaves them in use and is tried again a minute later. A cancelled waiter
/// leaves at once; the fetch itself is cancelled when nobody waits for it any more.
public actor RefreshingCredentials {
    /// Finds credentials anew; throws why none were found.
    public typealias Load = @Sendable () async throws(Failure) -> AWSCredentials

    /// How long before their end credentials are fetched again (botocore's mandatory refresh is at ten minutes, the
    /// other SDKs' at five; short-lived role sessions last fifteen).
    public static let window: TimeInterval = 5 * 60
    private static let pause: TimeInterval = 60

    private typealias Answer = Result<AWSCredentials, Failure>

    private let load: Load
    private let now: @Sendable () -> Date
    private var kept: AWSCredentials?
    private var retryAfter: Date?
    private var waiters: [Int: CheckedContinuation<Answer, Never>] = [:]
    private var lastWaiter = 0
    private var fetch: (number: Int, task: Task<Void, Never>)?
    private var lastFetch = 0

    /// - Parameters:
    ///   - now: the host's clock, which expiry times are compared with.
    ///   - load: walks the chain or asks one source.
    public init(now: @escaping @Sendable () -> Date, load: @escaping Load) {
        self.now = now
        self.load = load
    }

    /// Credentials that are good now, or that the source hands out although they have ended.
    /// - Throws: the source's failure when nothing valid is at hand; `.cancelled` when the calling task is.
    public func credentials() async throws(Failure) -> AWSCredentials {
        if let kept, !isDue(kept) { return kept }
        lastWaiter += 1
        let number = lastWaiter
        let answer = await withTaskCancellationHandler {
            await withCheckedContinuation { join(number, $0) }
        } onCancel: {
            Task { await self.leave(number) }
        }
        return try answer.get()
    }

    /// Takes credentials that were fetched elsewhere, so that what is shown is what is used.
    public func adopt(_ credentials: AWSCredentials?) {
        kept = credentials
        retryAfter = nil
    }

    private func isDue(_ credentials: AWSCredentials) -> Bool {
        guard let expiration = credentials.expiration else { return false }
        if expiration > now(), let retryAfter, retryAfter > now() { return false }
        return expiration.timeIntervalSince(now()) <= Self.window
    }

    private func join(_ number: Int, _ continuation: CheckedContinuation<Answer, Never>) {
        guard !Task.isCancelled else { return continuation.resume(returning: .failure(.cancelled)) }
        waiters[number] = continuation
        guard fetch == nil else { return }
        lastFetch += 1
        let fetchNumber = lastFetch
        fetch = (
            fetchNumber,
            Task { [load] in
                let answer: Answer
                do throws(Failure) {
                    answer = .success(try await load())
                } catch {
                    answer = .failure(error)
                }
                self.finish(fetchNumber, answer)
            }
        )
    }

    private func leave(_ number: Int) {
        waiters.removeValue(forKey: number)?.resume(returning: .failure(.cancelled))
        guard waiters.isEmpty, let abandoned = fetch else { return }
        fetch = nil
        abandoned.task.cancel()
    }

    private func finish(_ number: Int, _ answer: Answer) {
        guard fetch?.number == number else { return }
        fetch = nil
        var answer = answer
        switch answer {
        case .success(let credentials):
            kept = credentials
            retryAfter = nil
        case .failure:
            if let kept, let expiration = kept.expiration, expiration > now() {
                retryAfter = now().addingTimeInterval(Self.pause)
                answer = .success(kept)
            }
        }
        let waiting = waiters.values
        waiters = [:]
        for waiter in waiting { waiter.resume(returning: answer) }
    }
}
