import AWSCaller
import Chainguard
import TerminalUI
import Testing

@testable import Screens

/// Narrowing the list, marking, and deleting what is marked.
@Suite struct BrowsingTests {
    /// Opens the menu, checks the facet that the words find, and takes it.
    private func narrow(_ driver: inout Driver, to words: String...) {
        driver.press("f")
        for words in words {
            driver.press("/")
            driver.type(words)
            driver.press("Enter", " ", "/", "Esc")
        }
        driver.press("Enter")
    }

    @Test func onlyWhatMatchesThisCaller() {
        var driver = Driver.identities()
        narrow(&driver, to: "matches this caller")
        #expect(driver.text().contains("[matches this caller]"))
        #expect(driver.text().contains("1 of 5 identities"))
        #expect(driver.text().contains("deploy-prod"))
        #expect(!driver.text().contains("admin-prod"))
        driver.press("Esc")
        #expect(driver.text().contains("admin-prod"))
    }

    @Test func kindsAreAlternativesAndOtherSortsNarrowFurther() {
        var driver = Driver.identities()
        narrow(&driver, to: "static keys", "OIDC")
        #expect(driver.text().contains("2 of 5 identities"))
        narrow(&driver, to: "expired")
        #expect(driver.text().contains("1 of 5 identities"))
        #expect(driver.text().contains("pull-token-old"))
        #expect(!driver.text().contains("github-ci"))
    }

    @Test func aFolderHoldsWhatIsBelowIt() {
        var driver = Driver.identities()
        narrow(&driver, to: "in platform")
        #expect(driver.text().contains("1 of 5 identities"))
        #expect(driver.text().contains("github-ci"))
    }

    @Test func theFilterSearchesWhatIsLeft() {
        var driver = Driver.identities()
        narrow(&driver, to: "never used")
        driver.press("/")
        driver.type("prod")
        #expect(driver.text().contains("No identity matches “prod”"))
        driver.press("Esc")
        #expect(driver.text().contains("2 of 5 identities"))
    }

    @Test func escInTheMenuChangesNothing() {
        var driver = Driver.identities()
        driver.press("f", " ", "Esc")
        #expect(!driver.text().contains("[matches"))
        #expect(driver.text().contains("5 identities"))
    }

    @Test func theMarkedAreDeletedTogether() {
        var driver = Driver.identities()
        driver.press(" ", " ")
        #expect(driver.text().contains("2 marked"))
        driver.press("d")
        #expect(driver.text().contains("Type delete 2 to confirm"))
        driver.type("delete 2")
        driver.press("Enter", "Enter")
        let doomed = [Fixtures.admin.uid, Fixtures.service.uid]
        guard case .deleteIdentities(let asked, .standard) = driver.job(.deletion) else {
            Issue.record("nothing is deleted")
            return
        }
        #expect(Set(asked) == Set(doomed))
        driver.answer(.deletion, .deletedMany(doomed))
        #expect(driver.text().contains("3 identities"))
        #expect(driver.text().contains("2 identities are deleted"))
        #expect(!driver.text().contains("marked"))
    }

    @Test func whatWasDeletedBeforeAFailureIsGoneAndTheRestStaysMarked() {
        var driver = Driver.identities()
        driver.press("*", "d")
        driver.type("delete 5")
        driver.press("Enter", "Enter")
        driver.answer(.deletion, .deletedMany([Fixtures.admin.uid]), isLast: false)
        driver.answer(.deletion, .failed(Scenes.notAllowed))
        #expect(driver.text().contains("4 marked"))
        driver.press("*")
        #expect(!driver.text().contains("marked"))
    }

    @Test func deletingOneNamesTheRolesThatGoWithIt() {
        var driver = Driver.identities()
        driver.press("/")
        driver.type("deploy-prod")
        driver.press("Enter", "d")
        #expect(driver.job(.bindings) == .bindings(Fixtures.deploy.uid, as: .standard))
        driver.answer(.bindings, .bindings(Fixtures.deploy.uid, [Fixtures.binding]))
        #expect(driver.text().contains("registry.pull at acme.example"))
        driver.type("deploy-prod")
        driver.press("Enter", "Enter")
        #expect(driver.job(.deletion) == .deleteIdentity(Fixtures.deploy.uid, as: .standard))
    }

    @Test func marksAndFacetsSurviveARefresh() {
        var driver = Driver.identities()
        driver.press(" ")
        narrow(&driver, to: "AWS role")
        driver.press("r")
        driver.answer(.identities, .identities(Fixtures.identities.reversed(), total: 5, complete: true))
        #expect(driver.text().contains("1 marked"))
        #expect(driver.text().contains("2 of 5 identities"))
    }
}
