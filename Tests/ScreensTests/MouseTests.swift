import TerminalUI
import Testing

@testable import Screens

/// The mouse, where it was asked for: pointing at words on the screen does what a person expects there.
@Suite struct MouseTests {
    @Test func aTabIsGoneTo() {
        var driver = Driver.signedIn()
        driver.click("5 Repositories")
        #expect(driver.app.screen == .repositories)
    }

    @Test func aRowIsSelectedAndTheSecondClickOpensIt() {
        var driver = Driver.identities()
        driver.click("github-ci")
        #expect(driver.text().contains("▸ github-ci"))
        driver.click("github-ci")
        #expect(driver.text().contains("Identities ▸ github-ci"))
        driver.click("Identities ▸")
        #expect(driver.text().contains("5 identities"))
    }

    @Test func besideATableTheDetailsAreReachedAndTheirPanesTurned() {
        var driver = Driver.identities(size: Size(120, 40))
        driver.click("deploy-prod")
        driver.click("Terraform")
        #expect(driver.text().contains("chainguard_identity"))
        driver.click("Kind")
        #expect(driver.text().contains("Kind ↑"))
        driver.click("Kind")
        #expect(driver.text().contains("Kind ↓"))
    }

    @Test func theWheelMovesWhatIsUnderIt() {
        var driver = Driver.identities()
        driver.wheel(.wheelDown, over: "admin-prod")
        #expect(!driver.text().contains("▸ admin-prod"))
        driver.wheel(.wheelUp, over: "github-ci")
        #expect(driver.text().contains("▸ admin-prod"))
        var page = Driver.signedIn(size: Size(80, 18))
        let top = page.text()
        page.wheel(.wheelDown, over: "This host calls AWS as")
        #expect(page.text() != top)
    }

    @Test func theFilterTakesTheKeysAndTheCursor() {
        var driver = Driver.identities()
        driver.click("press / to type")
        driver.type("zq")
        driver.click("zq ")
        driver.type("x")
        #expect(driver.text().contains("Filter xzq"))
    }

    @Test func aFooterKeyIsPressed() {
        var driver = Driver.signedIn()
        driver.click("? help")
        #expect(driver.text().contains("Keys"))
        driver.click("Esc close")
        driver.click("n new")
        #expect(driver.app.screen == .wizard)
    }

    @Test func fieldsAndOptionsOfAFormAreReached() {
        var driver = Driver.signedIn()
        driver.press("n")
        driver.click("IAM user")
        #expect(driver.text().contains("User name"))
        driver.click("Unique id")
        driver.type("x")
        #expect(driver.text().contains("▸ Unique id"))
    }

    @Test func underAnOverlayNothingAnswers() {
        var driver = Driver.identities()
        driver.press(":")
        driver.click("5 Repositories")
        #expect(driver.app.screen == .identities)
        driver.type("go to rep")
        driver.click("Go to Repositories")
        #expect(driver.app.screen == .repositories)
    }

    @Test func buttonsOfAQuestionArePressed() {
        var driver = Scenes.tokenDriver(Size(80, 24))
        driver.press("y")
        driver.click("  Copy ")
        #expect(driver.effects.contains(.copy(Fixtures.token().text)))
    }

    @Test func whatRunsIsCancelled() {
        var driver = Driver.signedIn()
        driver.press("2")
        driver.wait(.milliseconds(300))
        driver.click("^C cancels")
        #expect(driver.pending.isEmpty)
    }

    @Test func aPartOfTheTokenIsExplained() {
        var driver = Scenes.tokenDriver(Size(120, 40))
        driver.click("Chainguard-Audience")
        #expect(driver.text().contains("Chainguard-Audience") && driver.app.token.cursor > 0)
    }
}

extension Driver {
    /// Click on the first letter of `words`, where they stand last on the screen.
    mutating func click(_ words: String, at location: SourceLocation = #_sourceLocation) {
        point(.click, words, at: location)
    }

    mutating func wheel(
        _ action: MouseEvent.Action, over words: String, at location: SourceLocation = #_sourceLocation
    ) {
        point(action, words, at: location)
    }

    private mutating func point(_ action: MouseEvent.Action, _ words: String, at location: SourceLocation) {
        let rows = text().split(separator: "\n", omittingEmptySubsequences: false)
        for (y, row) in rows.enumerated().reversed() {
            guard let range = row.firstRange(of: words) else { continue }
            let x = Text.width(String(row[..<range.lowerBound]))
            send(.input(.mouse(MouseEvent(action, at: Point(x, y)))))
            return
        }
        Issue.record("\(words) is not on the screen:\n\(text())", sourceLocation: location)
    }
}
