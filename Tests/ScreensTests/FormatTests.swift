import AWSCaller
import Chainguard
import FoundationEssentials
import TerminalUI
import Testing

@testable import Screens

@Suite struct FormatTests {
    private let now = Fixtures.now

    @Test func aCountdownIsDrawnAnewWhenItsTextChanges() {
        for seconds in [0.4, 1, 59.5, 905.25, 3600, 3601, 7000.5, 90_000] {
            let end = now.addingTimeInterval(seconds)
            let wait = Format.nextChange(to: end, now: now)
            let later = now.addingTimeInterval(Double(wait.wholeMilliseconds) / 1000)
            let before = later.addingTimeInterval(-0.01)
            #expect(TimeText.countdown(to: end, now: now) == TimeText.countdown(to: end, now: before))
        }
    }

    @Test func extremeTimesDoNotTrap() {
        for date in [Date.distantPast, .distantFuture, Date(timeIntervalSince1970: 1e18)] {
            _ = Format.nextChange(to: date, now: now)
        }
    }

    @Test(arguments: [
        ("deploy-prod", "deploy-prod"), ("../../etc", "0000000000000001"), ("", "0000000000000001"),
        (".hidden", "0000000000000001"), ("a/b", "0000000000000001"), ("with space", "with space"),
    ])
    func anAliasIsSafeAsAFolder(_ name: String, _ alias: String) {
        #expect(Session.alias(for: Fixtures.deploy.uid, name: name, among: [Fixtures.deploy]) == alias)
    }

    /// Neither login replaces the other's token.
    @Test func aNameThatTwoIdentitiesHaveGetsAPartOfTheUIDP() {
        var namesake = Fixtures.admin
        namesake.name = Fixtures.deploy.name
        let all = [Fixtures.deploy, namesake]
        let aliases = all.map { Session.alias(for: $0.uid, name: $0.name, among: all) }
        #expect(aliases == ["deploy-prod-00000001", "deploy-prod-00000002"])
    }

    @Test func anIdentityInOneLine() {
        #expect(IdentityWords.kind(Fixtures.deploy) == "AWS role")
        #expect(IdentityWords.who(Fixtures.deploy) == "123456789012 deploy.prod")
        #expect(IdentityWords.kind(Fixtures.github) == "OIDC")
        #expect(IdentityWords.isExpired(Fixtures.pullToken, now: now))
        #expect(!IdentityWords.isExpired(Fixtures.deploy, now: now))
    }
}
