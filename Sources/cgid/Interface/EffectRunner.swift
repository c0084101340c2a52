import AWSCaller
import CTerminalSupport
import Chainguard
import Screens
import Synchronization

/// Runs the app's jobs, each in a task of its own, and delivers what they say as events.
final class EffectRunner: Sendable {
    private let runtime: Runtime
    private let deliver: @Sendable (Event) -> Void
    private let jobs = Mutex<[EffectID: Task<Void, Never>]>([:])
    private let givingBack = Mutex<Task<Void, Never>?>(nil)

    /// - Parameter deliver: called from any thread.
    init(runtime: Runtime, deliver: @escaping @Sendable (Event) -> Void) {
        self.runtime = runtime
        self.deliver = deliver
    }

    func run(_ id: EffectID, _ job: Job) {
        // The lock is held until the task is kept, so that a job that ends at once finds itself there.
        jobs.withLock { running in
            running[id] = Task { [self] in
                await perform(id, job)
                _ = jobs.withLock { $0.removeValue(forKey: id) }
            }
        }
    }

    func cancel(_ id: EffectID) {
        jobs.withLock { $0[id] }?.cancel()
    }

    /// Frees a large list. While a list is read many are replaced: a second after the last, what they took is given
    /// back to the system.
    func discard(_ discarded: Discarded) {
        Task { discarded.empty() }
        givingBack.withLock { pending in
            pending?.cancel()
            pending = Task {
                guard (try? await Task.sleep(for: .seconds(1))) != nil else { return }
                cgid_memory_give_back()
            }
        }
    }

    /// Cancels everything and waits until it has stopped.
    func stop() async {
        let tasks = jobs.withLock { Array($0.values) }
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
    }

    private func perform(_ id: EffectID, _ job: Job) async {
        let say: @Sendable (Answer) -> Void = { [deliver] in deliver(.answer(id, $0, isLast: false)) }
        let trace = RequestTrace()
        let last = await RequestTrace.$current.withValue(trace) { () async -> Answer in
            do throws(Failure) {
                return try await runtime.answer(job, say: say)
            } catch {
                return .failed(error)
            }
        }
        if !trace.ids.isEmpty { deliver(.requested(id, trace.ids)) }
        deliver(.answer(id, last, isLast: true))
    }
}
