import Dispatch

/// The way from synchronous code, which owns the main thread, into async work.
enum Blocking {
    /// Runs `work` to its end while the calling thread waits.
    static func wait<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) throws -> Value {
        let done = DispatchSemaphore(value: 0)
        let outcome = Outcome<Value>()
        Task.detached {
            do { outcome.result = .success(try await work()) } catch { outcome.result = .failure(error) }
            done.signal()
        }
        done.wait()
        guard let result = outcome.result else { preconditionFailure("signalled without a result") }
        return try result.get()
    }

    /// The same for work that can't fail.
    static func wait(_ work: @escaping @Sendable () async -> Void) {
        let done = DispatchSemaphore(value: 0)
        Task.detached {
            await work()
            done.signal()
        }
        done.wait()
    }

    /// Written once before the semaphore is signalled and read once after: never both at a time.
    private final class Outcome<Value: Sendable>: @unchecked Sendable {
        var result: Result<Value, any Error>?
    }
}
