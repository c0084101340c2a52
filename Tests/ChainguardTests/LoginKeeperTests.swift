import AWSCaller
import FoundationEssentials
import Synchronization
import Testing

@testable import Chainguard

@Suite struct LoginKeeperTests {
    /// A clock that only sleeping moves; after so many sleeps it is over.
    private final class Clock: Sendable {
        private let state: Mutex<(now: Date, slept: [Int], left: Int)>

        init(sleeps: Int) { state = Mutex((Example.now, [], sleeps)) }

        var now: Date { state.withLock { $0.now } }
        var slept: [Int] { state.withLock { $0.slept } }

        func sleep(_ duration: Duration) async -> Bool {
            state.withLock { state in
                guard state.left > 0 else { return false }
                state.left -= 1
                state.slept.append(Int(duration.components.seconds))
                state.now += TimeInterval(duration.components.seconds)
                return true
            }
        }
    }

    private func keep(
        _ clock: Clock, life: TimeInterval?, failing: ClosedRange<Int>? = nil
    ) async -> [LoginKeeper.Report] {
        let count = Mutex(0)
        let reports = Record<LoginKeeper.Report>()
        let keeper = LoginKeeper(
            login: { () async throws(Failure) in
                let number = count.withLock { count in
                    count += 1
                    return count
                }
                if failing?.contains(number) == true { throw Failure("down") }
                return life.map { clock.now + $0 }
            }, now: { clock.now }, sleep: { await clock.sleep($0) })
        await keeper.run(expiry: life.map { clock.now + $0 }) { reports.add($0) }
        return reports.all
    }

    @Test(arguments: [(3600.0, 3300), (600, 480), (60, 48), (1, 1), (-10, 1)])
    func renewsBeforeTheEnd(life: TimeInterval, pause: Int) async {
        let clock = Clock(sleeps: 3)
        let reports = await keep(clock, life: life)
        #expect(clock.slept == [pause, pause, pause])
        #expect(reports.count == 3)
    }

    @Test func anUnknownEndIsRenewedHalfHourly() async {
        let clock = Clock(sleeps: 1)
        _ = await keep(clock, life: nil)
        #expect(clock.slept == [1500])
    }

    @Test func failuresAreTriedAgainEverMorePatiently() async {
        let clock = Clock(sleeps: 8)
        let reports = await keep(clock, life: 3600, failing: 1...6)
        #expect(clock.slept == [3300, 5, 10, 20, 40, 60, 60, 3300])
        let failed = reports.filter { if case .failed = $0 { true } else { false } }
        #expect(failed.count == 6)
        #expect(reports[6] == .renewed(until: Example.now + 3495 + 3600, next: Example.now + 3495 + 3300))
    }
}
