import Foundation
import TestSupport
import Testing

/// Whatever is pressed on whichever screen, the program neither crashes nor hangs nor hoards.
/// `CGID_FUZZ_COUNT=10000 swift test --filter RandomKeyTests` presses so many keys on each.
@Suite struct RandomKeyTests {
    private static let count = ProcessInfo.processInfo.environment["CGID_FUZZ_COUNT"].flatMap(Int.init) ?? 200
    /// Many enough that a call of tmux is worth it, few enough for its command line.
    private static let chunk = 100

    @Test(arguments: ["1", "2", "3", "4", "5", "6", "n", "U"])
    func anyKeysOnAScreen(opener: String) async throws {
        let program = Program(home: try TemporaryFolder())
        let home = program.home.path
        // The palette may leave the program: it is started again until the test has seen enough.
        let script = """
            cd \(home); status=0; trap '' INT
            while [ $status = 0 ] && [ ! -e enough ]; do
              sh -c 'echo $$ > pid; exec \(Program.path) --sandbox'; status=$?
            done; echo $status > left
            """
        try Data(script.utf8).write(to: URL(fileURLWithPath: home + "/run.sh"))
        try await Tmux.with("sh \(home)/run.sh", width: 100, height: 30, environment: program.environment) { terminal in
            try await terminal.see("SANDBOX", "role image-builder")
            try await terminal.press(opener)
            var generator = SeededGenerator(seed: UInt64(opener.utf8.first ?? 0))
            for _ in 0..<max(1, Self.count / Self.chunk) {
                try await terminal.press((0..<Self.chunk).map { _ in Self.key(&generator) })
            }
            try Self.expectModesty(of: home)
            try Data().write(to: URL(fileURLWithPath: home + "/enough"))
            try await Self.leave(terminal, home)
        }
    }

    /// ^C closes what is open, cancels what runs, and leaves.
    private static func leave(_ terminal: Tmux, _ home: String) async throws {
        let deadline = ContinuousClock.now + .seconds(60)
        let left = home + "/left"
        while !FileManager.default.fileExists(atPath: left), ContinuousClock.now < deadline {
            // The terminal closes when a key comes after the program has left.
            try? await terminal.press("C-c")
            try await Task.sleep(for: .milliseconds(100))
        }
        #expect(try String(contentsOfFile: left, encoding: .utf8) == "0\n")
    }

    /// Neither file descriptors nor memory pile up.
    private static func expectModesty(of home: String) throws {
        let id = try String(contentsOfFile: home + "/pid", encoding: .utf8).trimmingCharacters(in: .newlines)
        // It may have been left all the same, by the palette.
        guard let open = try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(id)/fd"),
            let pages = try? String(contentsOfFile: "/proc/\(id)/statm", encoding: .utf8).split(separator: " ")
        else { return }
        #expect(open.count < 100)
        #expect(try #require(Int(pages[1])) * 4096 < 150_000_000)
    }

    private static func key(_ generator: inout SeededGenerator) -> String {
        let named = [
            "Enter", "Tab", "BTab", "Escape", "BSpace", "DC", "Up", "Down", "Left", "Right", "Home", "End", "PPage",
            "NPage", "F1", "Space", "C-u", "C-d", "C-l", "C-t", "C-w",
        ]
        // Without q, which leaves: the program is to see all of them.
        let letters = "abcdefghijklmnoprstuvwxyzGPUSY0123456789?:/[]é漢".map(String.init)
        return (Bool.random(using: &generator) ? named : letters).randomElement(using: &generator) ?? "Enter"
    }
}
