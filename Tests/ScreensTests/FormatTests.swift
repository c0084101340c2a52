import AWSCaller
import Chainguard
import FoundationEssentials
import TerminalUI
import Testing

@testable import Screens

@Suite struct FormatTests {
    private let now = Fixtures.now

    @Test(arguments: [
        (0.0, "expired just now"), (1, "1 s"), (59.2, "1 min 00 s"), (60, "1 min 00 s"), (905, "15 min 05 s"),
        (3599, "59 min 59 s"), (3600, "1 h 00 min"), (86_399, "23 h 59 min"), (172_800, "2 days"),
        (-61, "expired 1 min ago"),
    ])
    func countdowns(_ seconds: Double, _ text: String) {
        #expect(Format.countdown(to: now.addingTimeInterval(seconds), now: now) == text)
    }

    @Test func aCountdownIsDrawnAnewWhenItsTextChanges() {
        for seconds in [0.4, 1, 59.5, 905.25, 3600, 3601, 7000.5, 90_000] {
            let end = now.addingTimeInterval(seconds)
            let wait = Format.nextChange(to: end, now: now)
            let later = now.addingTimeInterval(Double(Format.milliseconds(wait)) / 1000)
            let before = later.addingTimeInterval(-0.01)
            #expect(Format.countdown(to: end, now: now) == Format.countdown(to: end, now: before))
        }
    }

    @Test func daysAreNamedWhenTheyAreNotToday() {
        #expect(Format.clock(now, now: now) == "12:00 UTC")
        #expect(Format.clock(now.addingTimeInterval(86_400), now: now) == "2026-11-24 12:00 UTC")
        #expect(Format.timestamp(now) == "2026-11-23 12:00:00 UTC")
    }

    @Test func extremeTimesDoNotTrap() {
        for date in [Date.distantPast, .distantFuture, Date(timeIntervalSince1970: 1e18)] {
            _ = Format.countdown(to: date, now: now)
            _ = Format.ago(date, now: now)
            _ = Format.nextChange(to: date, now: now)
        }
        #expect(Format.elapsed(.milliseconds(35)) == "35 ms")
        #expect(Format.elapsed(.milliseconds(1250)) == "1.2 s")
    }

    @Test(arguments: [
        ("deploy-prod", "deploy-prod"), ("../../etc", "0000000000000001"), ("", "0000000000000001"),
        (".hidden", "0000000000000001"), ("a/b", "0000000000000001"), ("with space", "with space"),
    ])
    func anAliasIsSafeAsAFolder(_ name: String, _ alias: String) {
        #expect(Session.alias(for: Fixtures.deploy.uid, name: name) == alias)
    }

    @Test func anIdentityInOneLine() {
        #expect(IdentityWords.kind(Fixtures.deploy) == "AWS role")
        #expect(IdentityWords.who(Fixtures.deploy) == "123456789012 deploy.prod")
        #expect(IdentityWords.kind(Fixtures.github) == "OIDC")
        #expect(IdentityWords.isExpired(Fixtures.pullToken, now: now))
        #expect(!IdentityWords.isExpired(Fixtures.deploy, now: now))
    }
}
