import AWSCaller
import Chainguard
import FoundationEssentials
import TerminalUI
import Testing

@testable import Screens

/// Each screen in each state that matters, as text and as runs of styles: one file for a scene holds all its sizes.
@Suite struct GoldenTests {
    struct Scene: Sendable, CustomTestStringConvertible {
        var name: String
        var play: @Sendable (Size) -> Driver
        var testDescription: String { name }
    }

    /// The scenes that stand for a screen or an overlay: they are recorded at every size and in every look.
    static let principal: Set<String> = [
        "caller", "identities", "token", "login-done", "repositories-tags", "messages", "wizard-who", "wizard-review",
        "unfinished", "edit", "bindings", "help", "palette", "identities-delete", "identities-menu",
    ]

    @Test(arguments: Scenes.all)
    func looksAsRecorded(_ scene: Scene) {
        let isPrincipal = Self.principal.contains(scene.name)
        let sizes = [Size(80, 24), Size(120, 40)] + (isPrincipal ? [Size(200, 60)] : [])
        let pictures = sizes.map { size in
            let driver = scene.play(size)
            let looks: [GoldenPicture.Look] = isPrincipal ? [.colour, .highContrast, .mono, .ascii] : [.colour]
            return GoldenPicture(driver.frame(), title: "\(size.width)x\(size.height)").text
                + looks.map { $0.text(of: driver, "\(size.width)x\(size.height)") }.joined()
        }
        Golden.check(pictures.joined(separator: "\n"), scene.name)
    }

    @Test func everyPrincipalSceneIsOne() {
        #expect(Self.principal.isSubset(of: Scenes.all.map(\.name)))
    }

    /// From the smallest terminal to the largest that is reckoned with: what is there fits, and no row is torn.
    @Test(arguments: Scenes.all, [Size(60, 16), Size(400, 120)])
    func fits(_ scene: Scene, _ size: Size) {
        for row in scene.play(size).frame().plainText().split(separator: "\n", omittingEmptySubsequences: false) {
            #expect(Text.width(String(row)) <= size.width)
        }
    }
}
