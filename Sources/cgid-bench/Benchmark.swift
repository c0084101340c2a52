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

    /// The best of several rounds, each some tens of milliseconds long: what is left is the work, not the machine's moods.
    func run(rounds: Int = 7) -> Result {
        let clock = ContinuousClock()
        var count = 1
        while clock.measure({ work(count) }) < .milliseconds(20) { count *= 2 }
        let best = (0..<rounds).map { _ in clock.measure { work(count) } }.min() ?? .zero
        return Result(name: name, nanoseconds: best / .nanoseconds(1) / Double(count), budget: budget)
    }
}

/// Keeps the optimiser from dropping work whose result nobody reads.
@inline(never)
func consume<Value>(_ value: Value) {}
