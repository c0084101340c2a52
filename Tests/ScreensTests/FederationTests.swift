import Chainguard
import FoundationEssentials
import TerminalUI
import Testing

@testable import Screens

/// The wizard for the tokens of AWS outbound federation, and its draft across runs.
@Suite struct FederationTests {
    @Test func issuerAndSubjectComeFromSTSAndAreTriedAgainstTheCaller() {
        var driver = Scenes.federation(Size(80, 24))
        #expect(driver.job(.federation) == .federation(profile: nil))
        driver.answer(.federation, .federation(Fixtures.federation))
        #expect(driver.text().contains("Issuer and subject are those of the token that STS gave"))
        #expect(driver.text().contains(Fixtures.federation.issuer.prefix(40)), "read from its start")
        driver.press("Enter", "Enter", "Enter", "Enter", "Enter", "Enter", " ", "Enter")
        #expect(driver.text().contains("This caller matches"), "\(driver.text())")
        driver.press("c")
        guard case .create(let draft, let caller, _) = driver.job(.creation) else {
            Issue.record("nothing is created")
            return
        }
        #expect(draft.federation == Fixtures.federation)
        #expect(caller?.token == Fixtures.federation, "the result says the same as the review")
        #expect(draft.problems().isEmpty)
        guard case .claimMatch(let claims) = draft.relationship else {
            Issue.record("no claim match")
            return
        }
        #expect(claims.subject == .exact(Fixtures.federation.subject) && claims.isOutboundFederation)
    }

    @Test func anotherCallerIsNotJudgedByTheTokenOfTheOneBefore() {
        var driver = Scenes.federation(Size(80, 24))
        driver.answer(.federation, .federation(Fixtures.federation))
        #expect(driver.app.wizard.caller(driver.app.context)?.token == Fixtures.federation)
        driver.press("Esc", "1", "p")
        driver.answer(.profiles, .profiles(Fixtures.profiles))
        driver.press("Down", "Enter")
        driver.answer(.caller, .caller(Fixtures.detected))
        #expect(driver.app.wizard.caller(driver.app.context) != nil)
        #expect(driver.app.wizard.caller(driver.app.context)?.token == nil)
    }

    @Test func aRefusalOfSTSLeavesTheFieldsToBeTyped() {
        var driver = Scenes.federation(Size(80, 24))
        driver.answer(.federation, .failed(Scenes.notAllowed))
        #expect(driver.app.screen == .wizard)
        driver.press("Tab")
        driver.type("http://x")
        #expect(driver.text().contains("An issuer is an https URL"), "\(driver.text())")
    }

    @Test func anIssuerThatIsNotOfAWSIsWarnedOfAndTakenAllTheSame() {
        var driver = Scenes.federation(Size(80, 24))
        driver.answer(.federation, .failed(Scenes.notAllowed))
        driver.press("Tab")
        driver.type(Fixtures.federation.issuer + "-fed")
        driver.press("Tab")
        #expect(driver.text().contains("Not of AWS's form, https://UUID.tokens"), "\(driver.text())")
        driver.type("someone")
        driver.press("Enter", "Enter", "Enter", "Enter", " ", "Enter")
        #expect(driver.text().contains("The issuer is not of the form"), "\(driver.text())")
        driver.press("c")
        #expect(driver.job(.creation) != nil)
    }

    @Test func theHintSaysWhatTheChosenKindNeeds() {
        var driver = Scenes.federation(Size(80, 24))
        #expect(driver.text().contains("sts:GetWebIdentityToken"), "\(driver.text())")
        driver.press("Left")
        #expect(!driver.text().contains("sts:GetWebIdentityToken"))
    }

    @Test func theKeyIsForFederationOnly() {
        var driver = Scenes.wizard(Size(80, 24), steps: 0)
        driver.press("^T")
        #expect(driver.job(.federation) == nil)
        #expect(driver.text().contains("it is for outbound federation only"))
    }

    @Test func theWaysAreComparedForThisCaller() {
        let driver = Scenes.wizard(Size(80, 24), steps: 0)
        #expect(driver.text().contains("A signed request suits this caller"))
    }

    // MARK: The draft across runs

    private static let left = KeptDraft(
        api: "https://console-api.enforce.dev",
        draft: IdentityDraft(
            account: "210987654321", iamName: "other", name: "left-behind", parent: Fixtures.platform,
            roles: [Fixtures.viewer]),
        saved: Fixtures.now.addingTimeInterval(-7200))

    @Test func whatIsTypedIsKeptASecondLaterAndNotForEveryKey() {
        var driver = Scenes.wizard(Size(80, 24), steps: 0)
        driver.wait(.seconds(2))
        #expect(driver.job(.keeping) == nil, "nothing was typed")
        driver.press("Tab", "Tab", "^U")
        for digits in ["2109", "8765", "4321"] {
            driver.wait(.milliseconds(300))
            #expect(driver.job(.keeping) == nil)
            driver.type(digits)
        }
        driver.wait(.milliseconds(101))
        guard case .keepDraft(let draft?) = driver.job(.keeping) else {
            Issue.record("the draft is not kept")
            return
        }
        #expect(draft.account == "210987654321")
        driver.answer(.keeping, .draftKept)
        driver.wait(.seconds(2))
        #expect(driver.job(.keeping) == nil, "nothing was typed since")
    }

    @Test func whatWasTypedIsKeptWhenTheWizardIsLeftAndWhenTheProgramIs() {
        var driver = Scenes.wizard(Size(80, 24), steps: 0)
        driver.press("Tab", "Tab", "^U")
        driver.type("210987654321")
        driver.press("Esc")
        guard case .keepDraft(let draft?) = driver.job(.keeping) else {
            Issue.record("the draft is not kept")
            return
        }
        #expect(draft.account == "210987654321")
        driver.answer(.keeping, .draftKept)
        #expect(driver.text().contains("The draft is kept: n takes it up again"), "\(driver.text())")
        driver.press("n", "Tab", "^U")
        driver.send(.input(.terminated))
        #expect(driver.job(.keeping) != nil)
        #expect(driver.app.hasQuit)
    }

    @Test func nothingIsKeptWhereNothingWasTyped() {
        var driver = Scenes.wizard(Size(80, 24), steps: 1)
        driver.press("Esc", "Esc")
        #expect(driver.app.screen == .caller)
        #expect(driver.job(.keeping) == nil)
    }

    @Test func theDraftOfAnEarlierRunIsTakenUpWhole() {
        var driver = Driver.signedIn(draft: Self.left)
        driver.press("n")
        #expect(
            driver.text().contains("Taken up: the draft of 2 h ago, not for this caller"),
            "\(driver.text())")
        driver.answer(.roles, .roles(Fixtures.roles))
        #expect(driver.app.wizard.form.draft == Self.left.draft)
        #expect(driver.app.wizard.step == .who, "whom it lets in is to be looked at")
        driver.press("^R")
        #expect(driver.app.wizard.form.draft.account == "123456789012")
        driver.press("Esc")
        #expect(driver.job(.keeping) == .keepDraft(nil))
    }
}
