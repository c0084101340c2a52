import Chainguard
import TerminalUI
import Testing

@testable import Screens

/// Whose token the Token screen shows.
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
}
