import Glibc
import TerminalUI

/// What the person needs to finish a sign-in elsewhere, on stderr.
struct HeadlessNotice {
    let url: String

    func show() {
        Console.complain("Open this page in any browser and sign in; cgid waits up to five minutes:\n\n\(url)\n")
        guard isatty(STDERR_FILENO) == 1, let code = QRCode(url) else { return }
        // Black and white whatever the terminal's colours: a phone reads it off dark and light ones alike.
        let rows = code.lines.map { "\u{1B}[38;5;231;48;5;16m\($0)\u{1B}[0m" }
        Console.complainVerbatim(rows.joined(separator: "\n") + "\n")
    }
}
