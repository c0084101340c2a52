import AWSCaller
import FoundationEssentials
import Testing

@Suite struct TimeTextTests {
    /// 2026-11-23 12:00:00 UTC
    private let now = Date(timeIntervalSince1970: 1_795_435_200)

    @Test(arguments: [
        (0.0, "expired just now"), (1, "1 s"), (59.2, "1 min 00 s"), (60, "1 min 00 s"), (905, "15 min 05 s"),
        (3599, "59 min 59 s"), (3600, "1 h"), (86_399, "23 h 59 min"), (172_800, "2 days"),
        (-61, "expired 1 min ago"),
    ])
    func countdowns(_ seconds: Double, _ text: String) {
        #expect(TimeText.countdown(to: now.addingTimeInterval(seconds), now: now) == text)
    }

    @Test(arguments: [
        (0, "0 ms"), (35, "35 ms"), (999, "999 ms"), (1250, "1.2 s"), (59_999, "59.9 s"), (185_000, "3 min 05 s"),
        (7_440_000, "2 h 04 min"),
    ])
    func measured(_ milliseconds: Int, _ text: String) {
        #expect(TimeText.measured(.milliseconds(milliseconds)) == text)
    }

    @Test(arguments: [(0, "0.0 s"), (449, "0.4 s"), (9_999, "9.9 s"), (12_345, "12 s"), (185_000, "3 min 05 s")])
    func waited(_ milliseconds: Int, _ text: String) {
        #expect(TimeText.waited(.milliseconds(milliseconds)) == text)
    }

    @Test func daysAreNamedWhenTheyAreNotToday() {
        #expect(TimeText.clock(now, now: now) == "12:00 UTC")
        #expect(TimeText.clock(now.addingTimeInterval(86_400), now: now) == "2026-11-24 12:00 UTC")
        let evening = now.addingTimeInterval(11.5 * 3600)
        #expect(TimeText.clock(evening.addingTimeInterval(3600), now: evening) == "00:30 UTC")
        #expect(TimeText.timestamp(now) == "2026-11-23 12:00:00 UTC")
    }

    @Test func extremeTimesDoNotTrap() {
        for date in [Date.distantPast, .distantFuture, Date(timeIntervalSince1970: 1e18)] {
            _ = TimeText.countdown(to: date, now: now)
            _ = TimeText.remaining(to: date, now: now)
            _ = TimeText.ago(date, now: now)
        }
        #expect(TimeText.measured(.seconds(Int64.max)) == "13031248 days")
    }
}
