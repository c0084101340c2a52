import TerminalUI
import Testing

@Suite struct StyleNotationTests {
    @Test(arguments: [
        ("red", Style(.ansi(1))), ("bright-white", Style(.ansi(15))), ("default", .plain),
        ("214", Style(.palette(214))),
        ("bold", Style(.standard, on: .standard, .bold)),
        ("black on bright-yellow bold", Style(.ansi(0), on: .ansi(11), .bold)),
        ("  underline  on 24   231 reverse ", Style(.palette(231), on: .palette(24), [.underline, .reverse])),
        ("#ffffff", Style(.palette(231))), ("#000000 on #ffaf00", Style(.palette(16), on: .palette(214))),
        ("dim italic", Style(.standard, on: .standard, [.dim, .italic])),
    ])
    func isRead(_ notation: String, _ style: Style) throws {
        #expect(try Style(notation: notation) == style)
    }

    @Test(arguments: ["", " ", "reddish", "256", "-1", "#fff", "#+12345", "#12345g", "red on", "bright-pink", "Bold"])
    func isRefused(_ notation: String) {
        #expect(throws: Style.NotationError.self) { try Style(notation: notation) }
    }
}
