import AWSCaller
import Chainguard
import FoundationEssentials
import TerminalUI
import TestSupport
import Testing

@testable import Screens

/// The conventions that hold on every screen.
@Suite struct KeyTests {
    @Test func escapeGoesBackOneLevelAndNeverQuits() {
        var driver = Driver.identities()
        driver.press("/")
        driver.type("zzz")
        driver.press("Esc")
        #expect(driver.text().contains("admin-prod"))
        driver.press("Enter")
        #expect(driver.text().contains("Identities ▸ admin-prod"))
        driver.press("Esc")
        #expect(!driver.text().contains("Identities ▸"))
        driver.press("t")
        #expect(driver.app.screen == .token)
        driver.press("Esc")
        #expect(driver.app.screen == .identities)
        for _ in 0..<10 { driver.press("Esc") }
        #expect(!driver.app.hasQuit)
        #expect(driver.app.screen == .identities)
    }

    @Test func escapeDismissesAnErrorOnlyWhereThereIsNoWayBack() {
        var driver = Driver.signedIn()
        driver.press("5")
        driver.answer(.repositories, .failed(Scenes.notAllowed))
        driver.press("/")
        driver.type("x")
        driver.press("Esc")
        #expect(driver.text().contains("x dismisses"))
        driver.press("Esc")
        #expect(!driver.text().contains("x dismisses"))
        #expect(driver.app.screen == .repositories)
    }

    @Test func qGoesBackAndAtTheRootQuits() {
        var driver = Driver.identities()
        driver.press("Enter", "q")
        #expect(!driver.app.hasQuit)
        driver.press("t", "q")
        #expect(driver.app.screen == .identities)
        driver.press("q")
        #expect(driver.app.hasQuit)
    }

    @Test func theBestMatchIsSelectedWhileTyping() {
        var driver = Driver.identities()
        driver.press("G", "/")
        driver.type("prod")
        let rows = driver.text().split(separator: "\n").filter { $0.contains("AWS role") }
        #expect(rows.count == 2)
        #expect(rows.first?.hasPrefix(" ▸ deploy-prod") == true, "\(driver.text())")
    }

    @Test func whatIsTypedInAFieldIsNoCommand() {
        var driver = Driver.identities()
        driver.press("/")
        driver.type("q?:1n")
        #expect(!driver.app.hasQuit)
        #expect(driver.app.screen == .identities)
        #expect(driver.text().contains("Filter q?:1n"))
    }

    @Test func aPasteGoesIntoTheFieldAndRunsNoKeys() {
        var driver = Driver.identities()
        driver.send(.input(.paste("q\nq")))
        #expect(!driver.app.hasQuit)
        driver.press("/")
        driver.send(.input(.paste("admin-prod\n")))
        #expect(driver.text().contains("1 of 5 identities"))
    }

    @Test func secretsAreMaskedUntilRevealedAndAgainAfterLeaving() {
        var driver = Scenes.tokenDriver(Size(200, 60))
        let signature = Fixtures.token().request.authorization?.signature ?? "none"
        #expect(!driver.text().contains(signature))
        #expect(!driver.text().contains("not-a-real-session-token"))
        driver.press("v")
        #expect(driver.text().contains(signature))
        #expect(driver.text().contains("not-a-real-session-token"))
        driver.press("2", "3")
        #expect(!driver.text().contains(signature))
    }

    @Test func noPaneShowsASecretWhileMasked() {
        var driver = Scenes.tokenDriver(Size(200, 60))
        let token = Fixtures.token()
        let secrets = [
            token.request.authorization?.signature ?? "none", "not-a-real-session-token",
            String(token.text.reveal().prefix(40)),
            "not-a-real-secret-access-key",
        ]
        for _ in TokenScreen.Pane.allCases {
            for secret in secrets { #expect(!driver.text().contains(secret)) }
            driver.press("Tab")
        }
    }

    @Test func theTokenIsCopiedOnlyAfterAQuestion() {
        var driver = Scenes.tokenDriver(Size(80, 24))
        driver.press("y", "Enter")
        #expect(!driver.effects.contains(.copy(Fixtures.token().text)))
        driver.press("y")
        #expect(driver.text().contains("until 12:15 UTC"))
        driver.press("Tab", "Enter")
        #expect(driver.effects.contains(.copy(Fixtures.token().text)))
    }

    @Test func readOnlyHasNoMutations() {
        var driver = Driver.identities(options: AppOptions(isReadOnly: true))
        #expect(!driver.text().contains("n new"))
        driver.press("n")
        #expect(driver.app.screen == .identities)
        driver.press("d")
        #expect(!driver.text().contains("Delete an identity"))
        driver.press(":")
        driver.type("Delete the identity")
        #expect(driver.text().contains("cgid runs read-only"))
    }

    @Test func thePaletteDoesWhatItLists() {
        var driver = Driver.signedIn()
        driver.press(":")
        driver.type("go to repositories")
        driver.press("Enter")
        #expect(driver.app.screen == .repositories)
    }

    @Test func helpIsSearchableAndNamesEveryBindingOfItsScreen() {
        for screen in Screen.allCases {
            let rows = Keymap.sections(of: screen, isReadOnly: false).flatMap(\.rows).map(\.help)
            for binding in Keymap.bindings(of: screen) { #expect(rows.contains(binding.help)) }
        }
        var driver = Driver.identities()
        driver.press("?")
        driver.type("UIDP")
        #expect(driver.text().contains("Copy the UIDP of the selected identity, or the pane"))
        #expect(!driver.text().contains("Sort by the next column"))
    }

    @Test func noKeyMeansTwoThingsOnOneScreen() {
        for screen in Screen.allCases {
            let keys = Keymap.bindings(of: screen).flatMap(\.keys)
            #expect(Set(keys).count == keys.count, "\(screen)")
        }
        let global = Keymap.global.flatMap(\.keys)
        #expect(Set(global).count == global.count)
    }

    @Test func theReadmeListsTheKeys() throws {
        try Readme.check("keys", Keymap.markdown)
    }

    @Test func aTerminalThatIsTooSmallSaysSoAndIgnoresKeys() {
        var driver = Driver.signedIn()
        driver.resize(to: Size(59, 16))
        #expect(driver.text().contains("cgid needs 60×16; this is 59×16"))
        driver.press("2", "q")
        #expect(driver.app.screen == .caller)
        #expect(!driver.app.hasQuit)
        driver.resize(to: Size(1, 1))
        _ = driver.text()
        driver.resize(to: Size(60, 16))
        #expect(driver.text().contains("1 Caller"))
    }

    @Test func withoutUTF8TheScreensAreASCII() {
        var theme = Theme.mono
        theme.glyphs = .ascii
        var driver = Driver.identities(options: AppOptions(theme: theme), size: Size(120, 40))
        for keys in [["2"], ["/", "z"], ["Esc"], ["l"], ["Esc", "?"], ["Esc", ":"], ["Esc", "1"], ["n"]] {
            for key in keys { driver.press(key) }
            let odd = driver.text().first { !$0.isASCII }
            #expect(odd == nil, "after \(keys)")
        }
        driver.resize(to: Size(20, 3))
        let odd = driver.text().first { !$0.isASCII }
        #expect(odd == nil)
    }

    @Test func theDetailStaysInSightWhenTheScreenNarrows() {
        var driver = Driver.identities(size: Size(120, 40))
        driver.press("Tab")
        driver.resize(to: Size(80, 24))
        #expect(driver.text().contains("Identities ▸ admin-prod"))
        driver.press("Esc")
        #expect(driver.text().contains("github-ci"))
    }

    @Test(arguments: [Size(60, 16), Size(79, 20), Size(110, 30), Size(200, 60), Size(400, 120)])
    func everyStateFitsEverySize(_ size: Size) {
        for scene in Scenes.all {
            let rows = scene.play(size).text().split(separator: "\n", omittingEmptySubsequences: false)
            #expect(rows.count == size.height)
            #expect(rows.last.map { !$0.isEmpty } ?? false, "\(scene.name) has no footer")
        }
    }
}
