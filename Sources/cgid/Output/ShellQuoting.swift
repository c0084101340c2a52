/// Words for a POSIX shell.
enum ShellQuoting {
    static func quoted(_ text: String) -> String {
        "'" + text.replacing("'", with: "'\\''") + "'"
    }
}
