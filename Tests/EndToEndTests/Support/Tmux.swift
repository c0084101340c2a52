import Foundation

/// A real terminal for one program: a tmux server of its own, gone when `close` is called.
final class Tmux: Sendable {
    struct NotSeen: Error, CustomStringConvertible {
        let wanted: String
        let screen: String
        var description: String { "never seen: \(wanted)\nthe screen was:\n\(screen)" }
    }

    private let folder: TemporaryFolder
    private var socket: String { folder.path + "/tmux" }

    /// Runs `command`, a shell command line, on a screen of its own until `body` ends.
    static func with(
        _ command: String, width: Int = 80, height: Int = 24, environment: [String: String],
        _ body: (Tmux) async throws -> Void
    ) async throws {
        let terminal = try await Tmux(command, width: width, height: height, environment: environment)
        do {
            try await body(terminal)
        } catch {
            await terminal.close()
            throw error
        }
        await terminal.close()
    }

    private init(_ command: String, width: Int = 80, height: Int = 24, environment: [String: String]) async throws {
        folder = try TemporaryFolder()
        let assignments = environment.map { "\($0.key)=\(Self.quoted($0.value))" }.joined(separator: " ")
        // The shell stays after the program, so that what it leaves behind and its exit status can be seen.
        let line = "env -i TERM=$TERM \(assignments) \(command); echo exit status $?; read -r _"
        try await tmux(
            "-f", "/dev/null", "new-session", "-d", "-x", "\(width)", "-y", "\(height)", line)
    }

    private func close() async {
        _ = try? await tmux("kill-server")
    }

    /// Keys by tmux's names: `Enter`, `Escape`, `C-c`, `n`.
    func press(_ keys: String...) async throws {
        for key in keys { try await press([key]) }
    }

    /// All at once, as fast as the terminal takes them.
    func press(_ keys: [String]) async throws {
        try await tmux(["send-keys"] + keys)
    }

    /// Text as typed, whatever it spells.
    func type(_ text: String) async throws {
        try await tmux("send-keys", "-l", text)
    }

    /// The left button, pressed and released at the cell, as a terminal reports it (xterm's SGR 1006).
    func click(x: Int, y: Int) async throws {
        try await type("\u{1B}[<0;\(x + 1);\(y + 1)M\u{1B}[<0;\(x + 1);\(y + 1)m")
    }

    func wheelDown(x: Int, y: Int) async throws {
        try await type("\u{1B}[<65;\(x + 1);\(y + 1)M")
    }

    /// A line, and Enter.
    func enter(_ line: String) async throws {
        if !line.isEmpty { try await type(line) }
        try await press("Enter")
    }

    /// Text as a terminal pastes it, marked as such where the program asked for that.
    func paste(_ text: String) async throws {
        let file = folder.path + "/paste"
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
        try await tmux("load-buffer", file)
        try await tmux("paste-buffer", "-p")
    }

    func resize(width: Int, height: Int) async throws {
        try await tmux("resize-window", "-x", "\(width)", "-y", "\(height)")
    }

    func screen() async throws -> String {
        try await tmux("capture-pane", "-p")
    }

    /// Waits until the screen holds every one of `texts`.
    @discardableResult
    func see(_ texts: String..., within seconds: Double = 20) async throws -> String {
        try await wait(for: texts.joined(separator: " + "), within: seconds) { screen in
            texts.allSatisfy { screen.contains($0) }
        }
    }

    /// Waits until the screen no longer holds `text`.
    func seeGone(_ text: String, within seconds: Double = 20) async throws {
        try await wait(for: "no \(text)", within: seconds) { !$0.contains(text) }
    }

    @discardableResult
    private func wait(
        for wanted: String, within seconds: Double, _ condition: (String) -> Bool
    ) async throws -> String {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while true {
            let screen = try await screen()
            if condition(screen) { return screen }
            guard ContinuousClock.now < deadline else { throw NotSeen(wanted: wanted, screen: screen) }
            try await Task.sleep(for: .milliseconds(40))
        }
    }

    @discardableResult
    private func tmux(_ arguments: String...) async throws -> String { try await tmux(arguments) }

    @discardableResult
    private func tmux(_ arguments: [String]) async throws -> String {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let result = try await Program.run(
            "tmux", ["-S", socket] + arguments,
            environment: ["PATH": path, "LC_ALL": "C.UTF-8", "HOME": folder.path, "TMUX_TMPDIR": folder.path])
        guard result.status == 0 else {
            throw NotSeen(wanted: "tmux \(arguments.joined(separator: " "))", screen: result.errors)
        }
        return result.output
    }

    private static func quoted(_ text: String) -> String {
        "'" + text.replacingOccurrences(of: "'", with: "'\\''") + "'"
    }
}
