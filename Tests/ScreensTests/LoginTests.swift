import Chainguard
import FoundationEssentials
import TerminalUI
import Testing

@testable import Screens

/// Choosing the identity to log in as, and how to prove who one is.
@Suite struct LoginTests {
    @Test func thoseThatLetTheCallerInComeFirst() throws {
        let rows = Scenes.choosing(Size(80, 24), lastUsed: Fixtures.github).text().split(separator: "\n")
        let order = ["deploy-prod", "admin-prod", "billing", "deploy-jwt", "cosigned", "github-ci", "pull-token-old"]
        let places = order.map { name in rows.firstIndex { $0.contains(" \(name) ") } }
        #expect(!places.contains(nil))
        #expect(places.compactMap(\.self) == places.compactMap(\.self).sorted())
        #expect(rows[try #require(places[0])].contains("matches"))
        #expect(rows[try #require(places[1])].contains("differs in ARN"))
        #expect(rows[try #require(places[2])].contains("differs in Account, ARN"))
    }

    /// The list that one logs in from and the list of identities by closeness are one order.
    @Test func bothListsOrderAndWordClosenessAlike() throws {
        var menu = Scenes.choosing(Size(160, 40), lastUsed: Fixtures.github)
        let names = ["deploy-prod", "admin-prod", "billing", "deploy-jwt", "cosigned", "github-ci", "pull-token-old"]
        let words = ["matches", "differs in ARN", "differs in Account, ARN", "by web identity", "not for AWS"]
        func rows(_ text: String) throws -> [String] {
            let lines = text.split(separator: "\n").map(String.init)
            let found = names.compactMap { name in lines.firstIndex { $0.contains(" \(name) ") } }
            #expect(found.count == names.count && found == found.sorted(), "\(text)")
            return found.map { lines[$0] }
        }
        let inMenu = try rows(menu.text())
        menu.press("Esc", "2", "c")
        for rows in [inMenu, try rows(menu.text())] {
            for (row, words) in zip(rows, words) { #expect(row.contains(words), "\(row)") }
        }
    }

    @Test func theOneUsedLastIsChosenAndRememberedForTheNextRun() {
        var driver = Scenes.choosing(Size(80, 24), lastUsed: Fixtures.admin)
        driver.press("Enter")
        #expect(driver.text().contains("Log in as admin-prod"))
        #expect(driver.text().contains("Enter logs in, though this caller does not match."))
        driver.press("Enter")
        driver.answer(.login, .loggedIn(Fixtures.assumed))
        #expect(driver.app.memory.identity?.uid == Fixtures.admin.uid)
        #expect(driver.app.memory.identity?.name == "admin-prod")
    }

    @Test func anIdentityOfAnotherAPIIsNotOfferedButKept() {
        var options = AppOptions()
        options.memory.identity = Memory.Identity(api: "https://api.example", uid: Fixtures.admin.uid, name: "admin")
        var driver = Driver(options: options)
        driver.answer(.subject, .subject(nil))
        driver.press("4", "Enter")
        #expect(!driver.text().contains("last used"))
        #expect(driver.app.memory.identity == options.memory.identity)
    }

    @Test func typingNarrowsAndAWholeUIDPIsTakenAsItIs() {
        var driver = Scenes.choosing(Size(80, 24), lastUsed: Fixtures.github)
        driver.type("admin")
        #expect(driver.text().contains("admin-prod") && !driver.text().contains("cosigned"))
        driver.press("^U")
        let unknown = Fixtures.uid("00000000000000ff")
        driver.type(unknown.text)
        #expect(driver.text().contains("Enter takes the UIDP as it is typed"))
        driver.press("Enter", "Enter")
        #expect(
            driver.job(.login)
                == .login(unknown, proof: .signedRequest, alias: "00000000000000ff", profile: nil))
    }

    @Test func anOrganizationsUIDPNarrowsToWhatStandsInIt() {
        var driver = Scenes.choosing(Size(80, 24), lastUsed: Fixtures.github)
        driver.type(Fixtures.root)
        driver.press("Enter")
        #expect(!driver.text().contains("Log in as \(Fixtures.root)"))
        #expect(driver.app.overlay == nil)
    }

    /// What can't be gone through within a frame is not: those near the caller are listed, and that it is not all.
    @Test func ofALargeListThoseNearTheCallerAreOffered() {
        var driver = Driver.signedIn()
        driver.press("4", "Enter")
        let many = (0..<IdentityArrangement.atOnce).map { number in
            AssumableIdentity(
                uid: Fixtures.uid(String(String(number + 0x10_0000, radix: 16).suffix(6)) + "0000000000"),
                name: "other-\(number)", relationship: Fixtures.awsRole("other", account: "210987654321"))
        }
        let all = many + Fixtures.identities
        driver.answer(.identities, .identities(all, total: all.count, complete: true))
        let text = driver.text()
        #expect(text.contains("deploy-prod") && text.contains("admin-prod") && !text.contains("other-"))
        #expect(text.contains("Of \(all.count) only those near this caller are listed"), "\(text)")
    }

    @Test func whatIsNoIdentityIsNotTaken() {
        var driver = Scenes.choosing(Size(80, 24), lastUsed: Fixtures.github)
        driver.type("zzzz")
        driver.press("Enter")
        #expect(driver.text().contains("No identity is called that"))
    }

    @Test func theListFillsWhileItIsOpen() {
        var driver = Driver()
        driver.press("4", "i")
        #expect(driver.text().contains("Asking who is signed in"))
        driver.answer(.subject, .subject(Fixtures.operatorSubject))
        #expect(driver.text().contains("Listing identities"))
        driver.type("prod")
        driver.answer(.identities, .identities(Fixtures.identities, total: 5, complete: true))
        #expect(driver.text().contains("deploy-prod") && !driver.text().contains("cosigned"))
        #expect(driver.text().contains("caller not known"))
        driver.answer(.caller, .caller(Fixtures.detected))
        #expect(driver.text().contains("matches"))
    }

    @Test func whyTheListCannotBeReadIsSaid() {
        var driver = Driver.signedIn()
        driver.press("4", "i")
        driver.answer(.identities, .failed(Scenes.notAllowed))
        #expect(driver.text().contains("Listing identities was refused"))
        driver.press("Esc", "3", "i")
        #expect(driver.text().contains("Sign a token for"))
    }

    /// The credentials end in ten minutes, the proof in fifteen, the token in an hour.
    @Test func credentialsThatEndFirstAreWarnedOf() throws {
        let first = Fixtures.now.addingTimeInterval(600)
        var ending = Fixtures.detected
        ending.resolution.credentials?.expiration = first
        var driver = Driver.identities()
        driver.press("1", "r")
        driver.answer(.caller, .caller(ending))
        driver.press("2", "j", "j", "t")
        let generator = CallerTokenGenerator(audience: ChainguardEndpoints().issuer)
        let credentials = try #require(ending.resolution.credentials)
        let token = try generator.generate(
            identity: Fixtures.deploy.uid.text, credentials: credentials, at: Fixtures.now)
        driver.answer(.token, .token(token))
        #expect(driver.text().contains("valid until 12:10 UTC, 10 min 00 s: the AWS credentials end then"))
        driver.press("Tab", "Tab", "Tab", "Tab")
        #expect(driver.text().contains("credentials-end-first"), "\(driver.text())")
        driver.press("4")
        #expect(driver.text().contains("end at 12:10 UTC, 10 min 00 s, before the proof's"), "\(driver.text())")
        driver.press("Enter")
        driver.answer(.login, .loggedIn(Fixtures.assumed))
        #expect(driver.text().contains("before this token does"), "\(driver.text())")
    }

    @Test(arguments: [
        (Fixtures.deploy, "it matches on the AWS caller"), (Fixtures.github, "it trusts another issuer"),
        (Fixtures.pullToken, "it trusts keys"), (Fixtures.service, "only Chainguard's own service"),
    ])
    func aWebIdentityTokenIsOfferedOnlyWhereItCanBeTaken(_ identity: AssumableIdentity, _ reason: String) {
        var driver = Scenes.choosing(Size(80, 24), lastUsed: identity)
        driver.press("Enter", "w")
        #expect(driver.job(.login) == nil)
        #expect(driver.text().contains(reason), "\(driver.text())")
    }

    @Test func anIdentityThatMatchesOnAJWTIsProvedWithOne() {
        var driver = Scenes.choosing(Size(80, 24), lastUsed: Scenes.federated)
        driver.press("Enter", "Enter")
        #expect(driver.job(.login) == nil)
        #expect(driver.text().contains("w logs in with one"))
        driver.press("w")
        #expect(
            driver.job(.login)
                == .login(Scenes.federated.uid, proof: .webIdentity, alias: "deploy-jwt", profile: nil))
    }
}
