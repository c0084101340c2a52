/// Text for a POSIX shell.
package enum ShellText {
    /// As it is when nothing in it means anything to a shell, else in single quotes.
    package static func quoted(_ text: String) -> String {
        let isPlain = !text.isEmpty && text.unicodeScalars.allSatisfy(isPlain)
        return isPlain ? text : "'" + text.replacing("'", with: "'\\''") + "'"
    }

    /// The variables as lines to evaluate, sorted by name.
    package static func exports(_ environment: [String: String]) -> String {
        environment.sorted { $0.key < $1.key }.map { "export \($0.key)=\(quoted($0.value))\n" }.joined()
    }

    /// One line that stays a comment.
    package static func comment(_ text: String) -> String {
        String(text.map { $0.isNewline ? " " : $0 })
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_", "-", ".", "/", ":", "=", "@", "+", ",", "%": true
        default: false
        }
    }
}
