import AWSCaller
import TerminalUI
import Testing

@testable import Screens

/// The header's answers at every width, and the line above the footer.
@Suite struct HeaderTests {
    @Test(arguments: [60, 79, 80, 100, 200])
    func answersAtEveryWidth(_ width: Int) {
        let rows = Driver.signedIn(
            options: AppOptions(isSandbox: true, isReadOnly: true), size: Size(width, 24)
        ).text().split(separator: "\n")
        #expect(rows[0].contains("123456789012") && rows[0].contains("role deploy.prod"))
        #expect(rows[1].contains("acme.example") && rows[1].contains("ada@acme.ex"))
        #expect(rows[1].contains("until 12:42 UTC"))
        #expect(rows[...3].joined().contains(" SANDBOX   READ-ONLY "))
    }

    @Test func cutsTheLongestNameFirst() {
        var driver = Driver(size: Size(60, 16))
        driver.answer(.subject, .subject(Fixtures.operatorSubject))
        let row = driver.text().split(separator: "\n")[1]
        #expect(row.contains("2f9c1a7be0d…"), "an organization whose name is not known yet")
        #expect(row.contains("ada@acme.ex") && row.contains("until 12:42 UTC"))
    }

    @Test func whatIsDoneIsSeenBesideAnError() {
        var driver = Driver.identities()
        driver.press("r")
        driver.answer(.identities, .failed(Scenes.notAllowed))
        driver.answer(.groups, .groups(Fixtures.groups))
        driver.press("y")
        let line = driver.text().split(separator: "\n").dropLast().last ?? ""
        #expect(line.contains("✗ Listing") && line.contains("✓ Copied the UIDP"), "\(line)")
        driver.wait(.seconds(6))
        let later = driver.text().split(separator: "\n").dropLast().last ?? ""
        #expect(later.contains("✗ Listing") && !later.contains("Copied") && later.contains("x dismisses"), "\(later)")
    }

    @Test func longWorkShowsHowFarItIs() {
        var driver = Driver.signedIn(size: Size(120, 40))
        driver.press("2")
        driver.answer(.identities, .identities(Fixtures.identities, total: 10, complete: false), isLast: false)
        driver.wait(.milliseconds(300))
        #expect(driver.text().contains("━━━━━━━━━━────────── 5 of 10"))
        driver.answer(.identities, .identities(Fixtures.identities, total: 5, complete: true))
        driver.press("*", "d")
        driver.type("delete 5")
        driver.press("Tab", "Tab", "Enter")
        driver.answer(.deletion, .progress(done: 1, total: 5), isLast: false)
        driver.wait(.milliseconds(300))
        #expect(driver.text().contains("Deleting 5 identities and 1 more ━━━━──────────────── 1 of 5"))
    }

    @Test func whatIsRefusedIsNotCheckedOff() {
        var driver = Driver.signedIn()
        driver.press("2")
        driver.answer(.identities, .identities([], total: 0, complete: true))
        driver.press("t")
        #expect(driver.text().contains(" ! Not now: no identity is selected"))
    }

    @Test func anErrorNamesWhoRatherThanAnID() {
        var driver = Driver.identities()
        driver.press("b")
        driver.answer(
            .bindings, .failed(Failure("\(Fixtures.admin.uid) may not list role bindings", category: .notAllowed)))
        #expect(driver.text().contains("✗ admin-prod may not list role bindings"))
    }
}
