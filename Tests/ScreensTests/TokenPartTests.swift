import AWSCaller
import Chainguard
import TerminalUI
import Testing

@testable import Screens

/// The cursor over the parts of a token, what it says of them, and the recipes.
@Suite struct TokenPartTests {
    @Test func theCursorMovesOverThePartsAndExplainsEach() {
        var driver = Scenes.tokenDriver(Size(80, 24))
        #expect(driver.text().contains("How STS is called"))
        driver.press("Right")
        #expect(driver.text().contains("the query API has only /"))
        driver.press("Left", "Left")
        #expect(driver.text().contains("How STS is called"))
        driver.press("Down", "Right")
        #expect(driver.text().contains("Where the request is addressed to"))
        driver.press("End")
        #expect(driver.text().contains("Belongs to temporary keys"))
        driver.press("Right", "Down")
        #expect(driver.text().contains("Belongs to temporary keys"))
        driver.press("g")
        #expect(driver.text().contains("How STS is called"))
    }

    @Test func wideScreensShowTheFormsThatWereSignedBesideIt() throws {
        var driver = Scenes.tokenDriver(Size(120, 40))
        #expect(driver.text().contains("Canonical request"))
        #expect(driver.text().contains("String to sign"))
        #expect(!driver.text().contains("To sign"))
        #expect(driver.text().contains("▸ POST"))
        driver.press("Down", "Down", "Right")
        #expect(driver.text().contains("▸ accept:application/json"))
    }

    @Test func whereTheFormsThatWereSignedDoNotFitTheyHavePanes() {
        var driver = Scenes.tokenDriver(Size(120, 34))
        #expect(!driver.text().contains("Canonical request"))
        driver.press("Tab")
        #expect(driver.text().contains("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"))
    }

    /// At 80 columns nothing of an explanation is out of sight.
    @Test func everyExplanationFitsBelowTheRequest() {
        let token = OpenedToken(Fixtures.token())
        let parts = token.parts?.parts ?? []
        #expect(token.stops.count > 20)
        for part in parts where part.kind != .punctuation {
            let page = TokenPartPage.page(part, findings: [], width: 76, .standard)
            #expect(page.rows.count <= TokenPartPage.height, "\(part.kind)")
        }
    }

    @Test func aPartWithAFindingSaysSo() {
        var driver = Scenes.tokenDriver(Size(120, 40))
        driver.press("p")
        driver.send(.input(.paste(Fixtures.token().text.reveal().replacing("UE9TV", with: "UFVUV"))))
        driver.press("Shift-Tab", "Shift-Tab")
        #expect(driver.text().contains("see Findings"))
        driver.press("End")
        #expect(!driver.text().contains("see Findings"))
    }

    @Test func recipesHoldNoSecretAndAreCopied() {
        var driver = Scenes.tokenDriver(Size(120, 40))
        driver.press("Y")
        #expect(!driver.effects.contains { if case .copy = $0 { true } else { false } })
        driver.press("e")
        #expect(driver.text().contains("With openssl"))
        driver.press("e")
        #expect(driver.text().contains("curl 7.86 or newer"))
        let script = Recipes.tokenScript(
            identity: Fixtures.deploy.uid, audience: ChainguardEndpoints().issuer, with: .curl)
        driver.press("Y")
        #expect(driver.effects.contains(.copy(Secret(script))))
        #expect(!script.contains(Fixtures.credentials.secretAccessKey.reveal()))
        #expect(driver.text().contains("The curl recipe is copied"))
    }
}
