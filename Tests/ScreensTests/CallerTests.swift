import AWSCaller
import Chainguard
import TerminalUI
import Testing

@testable import Screens

/// The Caller screen: probing, picking a profile, and what the chain says while it is walked.
@Suite struct CallerTests {
    private func picking() -> Driver {
        var driver = Driver.signedIn(size: Size(100, 30))
        driver.press("p")
        driver.answer(.profiles, .profiles(Fixtures.profiles))
        return driver
    }

    @Test func probingAsksAgainWithProbes() {
        var driver = Driver.signedIn(size: Size(120, 60))
        driver.press("P")
        #expect(driver.job(.caller) == .detectCaller(profile: nil, probes: true))
        driver.press("P")
        #expect(driver.pending.count == 1)
        driver.answer(.caller, .caller(Fixtures.chained))
        #expect(driver.text().contains("probed: it has credentials too"))
        #expect(driver.text().contains("ASIAEXAMPLE0000000BB"))
        #expect(driver.text().contains("did not answer within 2 s"))
    }

    @Test func theListNarrowsAsOneTypesAndEnterTakesTheBestMatch() {
        var driver = picking()
        #expect(driver.text().contains("role deploy via base"))
        driver.type("sso")
        #expect(driver.text().contains("platform-admin"))
        #expect(!driver.text().contains("credential process"))
        driver.press("Enter")
        #expect(driver.job(.caller) == .detectCaller(profile: "platform-admin", probes: false))
    }

    @Test func escLeavesTheProfileAsItIs() {
        var driver = picking()
        driver.press("Down", "Esc")
        #expect(driver.job(.caller) == nil)
        #expect(driver.text().contains("role deploy.prod"))
    }

    @Test func theActiveProfileIsMarked() {
        var driver = picking()
        #expect(driver.text().contains("● default"))
        driver.type("vault")
        driver.press("Enter")
        driver.answer(.caller, .caller(Fixtures.chained))
        driver.press("p")
        driver.answer(.profiles, .profiles(Fixtures.profiles))
        #expect(driver.text().contains("● vault"))
        #expect(driver.text().contains("○ default"))
    }

    @Test func nothingOfTheOldProfileLingers() {
        var driver = Scenes.tokenDriver(Size(100, 30))
        driver.press("1", "p")
        driver.answer(.profiles, .profiles(Fixtures.profiles))
        driver.type("vault")
        driver.press("Enter")
        for old in ["deploy.prod", "i-0a1b2c3d4e5f67890", "Worth knowing"] { #expect(!driver.text().contains(old)) }
        driver.answer(.caller, .caller(Fixtures.chained))
        driver.press("3")
        #expect(driver.job(.token) == .token(Fixtures.deploy.uid, profile: "vault"))
        #expect(!driver.text().contains("ASIAEXAMPLE0000000AA"))
    }

    @Test func withoutProfilesTheScreenSaysSo() {
        var driver = Driver.signedIn()
        driver.press("p")
        driver.answer(.profiles, .profiles([]))
        #expect(driver.text().contains("Neither AWS file holds a profile"))
    }

    @Test func aSlowSourceShowsItsTime() {
        var driver = Driver(size: Size(100, 30))
        driver.answer(.caller, .callerProgress(.asking(.imds)), isLast: false)
        driver.wait(.milliseconds(100))
        #expect(driver.text().contains("asking …\n") || driver.text().contains("asking … "))
        driver.wait(.milliseconds(3_100))
        #expect(driver.text().contains("asking … 3.2 s"))
    }

    @Test func eachHopOfARoleChainHasALineOfItsOwn() throws {
        var driver = Driver(size: Size(120, 60))
        driver.answer(.caller, .caller(Fixtures.chained))
        let lines = driver.text().split(separator: "\n").map(String.init)
        let start = try #require(lines.firstIndex { $0.contains("with the credentials of profile base") })
        #expect(lines[start + 1].contains("→ arn:aws:iam::123456789012:role/build"))
        #expect(lines[start + 2].contains("→ arn:aws:iam::210987654321:role/ci/deploy"))
    }
}
