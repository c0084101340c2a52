import AWSCaller
import FoundationEssentials

/// Tells of a step when it begins, before it is tried again, and when it ends.
struct StepReporter {
    let now: @Sendable () -> Date
    let progress: @Sendable (IdentityCreation.StepUpdate) -> Void

    init(now: @escaping @Sendable () -> Date, progress: @escaping @Sendable (IdentityCreation.StepUpdate) -> Void) {
        self.now = now
        self.progress = progress
    }

    /// What a step yields, and the clause that says so.
    struct Finished<Value> {
        var value: Value
        var detail: String

        init(_ value: Value, _ detail: String) {
            self.value = value
            self.detail = detail
        }
    }

    func step<Value>(
        _ step: IdentityCreation.Step, _ work: () async throws(Failure) -> Finished<Value>
    ) async throws(Failure) -> Value {
        let start = now()
        tell(step, .running, since: start)
        do throws(Failure) {
            if Task.isCancelled { throw .cancelled }
            let finished = try await work()
            tell(step, .done(finished.detail), since: start)
            return finished.value
        } catch {
            tell(step, .failed(error), since: start)
            throw error
        }
    }

    func tell(_ step: IdentityCreation.Step, _ state: IdentityCreation.State, since start: Date, note: String = "") {
        let elapsed = Duration.seconds(max(0, now().timeIntervalSince(start)))
        progress(IdentityCreation.StepUpdate(step: step, state: state, elapsed: elapsed, note: note))
    }
}
