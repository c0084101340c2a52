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

    @Test func thePullCommandIsOneHarmlessWordToAShell() {
        var driver = Driver.signedIn()
        driver.press("5")
        driver.answer(
            .repositories,
            .repositories([ImageRepository(id: Fixtures.nginx.id, name: "a; rm -rf ~\n\u{1B}[2J'", catalogTier: "")]))
        driver.press("y")
        #expect(
            driver.effects.contains(.copy(Secret("docker pull 'cgr.dev/acme.example/a; rm -rf ~ ␛[2J'\\'':latest'"))),
            "\(driver.text())")
    }

    @Test func inTheTreeTheFilterSelectsTheBestMatchAndNoFolder() {
        var driver = Driver.identities()
        driver.press("v", "/")
        driver.type("github")
        #expect(driver.text().contains("▸     github-ci"), "\(driver.text())")
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

    @Test func marksThatTheFilterHidesAreNamedBeforeTheyAreDeleted() {
        var driver = Driver.identities()
        driver.press(" ", " ", "/")
        driver.type("github")
        driver.press("Enter", " ")
        #expect(driver.text().contains("3 marked, 2 of them not listed"), "\(driver.text())")
        driver.press("d")
        let text = driver.text()
        #expect(text.contains("1 listed: github-ci") && text.contains("2 not listed now:"), "\(text)")
        #expect(text.contains("admin-prod") && text.contains("cosigned") && text.contains("can't be undone"))
        driver.press("Esc", "Esc")
        #expect(driver.text().contains("3 marked") && !driver.text().contains("not listed"))
    }

    @Test func whatIsFoundIsToldFromWhatIsRead() {
        var driver = Driver.signedIn()
        driver.press("2")
        driver.answer(
            .identities, .identities(Array(Fixtures.identities.dropLast()), total: 20, complete: false), isLast: false)
        #expect(driver.text().contains("4 of 20 read"))
        driver.press("/")
        driver.type("prod")
        #expect(driver.text().contains("2 found · 4 of 20 read"), "\(driver.text())")
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

    @Test func oneKeyNarrowsAndTheSameKeyWidensAgain() {
        for (key, words, count) in [("m", "[matches this caller]", 1), ("u", "[never used]", 2), ("X", "[expired]", 1)]
        {
            var driver = Driver.identities()
            driver.press(key)
            #expect(driver.text().contains(words) && driver.text().contains("\(count) of 5 identities"))
            driver.press(key)
            #expect(!driver.text().contains(words))
        }
    }

    /// What fits the filter best comes first: no column is marked, and sorting says why it does nothing.
    @Test func underAFilterTheBestFitComesFirst() {
        var driver = Driver.identities()
        #expect(driver.text().contains("Name ↑"))
        driver.press("/", "p", "r", "o", "d", "Enter", "s")
        #expect(!driver.text().contains("Name ↑"))
        #expect(driver.text().contains("Not now: while a filter is set, what fits it best comes first"))
        driver.press("Esc")
        #expect(driver.text().contains("Name ↑"))
    }

    @Test func everyColumnSortsBothWays() {
        var driver = Driver.identities(size: Size(120, 40))
        func first() -> String? {
            driver.text().split(separator: "\n").dropFirst(6).first.map { String($0.dropFirst(3).prefix { $0 != " " }) }
        }
        let expected = [
            ("admin-prod", "pull-token-old"), ("admin-prod", "pull-token-old"), ("admin-prod", "github-ci"),
            ("admin-prod", "github-ci"), ("cosigned", "deploy-prod"),
        ]
        for (lowest, highest) in expected {
            #expect(first() == lowest)
            driver.press("S")
            #expect(first() == highest)
            driver.press("s")
        }
    }

    @Test func theClosestToThisCallerComesFirstAndWhatDiffersIsSaid() {
        var driver = Driver.identities(size: Size(120, 40))
        driver.press("c")
        let text = driver.text()
        let rows = text.split(separator: "\n").dropFirst(6).prefix(5).map(String.init)
        #expect(rows[0].contains("deploy-prod") && rows[0].contains("matches"), "\(text)")
        #expect(rows[1].contains("admin-prod") && rows[1].contains("differs in"), "\(text)")
        #expect(rows[2...].allSatisfy { $0.contains("not for AWS") }, "\(text)")
        driver.press("c")
        #expect(!driver.text().contains("differs in ARN"))
    }

    @Test func theKeysOfAListThatIsNotSeenAreOff() {
        for key in ["m", "u", "X", "v", "s", "S", "c", "f", "*", " "] {
            var driver = Driver.identities()
            driver.press("j", "j", "Enter", key)
            #expect(driver.text().contains("deploy-prod"), "\(key) changed what is shown")
            #expect(driver.app.overlay == nil)
            driver.resize(to: Size(120, 40))
            driver.press("m")
            #expect(driver.text().contains("[matches this caller]"), "beside the list it works")
        }
    }

    @Test func lettersInARowHideScatteredOnes() {
        var driver = Driver.identities()
        driver.press("/")
        driver.type("prod")
        let rows = driver.app.identities.listed.map { Fixtures.identities[$0].name }
        #expect(!rows.isEmpty && rows.allSatisfy { $0.contains("prod") }, "\(rows)")
    }

    @Test func withoutACallerNothingIsClose() {
        var driver = Driver()
        driver.answer(.caller, .caller(Fixtures.nobody))
        driver.press("2", "x", "c")
        #expect(driver.text().contains("the AWS caller is not known"))
    }

    @Test func theTreeStandsByFolderFoldsAndKeepsTheCursor() {
        var driver = Driver.identities()
        driver.press("j", "j", "v")
        let text = driver.text()
        #expect(text.contains("- acme.example 5") && text.contains("- platform 1"), "\(text)")
        #expect(text.contains("▸     deploy-prod") || text.contains("▸   deploy-prod"), "\(text)")
        driver.press("g", "j", "Enter")
        #expect(driver.text().contains("+ platform 1") && !driver.text().contains("github-ci"))
        driver.press("e")
        #expect(driver.text().contains("no identity is selected"))
        driver.press("/")
        driver.type("github")
        #expect(driver.text().contains("github-ci"), "a search looks into folded folders")
        driver.press("Esc", "v")
        #expect(!driver.text().contains("- acme.example"))
    }

    @Test func aRememberedListIsShownWithItsAgeAndReplacedInPlace() {
        var driver = Driver.signedIn()
        driver.press("2")
        let saved = Fixtures.now.addingTimeInterval(-3 * 3600)
        let old = Array(Fixtures.identities.dropLast())
        driver.answer(.identities, .identitiesRemembered(Array(old.dropLast()), total: 4, saved: saved), isLast: false)
        #expect(driver.text().contains("4 identities as of 3 h ago") && !driver.text().contains(old[3].name))
        driver.answer(.identities, .identitiesRemembered(old, total: 4, saved: saved), isLast: false)
        #expect(driver.text().contains("4 identities as of 3 h ago"))
        driver.press("j", " ")
        driver.answer(.identities, .identities([Fixtures.service], total: 5, complete: false), isLast: false)
        #expect(driver.text().contains("4 identities as of 3 h ago"), "a first page takes nothing away")
        driver.answer(.identities, .identities(Fixtures.identities, total: 5, complete: true))
        let text = driver.text()
        #expect(text.contains("5 identities") && !text.contains("as of") && text.contains("1 marked"), "\(text)")
        #expect(text.contains("✓ deploy-prod"))
    }

    @Test func whatIsRememberedTakesThePlaceOfFewerPagesButNotOfTheWholeList() {
        var driver = Driver.signedIn()
        driver.press("2")
        driver.answer(.identities, .identities([Fixtures.service], total: 5, complete: false), isLast: false)
        let remembered = Answer.identitiesRemembered(
            Array(Fixtures.identities.dropLast()), total: 4, saved: Fixtures.now)
        driver.answer(.identities, remembered, isLast: false)
        #expect(driver.text().contains("4 identities as of"))
        driver.answer(.identities, .identities(Fixtures.identities, total: 5, complete: true), isLast: false)
        driver.answer(.identities, remembered)
        #expect(driver.text().contains("5 identities") && !driver.text().contains("as of"))
    }

    @Test func aRefreshKeepsTheCursorWhilePagesArrive() {
        var driver = Driver.identities()
        driver.press("G", "r")
        driver.answer(.identities, .identities([Fixtures.admin], total: 5, complete: false), isLast: false)
        #expect(driver.text().contains("▸ pull-token-old"))
        driver.answer(.identities, .identities(Fixtures.identities, total: 5, complete: true))
        #expect(driver.text().contains("▸ pull-token-old"))
    }

    @Test func aRecipeIsCopiedAndWritten() throws {
        var driver = Driver.identities(size: Size(120, 40))
        driver.press("j", "j", "]", "]")
        #expect(driver.text().contains("chainguard_identity"), "\(driver.text())")
        let recipe = Recipes.terraform(Fixtures.deploy)
        driver.press("y")
        #expect(driver.effects.contains { if case .copy(let text) = $0 { text.reveal() == recipe } else { false } })
        driver.press("w")
        #expect(driver.text().contains("deploy-prod.tf"))
        driver.press("Enter")
        let file = TextFile(path: "deploy-prod.tf", contents: recipe, replaces: false)
        #expect(driver.job(.saving) == .save(file))
        driver.answer(.saving, .fileExists(file))
        #expect(driver.text().contains("deploy-prod.tf is there already"))
        driver.press("Tab", "Enter")
        var replacing = file
        replacing.replaces = true
        #expect(driver.job(.saving) == .save(replacing))
        driver.answer(.saving, .saved("deploy-prod.tf"))
        #expect(driver.text().contains("Written to deploy-prod.tf"))
    }

    @Test func whatTheFilterFoundStaysUnderTheCursorWhenItIsCleared() {
        var driver = Driver.identities()
        driver.press("/")
        driver.type("github-ci")
        driver.press("Enter", "Esc")
        #expect(driver.text().contains("5 identities"))
        #expect(driver.text().contains("▸ github-ci"))
    }

    @Test func theCursorStaysAtTheTopUntilItIsMoved() {
        for moves in [false, true] {
            var driver = Driver.signedIn()
            driver.press("2")
            driver.answer(
                .identities, .identities([Fixtures.github, Fixtures.service], total: 5, complete: false), isLast: false)
            if moves { driver.press("j") }
            driver.answer(.identities, .identities(Fixtures.identities, total: 5, complete: true))
            #expect(driver.text().contains(moves ? "▸ github-ci" : "▸ admin-prod"), "\(driver.text())")
        }
    }
}
