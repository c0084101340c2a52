import CTerminalSupport
import Glibc
import TerminalUI

/// What the person needs to finish a sign-in elsewhere, on stderr.
struct HeadlessNotice {
    let url: String

    /// The URL is the last thing on the screen: a code that is taller would scroll it, and its own top, away.
    func show() {
        if let code = QRCode(url) { draw(code) }
        Console.complain("Open this page in any browser and sign in; cgid waits up to five minutes:\n\n\(url)\n")
    }

    private func draw(_ code: QRCode) {
        var (columns, rows) = (Int32(), Int32())
        guard cgid_terminal_size(STDERR_FILENO, &columns, &rows) == 0 else { return }
        let needed = code.lines.count + 6
        guard Int(rows) >= needed, Int(columns) >= code.lines[0].count else {
            return Console.complain("(In a terminal of \(needed) rows the address is shown as a QR code too.)")
        }
        // Black and white whatever the terminal's colours: a phone reads it off dark and light ones alike.
        let lines = code.lines.map { "\u{1B}[38;5;231;48;5;16m\($0)\u{1B}[0m" }
        Console.complainVerbatim(lines.joined(separator: "\n") + "\n")
    }
}
