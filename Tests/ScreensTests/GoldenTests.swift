import AWSCaller
import Chainguard
import FoundationEssentials
import TerminalUI
import Testing

@testable import Screens

/// Each screen in each state that matters, at the two sizes it is drawn for, as text.
@Suite struct GoldenTests {
    struct Scene: Sendable, CustomTestStringConvertible {
        var name: String
        var play: @Sendable (Size) -> Driver
        var testDescription: String { name }
    }

    static let sizes = [Size(80, 24), Size(120, 40)]

    @Test(arguments: Scenes.all, sizes)
    func looksAsRecorded(_ scene: Scene, _ size: Size) {
        let driver = scene.play(size)
        let text = driver.text()
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            #expect(Text.width(String(line)) <= size.width)
        }
        Golden.check(text, "\(scene.name)-\(size.width)x\(size.height)")
    }
}
