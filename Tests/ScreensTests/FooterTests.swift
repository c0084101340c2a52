import TerminalUI
import Testing

@testable import Screens

/// The last row: the keys that matter now, and at its right, always in the same place, help and the way out.
@Suite struct FooterTests {
    private static func footer(_ driver: Driver) -> String {
        String(driver.text().split(separator: "\n", omittingEmptySubsequences: false).last { !$0.isEmpty } ?? "")
    }

    @Test func theRootIsQuitAndAnyOtherPlaceIsGoneBackFrom() {
        var driver = Driver.identities()
        #expect(Self.footer(driver).hasSuffix("? help  : actions  q quit"))
        for keys in [["Enter"], ["e"], ["b"], ["t"], ["n"], ["f", "Enter"]] {
            var inside = driver
            for key in keys { inside.press(key) }
            guard !inside.app.current.isTyping, keys != ["f", "Enter"] else { continue }
            #expect(Self.footer(inside).hasSuffix("? help  : actions  Esc back"), "\(keys): \(Self.footer(inside))")
        }
        driver.press("m")
        #expect(Self.footer(driver).hasSuffix("Esc back"), "Esc shows all again")
    }

    @Test func inAFieldHelpIsF1AndEscStandsWhereItAlwaysDoes() {
        var driver = Driver.identities()
        driver.press("/")
        #expect(Self.footer(driver).hasSuffix("F1 help  Esc clear"))
        driver.press("Esc", "e")
        #expect(Self.footer(driver).hasSuffix("F1 help  Esc back"))
    }

    @Test func anOverlayIsClosedWithEsc() {
        var driver = Driver.identities()
        for key in ["?", ":", "f", "i", "d"] {
            driver.press(key)
            if driver.app.overlay != nil { #expect(Self.footer(driver).hasSuffix("Esc close"), "\(key)") }
            driver.press("Esc")
        }
    }

    @Test func whatIsLeftOutIsTold() {
        var driver = Driver.identities()
        #expect(Self.footer(driver).contains("…"))
        driver.resize(to: Size(200, 60))
        #expect(!Self.footer(driver).contains("…"))
    }

    @Test func beforeTheDetailsOfOneTheKeysOfTheListStandBack() {
        var driver = Driver.identities()
        driver.press("Enter")
        #expect(Self.footer(driver).contains("b roles") && !Self.footer(driver).contains("/ filter"))
        driver.press("/")
        #expect(driver.app.current.isTyping, "the key works all the same")
    }
}
