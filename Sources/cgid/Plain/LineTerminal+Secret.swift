import Glibc
import TerminalUI

extension LineTerminal {
    /// What is typed or pasted is not shown. The terminal hands it over at once: one that collects lines cuts them off
    /// after 4,095 bytes (termios(3), "Canonical and noncanonical mode"), and tokens may be longer.
    /// - Returns: what was typed, without white space around it.
    func askSecret(_ question: String) throws -> String {
        var shown = termios()
        guard tcgetattr(STDIN_FILENO, &shown) == 0 else { return try ask(question) }
        var hidden = shown
        hidden.c_lflag &= ~tcflag_t(ECHO | ICANON)
        tcsetattr(STDIN_FILENO, TCSADRAIN, &hidden)
        defer {
            tcsetattr(STDIN_FILENO, TCSADRAIN, &shown)
            say("")
        }
        return try ask("\(question), which is not shown")
    }
}
