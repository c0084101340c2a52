import AWSCaller
import Chainguard
import TerminalUI
import Testing

@testable import Screens

/// Creations that did not come to their end are offered: continue, undo, forget.
@Suite struct UnfinishedTests {
    @Test func aDraftOfAnotherIdentityOutlivesACreationThatIsContinued() {
        var driver = Driver.signedIn()
        driver.press("n", "Tab", "Tab", "^U")
        driver.type("210987654321")
        driver.press("Esc", "U")
        driver.answer(.pendingCreations, .pendingCreations([Fixtures.halfDone]))
        driver.press("c")
        driver.answer(.creation, .created(CreatedIdentity(identity: Fixtures.deploy, roles: [])))
        driver.press("1", "n")
        #expect(driver.app.screen == .wizard && driver.app.wizard.form.draft.account == "210987654321")
    }

    @Test func aDraftThatBecameAnIdentityIsNotTakenUpAgain() {
        let draft = KeptDraft(
            api: "https://console-api.enforce.dev", draft: Fixtures.halfDone.draft, saved: Fixtures.now)
        var driver = Driver.signedIn(draft: draft)
        driver.press("n")
        #expect(driver.text().contains("Taken up"))
        driver.press("Esc", "Esc", "Esc", "U")
        driver.answer(.pendingCreations, .pendingCreations([Fixtures.halfDone]))
        driver.press("c")
        let identity = AssumableIdentity(
            uid: Fixtures.deploy.uid, name: Fixtures.halfDone.draft.name, relationship: Fixtures.deploy.relationship)
        driver.answer(.creation, .created(CreatedIdentity(identity: identity, roles: [])))
        #expect(driver.text().contains("l log in"))
        driver.press("1", "n")
        #expect(driver.app.screen == .wizard && !driver.text().contains("Taken up"))
    }

    @Test func theyAreOfferedAtTheStart() {
        let driver = Scenes.unfinished(Size(80, 24))
        #expect(driver.app.screen == .unfinished)
        #expect(driver.text().contains("registry.pull bound, viewer not bound"))
    }

    @Test func whoIsAtSomethingIsOnlyTold() {
        var driver = Driver(size: Size(80, 24))
        driver.answer(.caller, .caller(Fixtures.detected))
        driver.answer(.subject, .subject(Fixtures.operatorSubject))
        driver.press("2")
        driver.answer(.pendingCreations, .pendingCreations([Fixtures.halfDone]))
        #expect(driver.app.screen == .identities)
        #expect(driver.text().contains("1 creation did not come to an end: U shows"))
        driver.press("U")
        #expect(driver.app.screen == .unfinished)
        driver.press("Esc")
        #expect(driver.app.screen == .identities)
    }

    @Test func continuingAsksForTheOneSelected() {
        var driver = Scenes.unfinished(Size(80, 24))
        driver.press("j", "c")
        #expect(
            driver.job(.creation)
                == .resume(Fixtures.unknown, caller: CallerValues(Fixtures.caller), as: .standard))
        driver.answer(.creation, .failed(Scenes.notAllowed))
        #expect(driver.text().contains("Ask for a role with the capability identity.list"))
        driver.press("Esc")
        #expect(driver.text().contains("deploy-prod"))
    }

    @Test func undoingNeedsTheName() {
        var driver = Scenes.unfinished(Size(80, 24))
        driver.press("u", "Tab", "Tab", "Enter")
        #expect(driver.job(.dropping) == nil)
        driver.type("deploy-prod")
        driver.press("Enter", "Enter")
        #expect(driver.job(.dropping) == .undo(Fixtures.halfDone, as: .standard))
        driver.answer(.dropping, .creationDropped(Fixtures.halfDone, wasUndone: true))
        #expect(!driver.text().contains("begun 1 h ago"))
        #expect(driver.text().contains("admin-prod"))
    }

    @Test func forgettingLeavesTheRest() {
        var driver = Scenes.unfinished(Size(80, 24))
        driver.press("f")
        #expect(driver.job(.dropping) == .forget(Fixtures.halfDone))
        driver.answer(.dropping, .creationDropped(Fixtures.halfDone, wasUndone: false))
        driver.press("f")
        driver.answer(.dropping, .creationDropped(Fixtures.unknown, wasUndone: false))
        #expect(driver.text().contains("Nothing is unfinished"))
    }

    @Test func readOnlyOffersNoChange() {
        var driver = Driver(options: AppOptions(isReadOnly: true), size: Size(80, 24))
        driver.answer(.subject, .subject(Fixtures.operatorSubject))
        driver.answer(.pendingCreations, .pendingCreations([Fixtures.halfDone]))
        driver.answer(.pendingCreations, .pendingCreations([Fixtures.halfDone]))
        driver.press("c", "u")
        #expect(driver.job(.creation) == nil)
        #expect(driver.job(.dropping) == nil)
    }

    @Test func aFailedCreationLooksForWhatItLeft() {
        var driver = Scenes.wizard(Size(80, 24), steps: 3)
        driver.press("c")
        driver.answer(.creation, .failed(Scenes.notAllowed))
        driver.answer(.pendingCreations, .pendingCreations([Fixtures.halfDone]))
        #expect(driver.app.screen == .wizard)
        #expect(driver.text().contains("U continues, undoes or forgets"))
    }

    @Test func aTakenNameShowsWhileItIsTyped() {
        var driver = Scenes.wizard(Size(80, 24), steps: 1)
        #expect(driver.job(.identities) == .identities(as: .standard))
        driver.answer(.identities, .identities(Fixtures.identities, total: 5, complete: true))
        #expect(!driver.text().contains("There is an identity of this name already"))
        driver.press("^U")
        driver.type("deploy-prod")
        #expect(driver.text().contains("There is an identity of this name already"))
    }
}
