import AWSCaller
import Chainguard
import FoundationEssentials
import TerminalUI
import Testing

@testable import Screens

/// The main job from start to end, and its two most common failures, as a person goes through them.
@Suite struct StoryTests {
    @Test func theWholeStory() {
        var driver = Driver()
        #expect(driver.job(.caller) == .detectCaller(profile: nil, probes: false))
        #expect(driver.job(.subject) == .subject(as: .standard))
        driver.answer(.caller, .caller(Fixtures.detected))
        driver.answer(.subject, .subject(Fixtures.operatorSubject))
        driver.answer(.groups, .groups(Fixtures.groups))
        #expect(driver.text().contains("123456789012 · aws · role deploy.prod"))

        create(&driver)
        #expect(driver.text().contains("UIDP          \(Fixtures.deploy.uid)"))

        driver.press("2")
        driver.answer(.identities, .identities(Fixtures.identities, total: 5, complete: true))
        #expect(driver.text().contains("deploy-prod"))
        driver.press("/")
        driver.type("deploy")
        driver.press("Enter", "t")
        #expect(driver.job(.token) == .token(Fixtures.deploy.uid, profile: nil))
        driver.answer(.token, .token(Fixtures.token()))
        #expect(driver.text().contains("POST /?Action=GetCallerIdentity&Version=2011-06-15 HTTP/1.1"))

        logIn(&driver)
        driver.press("5")
        #expect(driver.job(.repositories) == .repositories(as: .alias("deploy-prod")))
        driver.answer(.repositories, .repositories(Fixtures.repositories))
        #expect(driver.text().contains("python-fips"))
        driver.press("y")
        #expect(driver.effects.contains(.copy(Secret("docker pull cgr.dev/acme.example/nginx:latest"))))
    }

    private func create(_ driver: inout Driver) {
        driver.press("n")
        driver.answer(.roles, .roles(Fixtures.roles))
        #expect(driver.app.screen == .wizard)
        driver.press("Enter", "Enter", "Enter", "Enter", "Enter")
        #expect(driver.text().contains("Step 2 of 5"))
        driver.press("Enter", "Enter", "Enter", " ", "Enter")
        #expect(driver.text().contains("This caller matches"))
        driver.press("c")
        var expected = IdentityDraft(from: Fixtures.caller)
        expected.parent = Fixtures.acme
        expected.roles = [Fixtures.pull]
        #expect(
            driver.job(.creation)
                == .create(expected, caller: CallerValues(Fixtures.caller), as: .standard))
        driver.answer(.creation, .created(CreatedIdentity(identity: Fixtures.deploy, roles: [Fixtures.pull])))
    }

    @Test func theCallersUniqueIDGoesWithItsName() {
        var driver = Scenes.wizard(Size(80, 24), steps: 0)
        driver.press("Tab", "Tab", "Tab")
        driver.type("x")
        #expect(driver.app.wizard.form.draft.uniqueID.isEmpty, "it is of another role")
        driver.press("Backspace")
        #expect(driver.app.wizard.form.draft.uniqueID == IdentityDraft(from: Fixtures.caller).uniqueID)
    }

    @Test func theOperatorSeesNothingOfTheLoginThatIsNotInUse() {
        var driver = Driver.identities()
        driver.press("j", "j")
        logIn(&driver)
        driver.press("4")
        #expect(driver.text().contains("Signed in at Chainguard"))
        driver.press("o")
        #expect(!driver.text().contains("Signed in at Chainguard"))
    }

    @Test func whenItIsCreatedTheNextOneIsBegun() {
        var driver = Scenes.wizard(Size(80, 24), steps: 3)
        driver.press("c")
        driver.answer(.creation, .created(CreatedIdentity(identity: Fixtures.deploy, roles: [])))
        #expect(driver.text().contains("n new"))
        driver.press("n")
        #expect(driver.app.wizard.step == .who && driver.app.wizard.created == nil)
        #expect(driver.text().contains("Step 1 of 5"))
        driver.press("n")
        #expect(driver.text().contains("Not now: the wizard is open"))
    }

    private func logIn(_ driver: inout Driver) {
        driver.press("l")
        #expect(
            driver.job(.login)
                == .login(Fixtures.deploy.uid, proof: .signedRequest, alias: "deploy-prod", profile: nil))
        Scenes.stage(&driver, .credentials, .running, 0)
        Scenes.stage(&driver, .credentials, .done("from IMDS"), 12)
        driver.answer(.login, .loggedIn(Fixtures.assumed))
        driver.answer(.groups, .groups(Fixtures.groups))
        #expect(driver.text().contains("as deploy-prod · until 13:00 UTC"))
        #expect(driver.text().contains("Who           deploy-prod"))
        driver.press("G")
        #expect(driver.text().contains("registry.pull at acme.example"))
        #expect(driver.text().contains("groups list · manifest list · repo list · tag list"))
    }

    @Test func anIdentityThatDoesNotMatchNamesTheFieldAndBothValues() {
        var driver = Driver.identities(size: Size(200, 60))
        driver.press("l")
        driver.answer(.login, .failed(Scenes.noMatch))
        let text = driver.text()
        #expect(text.contains("This caller does not match: ARN differs"))
        #expect(text.contains("^arn:aws:sts::123456789012:assumed-role/admin/(.+)$"))
        #expect(text.contains("arn:aws:sts::123456789012:assumed-role/deploy.prod/i-0a1b2c3d4e5f67890"))
        #expect(text.contains("↑ differs from here"))
    }

    @Test func withoutCredentialsTheScreenSaysWhatWasTried() {
        var driver = Driver()
        driver.answer(.caller, .caller(Fixtures.nobody))
        driver.answer(.subject, .subject(nil))
        let text = driver.text()
        #expect(text.contains("No AWS credentials were found"))
        #expect(text.contains("Where credentials come from, first to last"))
        #expect(text.contains("nobody is signed in"))
    }

    @Test func theOperatorComesBackWithOneKey() {
        var driver = Driver.identities()
        driver.press("l")
        driver.answer(.login, .loggedIn(Fixtures.assumed))
        driver.answer(.groups, .groups(Fixtures.groups))
        driver.press("o")
        #expect(driver.job(.subject) == .subject(as: .standard))
        driver.answer(.subject, .subject(Fixtures.operatorSubject))
        #expect(driver.text().contains("ada@acme.example"))
    }

    @Test func goingBackAndForthInTheWizardLosesNothing() {
        var driver = Scenes.wizard(Size(80, 24), steps: 3)
        let review = driver.text()
        driver.press("Esc", "Esc", "Esc")
        #expect(driver.text().contains("Step 1 of 5"))
        driver.press("1", "n")
        driver.press("Enter", "Enter", "Enter", "Enter", "Enter", "Enter", "Enter", "Enter", "Enter")
        #expect(driver.text() == review)
    }

    @Test func afterAFailedCreationEscapeLeadsToTheReviewAndNothingIsLost() {
        var driver = Scenes.wizard(Size(80, 24), steps: 3)
        let review = driver.text()
        driver.press("c")
        driver.answer(.creation, .failed(Scenes.notAllowed))
        #expect(driver.text().contains("Esc goes back to the review"))
        driver.press("Esc", "x")
        #expect(driver.text() == review)
        driver.press("c")
        #expect(driver.job(.creation) != nil)
    }

    @Test func aCancelledCreationSaysThatItMayBeHalfDone() {
        var driver = Scenes.wizard(Size(80, 24), steps: 3)
        driver.press("c", "^C")
        #expect(driver.pending.isEmpty)
        #expect(driver.text().contains("What was done stays done"))
    }

    @Test func aFieldThatBreaksItsRuleStopsTheWizardThere() {
        var driver = Scenes.wizard(Size(80, 24), steps: 0)
        driver.press("Tab", "Tab", "^U")
        driver.type("12345")
        driver.press("Enter", "Enter", "Enter")
        let text = driver.text()
        #expect(text.contains("Step 1 of 5"))
        #expect(text.contains("▸ AWS account"))
        #expect(text.contains("12 digits"))
    }

    @Test func deletingNeedsTheNameTyped() {
        var driver = Driver.identities()
        driver.press("d")
        driver.answer(.bindings, .bindings(Fixtures.admin.uid, []))
        driver.type("admin")
        driver.press("Tab", "Tab", "Enter")
        #expect(driver.job(.deletion) == nil)
        driver.type("-prod")
        driver.press("Tab", "Tab", "Enter")
        #expect(driver.job(.deletion) == .deleteIdentity(Fixtures.admin.uid, as: .standard))
        driver.answer(.deletion, .deleted(Fixtures.admin.uid))
        #expect(!driver.text().contains("admin-prod"))
    }

    @Test func aNameThatCannotBeTypedIsConfirmedByItsUIDP() {
        var driver = Driver.signedIn()
        driver.press("2")
        driver.answer(.identities, .identities(Scenes.hostile, total: 3, complete: true))
        driver.press("d")
        driver.answer(.bindings, .failed(Scenes.notAllowed))
        #expect(driver.text().contains("which could not be read"))
        #expect(driver.text().contains("Type 00000000000000c0 to confirm"))
    }

    @Test func startingOverFillsTheWizardInFromTheCaller() {
        var driver = Scenes.wizard(Size(80, 24), steps: 1)
        driver.type("-changed")
        driver.press("^R")
        #expect(driver.text().contains("Step 1 of 5"))
        driver.press("Enter", "Enter", "Enter", "Enter", "Enter")
        #expect(!driver.text().contains("changed"))
    }

    @Test func aWizardThatWasOpenedTooEarlyIsFilledInWhenTheCallerIsKnown() {
        var driver = Driver()
        driver.press("n")
        #expect(!driver.text().contains("123456789012"))
        driver.answer(.caller, .caller(Fixtures.detected))
        #expect(driver.text().contains("AWS account     123456789012"))
    }

    @Test func anIAMUserHasAPath() {
        var driver = Scenes.wizard(Size(80, 24), steps: 0)
        #expect(!driver.text().contains("User path"))
        driver.press("Right")
        #expect(driver.text().contains("User path"))
        #expect(driver.app.wizard.form.draft.uniqueID.isEmpty, "the role's id is none of a user")
        #expect(driver.app.wizard.form.draft.iamName.isEmpty)
        driver.press("Left")
        #expect(driver.app.wizard.form.draft.uniqueID == IdentityDraft(from: Fixtures.caller).uniqueID)
    }

    @Test func otherPartitionsAreWarnedOf() {
        var driver = Scenes.wizard(Size(80, 24), steps: 0)
        driver.press("Tab", "Right")
        #expect(driver.text().contains("aws-cn may not get through"))
    }
}
