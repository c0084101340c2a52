import AWSCaller
import Chainguard
import TerminalUI
import Testing

@testable import Screens

/// The Caller screen: probing, picking a profile, and what the chain says while it is walked.
@Suite struct CallerTests {
    @Test func theARNIsCopied() {
        var driver = Driver.signedIn()
        driver.press("y")
        #expect(driver.effects.contains(.copy(Secret(Fixtures.caller.arn.description))))
        #expect(driver.text().contains("Copied the ARN arn:aws:sts::123456789012:assumed-role/deploy.prod"))
        driver.press("6", "y")
        #expect(driver.text().contains("Copied what happened"))
    }

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

    @Test func theProfileInUseIsMarkedAndWhyIsSaid() {
        var driver = picking()
        #expect(driver.text().contains("● as the environment says: default, nothing names another"))
        driver.type("vault")
        driver.press("Enter")
        driver.answer(.caller, .caller(Fixtures.chained))
        driver.press("p")
        driver.answer(.profiles, .profiles(Fixtures.profiles))
        #expect(driver.text().contains("● vault"))
        #expect(driver.text().contains("○ as the environment says: AWS_PROFILE, else default"))
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

    /// The product's first question: who calls, which source won, what it shadows. On the smallest usual terminal without
    /// scrolling.
    @Test(arguments: [Fixtures.detected, Fixtures.chained])
    func whoCallsAndEverySourceAreSeenAtOnce(_ found: DetectedCaller) {
        var driver = Driver(size: Size(80, 24))
        driver.answer(.caller, .caller(found))
        let text = driver.text()
        for source in CredentialSource.allCases { #expect(text.contains(source.title), "\(text)") }
        #expect(text.contains(found.answer?.identity.account ?? ""))
        #expect(text.contains("Won: \(found.resolution.winner?.title ?? "")"))
        #expect(text.contains("ARN") && text.contains("Profile") && text.contains("Expires"))
    }

    @Test func theVerdictNamesWhatIsShadowed() {
        var driver = Driver(size: Size(120, 40))
        driver.answer(.caller, .caller(Fixtures.chained))
        #expect(driver.text().contains("● Won: Assume-role profile · shadowed: Container"), "\(driver.text())")
    }

    @Test func theEndOfThePageIsWhatIsWorthKnowing() {
        var driver = Driver.signedIn()
        driver.press("G")
        #expect(driver.text().contains("The session name is the instance's id"))
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
