import Chainguard
import TerminalUI
import Testing

@testable import Screens

/// A token made elsewhere, pasted on the Token screen.
@Suite struct TokenExamineTests {
    private func examining(_ text: String) -> Driver {
        var driver = Scenes.tokenDriver(Size(120, 40))
        driver.press("p")
        driver.send(.input(.paste(text)))
        return driver
    }

    @Test func aPastedTokenIsOpenedAndLinted() throws {
        let text = Fixtures.token().text.reveal()
        var driver = examining("Bearer " + text)
        #expect(driver.text().contains("A pasted token of \(text.utf8.count + 7) characters"))
        driver.press("l")
        #expect(driver.app.screen == .token, "the chosen identity is not the pasted token's")
        #expect(driver.text().contains("bearer-prefix"))
        #expect(driver.text().contains("valid until 12:15 UTC"))
        driver.press("Shift-Tab")
        #expect(driver.text().contains("is not padded base64url"))
        driver.press("Shift-Tab")
        let request = driver.text()
        #expect(request.contains("Chainguard-Identity"))
        let opened = try TokenDecoder.decode(text).request
        let secret = try #require(opened.securityToken).reveal()
        #expect(!request.contains(secret))
        driver.press("v")
        #expect(driver.text().contains(secret))
        driver.press("Esc")
        #expect(driver.text().contains("Token for"))
        #expect(!driver.text().contains(secret))
    }

    @Test(arguments: ["", "nonsense!", "eyJhbGciOiJub25lIn0.e30.c2ln", "\u{1B}[31m\u{9B}x", "GET / HTTP/2\r\n"])
    func anythingMayBePasted(_ text: String) {
        var driver = examining(text)
        for _ in 0..<5 {
            #expect(driver.text().contains("A pasted token"))
            driver.press("Tab", "Right", "G")
        }
        #expect(driver.text().contains("Chainguard would refuse it"))
    }

    @Test func typedTextIsMaskedAndCanBeGivenUp() {
        var driver = Scenes.tokenDriver(Size(80, 24))
        driver.press("p")
        driver.type("secretword")
        #expect(!driver.text().contains("secretword"))
        driver.press("Esc")
        #expect(driver.text().contains("Token for"))
    }

    @Test func whatIsPastedIsMaskedInEveryPane() {
        var driver = examining(Scenes.hostileToken)
        for _ in 0..<5 {
            #expect(!driver.text().contains("not-a-real-session-token"))
            #expect(!driver.text().contains("0123456789abcdef"))
            driver.press("Tab")
        }
    }
}
