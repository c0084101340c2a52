import AWSCaller
import Chainguard
import FoundationEssentials
import TerminalUI
import Testing

@testable import Screens

/// What runs, what is cancelled, and which answers still count.
@Suite struct WorkTests {
    @Test func aLateAnswerIsDropped() {
        var driver = Driver.signedIn()
        driver.press("2")
        guard let late = driver.pending.last?.id else {
            Issue.record("nothing was asked")
            return
        }
        driver.press("1")
        #expect(driver.effects.contains(.cancel(late)))
        let before = driver.text()
        driver.send(.answer(late, .identities(Fixtures.identities, total: 5, complete: true), isLast: true))
        driver.send(.answer(late, .failed(Scenes.notAllowed), isLast: true))
        #expect(driver.text() == before)
        driver.press("2")
        #expect(driver.job(.identities) != nil)
    }

    @Test func askingAgainCancelsTheFormerQuestion() {
        var driver = Driver.identities()
        driver.press("r")
        let first = driver.pending.map(\.id)
        driver.wait(.milliseconds(10))
        driver.press("1", "2")
        #expect(first.allSatisfy { driver.effects.contains(.cancel($0)) })
    }

    @Test func leavingDelicateWorkAsks() {
        var driver = Driver.identities()
        driver.press("l")
        #expect(driver.job(.login) != nil)
        driver.press("2")
        #expect(driver.app.screen == .login)
        #expect(driver.text().contains("Logging in is in progress"))
        driver.press("Esc", "q")
        #expect(driver.job(.login) != nil)
        driver.press("Tab", "Enter")
        #expect(driver.app.screen == .identities)
        #expect(driver.job(.login) == nil)
    }

    @Test func quittingDuringDelicateWorkAsks() {
        var driver = Driver.signedIn()
        driver.press("4", "i")
        driver.type(Fixtures.deploy.uid.text)
        driver.press("Enter", "Enter")
        #expect(driver.job(.login) != nil)
        driver.press("q")
        #expect(!driver.app.hasQuit)
        driver.press("Tab", "Enter")
        #expect(driver.app.hasQuit)
    }

    @Test func interruptCancelsWorkAndQuitsOnlyWhenAskedTwice() {
        var driver = Driver()
        driver.press("^C")
        #expect(driver.pending.isEmpty)
        #expect(driver.text().contains("Cancelled: Finding the AWS caller"))
        driver.press("6")
        #expect(driver.text().contains("✗ Cancelled"))
        driver.press("1")
        driver.press("^C")
        #expect(driver.text().contains("Press ^C again to quit"))
        driver.press("j", "^C")
        #expect(!driver.app.hasQuit)
        driver.press("^C")
        #expect(driver.app.hasQuit)
        #expect(driver.effects.last == .quit)
    }

    @Test func theSpinnerAppearsAfter150Milliseconds() {
        var driver = Driver()
        #expect(driver.effects.contains(.tick(after: .milliseconds(151))))
        #expect(!driver.text().contains("^C cancels"))
        driver.wait(.milliseconds(151))
        #expect(driver.text().contains("Finding the AWS caller and 1 more"))
        #expect(driver.text().contains("^C cancels"))
    }

    @Test func nothingTicksWhileNothingCounts() {
        var driver = Driver()
        var found = Fixtures.detected
        found.resolution.credentials?.expiration = nil
        driver.answer(.caller, .caller(found))
        driver.answer(.subject, .subject(nil))
        let count = driver.effects.count
        driver.wait(.seconds(5))
        driver.press("2", "1")
        driver.wait(.seconds(5))
        let ticks = driver.effects.dropFirst(count).filter { if case .tick = $0 { true } else { false } }
        #expect(driver.pending.isEmpty)
        #expect(ticks.count <= 1)
    }

    @Test func errorsStayUntilDismissedAndAreKept() {
        var driver = Driver.signedIn()
        driver.press("5")
        driver.answer(.repositories, .failed(Scenes.notAllowed))
        driver.wait(.seconds(60))
        driver.press("j", "1")
        #expect(driver.text().contains("x dismisses"))
        driver.press("x")
        #expect(!driver.text().contains("x dismisses"))
        driver.press("6")
        #expect(driver.text().contains("✗ Listing identities was refused"))
        driver.press("Enter")
        #expect(driver.text().contains("PermissionDenied: not authorized"))
    }

    @Test func bindingsAreAskedForOnceTheSelectionRests() {
        var driver = Driver.identities(size: Size(120, 40))
        driver.press("j")
        driver.wait(.milliseconds(100))
        driver.press("j")
        driver.wait(.milliseconds(150))
        #expect(driver.job(.bindings) == nil)
        driver.wait(.milliseconds(100))
        #expect(driver.job(.bindings) == .bindings(Fixtures.deploy.uid, as: .standard))
        driver.answer(.bindings, .bindings(Fixtures.deploy.uid, [Fixtures.binding]))
        #expect(driver.text().contains("registry.pull at acme.example"))
    }

    @Test func pagesArriveWithoutMovingTheSelection() {
        var driver = Driver.signedIn()
        driver.press("2")
        driver.answer(.identities, .identities([Fixtures.github], total: 5, complete: false), isLast: false)
        #expect(driver.text().contains("▸ github-ci"))
        #expect(driver.text().contains("1 of 5 read"))
        driver.press("j")
        driver.answer(
            .identities,
            .identities(
                [Fixtures.github] + Fixtures.identities.filter { $0 != Fixtures.github }, total: 5, complete: true))
        #expect(driver.text().contains("▸ github-ci"))
        #expect(driver.text().contains("5 identities"))
    }

    @Test func theHeaderCountsInMinutes() {
        var driver = Driver.signedIn()
        driver.press("6")
        driver.wait(.seconds(10))
        let ticks = driver.effects.filter { if case .tick = $0 { true } else { false } }
        #expect(ticks.last == .tick(after: .milliseconds(57_001)))
        #expect(driver.text().contains("until 12:42 UTC · 41 min"))
    }

    @Test func whatAnAssumedIdentityMayNotDoSaysHowToBecomeTheOperator() {
        var driver = Driver.identities(size: Size(120, 40))
        driver.press("l")
        driver.answer(.login, .loggedIn(Fixtures.assumed))
        driver.press("2")
        driver.answer(.identities, .failed(Scenes.notAllowed))
        #expect(driver.text().contains("o on 4 Login makes you the operator again"))
    }

    @Test func whatWasListedAsAnotherIsGone() {
        var driver = Driver.identities()
        driver.press("l")
        driver.answer(.login, .loggedIn(Fixtures.assumed))
        driver.press("2")
        #expect(!driver.text().contains("github-ci"))
        #expect(driver.job(.identities) == .identities(as: .alias("admin-prod")))
    }
}
