import Glibc
import TerminalUI

/// The two streams of a command: the answer on stdout, everything else on stderr. All text passes the sanitiser.
enum Console {
    /// One or more lines of the answer.
    static func answer(_ text: String) {
        write(lines(text), to: STDOUT_FILENO)
    }

    /// One or more lines for the person.
    static func complain(_ text: String) {
        write(lines(text), to: STDERR_FILENO)
    }

    /// The answer exactly as it is: a token, or a document already escaped.
    static func answerVerbatim(_ text: String) {
        write(text, to: STDOUT_FILENO)
    }

    /// For the person, exactly as it is: only for text that was made here.
    static func complainVerbatim(_ text: String) {
        write(text, to: STDERR_FILENO)
    }

    private static func lines(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { Text.sanitised(String($0)) }
            .joined(separator: "\n") + "\n"
    }

    private static func write(_ text: String, to descriptor: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else { return }
            rest = rest.dropFirst(written)
        }
    }
}
