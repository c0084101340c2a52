import TerminalUI
import Testing

@testable import NcursesTerminal

@Suite struct TerminalPartsTests {
    @Test(arguments: [
        ("xterm-kitty", ["xterm-kitty", "xterm-256color", "xterm", "xterm-256color"]),
        ("tmux-256color", ["tmux-256color", "screen-256color", "screen", "xterm-256color", "xterm-256color"]),
        ("xterm-256color", ["xterm-256color", "xterm", "xterm-256color"]),
        ("linux-16color", ["linux-16color", "linux", "xterm-256color"]),
    ])
    func triesTheFamilyThenItsOwnEntry(_ term: String, _ names: [String]) {
        let candidates = TerminalEntry.candidates(for: term)
        #expect(candidates.map(\.served) == names)
        #expect(candidates.first?.origin == .own)
        #expect(candidates.last?.origin == .embedded)
        #expect(candidates.allSatisfy { $0.asked == term })
    }

    @Test func copiesWithOSC52() throws {
        let plain = try Clipboard.sequence(for: "hello", insideTmux: false, insideScreen: false)
        #expect(plain == "\u{1B}]52;c;aGVsbG8=\u{07}")
        let tmux = try Clipboard.sequence(for: "hello", insideTmux: true, insideScreen: false)
        #expect(tmux == plain + "\u{1B}Ptmux;\u{1B}" + plain + "\u{1B}\\")
        let screen = try Clipboard.sequence(for: "hello", insideTmux: false, insideScreen: true)
        #expect(screen == "\u{1B}P" + plain + "\u{1B}\\")
    }

    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("\u{FF}", "w78="),
    ])
    func encodesBase64(_ text: String, _ encoded: String) {
        #expect(Clipboard.base64(Array(text.utf8)) == encoded)
    }

    @Test func copiesNoMoreThanTerminalsTake() {
        let long = String(repeating: "x", count: Clipboard.limit + 1)
        #expect(!Terminal.canCopy(long))
        #expect(throws: TerminalError.tooLongToCopy(bytes: Clipboard.limit + 1, limit: Clipboard.limit)) {
            try Clipboard.sequence(for: long, insideTmux: false, insideScreen: false)
        }
    }

    @Test(
        arguments: [
            (256, Style(.palette(28), on: .ansi(12)), 28, 12, []), (16, Style(.palette(9)), 9, -1, []),
            (8, Style(.ansi(9), on: .ansi(12)), 1, 4, Style.Attributes.bold), (0, Style(.ansi(1)), -1, -1, []),
            (0, Style(.standard, on: .palette(24)), -1, -1, Style.Attributes.reverse),
            (8, Style(.palette(231), on: .palette(24), .underline), 7, 4, [.bold, .underline]),
        ] as [(Int, Style, Int32, Int32, Style.Attributes)])
    func mapsColours(_ colors: Int, _ style: Style, _ text: Int32, _ ground: Int32, _ attributes: Style.Attributes) {
        let rendition = ColorMap(colors: colors).rendition(of: style)
        #expect(rendition.foreground == text)
        #expect(rendition.background == ground)
        #expect(rendition.attributes == attributes)
    }

    @Test func mailboxKeepsTheOrderOfEachSender() async {
        let mailbox = Mailbox<(Int, Int)>()
        await withTaskGroup(of: Void.self) { group in
            for sender in 0..<4 {
                group.addTask { for number in 0..<500 { mailbox.post((sender, number)) } }
            }
        }
        let messages = mailbox.drain()
        #expect(messages.count == 2_000)
        for sender in 0..<4 {
            #expect(messages.filter { $0.0 == sender }.map(\.1) == Array(0..<500))
        }
        #expect(mailbox.drain().isEmpty)
    }
}
