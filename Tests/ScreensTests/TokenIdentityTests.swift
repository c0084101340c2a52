import Chainguard
import TerminalUI
import Testing

@testable import Screens

/// Whose token the Token screen shows, and whether that identity can be assumed with it.
@Suite struct TokenIdentityTests {
    @Test func choosingAnIdentityLeavesThePastedToken() {
        var driver = Scenes.tokenDriver(Size(80, 24))
        driver.press("p")
        driver.send(.input(.paste("nonsense!")))
        driver.press("2", "3")
        #expect(driver.text().contains("A pasted token"), "nothing was chosen")
        driver.press("2", "t")
        #expect(!driver.text().contains("A pasted token"), "\(driver.text())")
        #expect(driver.text().contains("Token for deploy-prod"), "\(driver.text())")
        #expect(driver.text().contains("POST"), "\(driver.text())")
    }

    @Test func nothingIsChosenOnceTheIdentityIsDeleted() {
        var driver = Scenes.tokenDriver(Size(80, 24))
        driver.press("4", "2", "d")
        driver.answer(.bindings, .bindings(Fixtures.deploy.uid, []))
        driver.type("deploy-prod")
        driver.press("Tab", "Tab", "Enter")
        driver.answer(.deletion, .deleted(Fixtures.deploy.uid))
        expectNothingChosen(&driver)
    }

    @Test func nothingIsChosenOnceTheIdentityIsDeletedAmongOthers() {
        var driver = Scenes.tokenDriver(Size(80, 24))
        driver.press("4", "2", "k", " ", " ", "d")
        driver.type("delete 2")
        driver.press("Enter", "Enter")
        driver.answer(.deletion, .deletedMany([Fixtures.service.uid, Fixtures.deploy.uid]))
        expectNothingChosen(&driver)
    }

    @Test func nothingIsChosenOnceItsCreationIsUndone() {
        var driver = Scenes.tokenDriver(Size(80, 24))
        driver.press("4", "U")
        driver.answer(.pendingCreations, .pendingCreations([Fixtures.halfDone]))
        driver.press("u")
        driver.type("deploy-prod")
        driver.press("Enter", "Enter")
        driver.answer(.dropping, .creationDropped(Fixtures.halfDone, wasUndone: true))
        expectNothingChosen(&driver)
    }

    private func expectNothingChosen(_ driver: inout Driver, at location: SourceLocation = #_sourceLocation) {
        for screen in ["3", "4"] {
            driver.press(screen)
            let text = driver.text()
            #expect(text.contains("No identity is chosen"), "\(text)", sourceLocation: location)
            #expect(!text.contains("deploy-prod"), "\(text)", sourceLocation: location)
        }
    }

    @Test func aGoodTokenForAnIdentityOfAnotherCallerIsNotCalledFaultless() {
        var driver = Scenes.token(of: Fixtures.admin, Size(120, 40))
        for _ in 0..<2 {
            driver.press("Tab")
            #expect(driver.text().contains("This caller does not match the identity, it differs in ARN"))
            #expect(!driver.text().contains("Nothing is wrong with it"), "\(driver.text())")
        }
        #expect(driver.text().contains("The token itself is well made"))
        driver = Scenes.token(of: Fixtures.deploy, Size(120, 40))
        driver.press("Tab", "Tab")
        #expect(!driver.text().contains("does not match the identity"), "\(driver.text())")
    }

    @Test(arguments: [
        (Scenes.federated, "it matches on a JWT of AWS: w on 4 Login logs in with one"),
        (Fixtures.github, "it trusts another issuer than AWS"),
        (Fixtures.pullToken, "it trusts keys that this host does not have"),
        (Fixtures.service, "only Chainguard's own service can be it"),
    ])
    func anIdentityThatTakesAnotherProofIsSaidTo(_ identity: AssumableIdentity, _ reason: String) {
        var driver = Scenes.token(of: identity, Size(120, 40))
        #expect(driver.text().contains("takes another proof"), "\(driver.text())")
        driver.press("Shift-Tab", "Shift-Tab", "Shift-Tab", "Shift-Tab")
        #expect(driver.text().contains(reason), "\(driver.text())")
        #expect(!driver.text().contains("Everything that Chainguard's verifier checks"), "\(driver.text())")
        driver.press("Tab")
        #expect(driver.text().contains("The identity takes another proof"), "\(driver.text())")
        #expect(!driver.text().contains("Nothing is wrong with it"), "\(driver.text())")
    }
}
