import Glibc

/// One measured piece of work.
struct Benchmark {
    let name: String
    /// What architecture asks of it, in nanoseconds; `nil` when nothing is asked.
    let budget: Double?
    /// Does the work `count` times.
    let work: (_ count: Int) -> Void

    struct Result: Encodable {
        let name: String
        let nanoseconds: Double
        let budget: Double?
    }

    /// The best of several rounds, each some tens of milliseconds of this thread's processor time: what is left is the
    /// work, not the machine's moods, nor what else runs on it.
    func run(rounds: Int = 7) -> Result {
        var count = 1
        while Self.measure({ work(count) }) < 20_000_000 { count *= 2 }
        let best = (0..<rounds).map { _ in Self.measure { work(count) } }.min() ?? 0
        return Result(name: name, nanoseconds: best / Double(count), budget: budget)
    }

    /// - Returns: nanoseconds.
    private static func measure(_ work: () -> Void) -> Double {
        let start = processorTime()
        work()
        return processorTime() - start
    }

    private static func processorTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
    }
}

/// Keeps the optimiser from dropping work whose result nobody reads.
@inline(never)
func consume<Value>(_ value: Value) {}
