import Foundation
import Testing

/// The program in terminals of all kinds, and in what terminals do to programs.
@Suite(.serialized) struct TerminalTests {
    private func program() throws -> Program {
        var program = Program(home: try TemporaryFolder())
        program.environment["PS1"] = "ready> "
        return program
    }

    private func on(
        _ command: String, _ program: Program, width: Int = 80, height: Int = 24, _ body: (Tmux) async throws -> Void
    ) async throws {
        try await Tmux.with(command, width: width, height: height, environment: program.environment) { terminal in
            try await body(terminal)
        }
    }

    /// A shell with job control, as a person has.
    private func onShell(_ body: (Tmux, Program) async throws -> Void) async throws {
        let program = try program()
        try await on("bash --norc --noprofile -i", program) { terminal in
            try await terminal.see("ready>")
            try await body(terminal, program)
        }
    }

    /// Those with an entry on most hosts, those without, and one that nobody knows.
    @Test(arguments: [
        "xterm", "xterm-256color", "tmux-256color", "screen", "screen-256color", "linux", "vt220", "xterm-kitty",
        "foot",
        "alacritty", "xterm-ghostty", "no-such-terminal",
    ])
    func runsByEveryName(term: String) async throws {
        try await on("env TERM=\(term) \(Program.path) --sandbox", try program()) { terminal in
            try await terminal.see("SANDBOX", "role image-builder")
            try await terminal.press("2")
            try await terminal.see("22 identities")
            try await terminal.press("Down", "Enter")
            try await terminal.see("UIDP")
            try await terminal.press("Escape", "q")
            try await terminal.see("exit status 0")
        }
    }

    /// A locale that is not UTF-8, and the Linux console with its small font.
    @Test(arguments: ["LC_ALL=C TERM=xterm-256color", "TERM=linux"])
    func drawsASCIIWhereThereIsNoMore(settings: String) async throws {
        try await on("env \(settings) \(Program.path) --sandbox", try program()) { terminal in
            try await terminal.see("role image-builder", "operator@acme.example")
            for key in ["2", "3", "4", "5", "6", "?"] {
                try await terminal.press(key)
                let screen = try await terminal.see("SANDBOX")
                #expect(screen.unicodeScalars.allSatisfy { $0.isASCII }, "\(key): \(screen)")
            }
        }
    }

    @Test func aStormOfSizesLeavesAWholeScreen() async throws {
        try await on("\(Program.path) --sandbox", try program()) { terminal in
            try await terminal.see("role image-builder")
            var seed: UInt64 = 7
            for _ in 0..<60 {
                seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                try await terminal.resize(width: 1 + Int(seed >> 33) % 300, height: 1 + Int(seed >> 40) % 90)
            }
            try await terminal.resize(width: 120, height: 40)
            try await terminal.see("role image-builder", "User id", "SANDBOX")
            // Answers may still arrive, so any one frame that a redraw leaves alone will do.
            var isWhole = false
            for _ in 0..<20 where !isWhole {
                let before = try await terminal.screen()
                try await terminal.press("C-l")
                try await Task.sleep(for: .milliseconds(100))
                isWhole = try await terminal.screen() == before
            }
            #expect(isWhole)
        }
    }

    @Test func comesBackWholeAfterBeingSuspended() async throws {
        try await onShell { terminal, _ in
            try await terminal.enter("\(Program.path) --sandbox")
            try await terminal.see("role image-builder")
            try await terminal.press("C-z")
            try await terminal.see("Stopped", "ready>")
            try await terminal.enter("echo typed-$((6*7))")
            try await terminal.see("typed-42")
            try await terminal.resize(width: 100, height: 30)
            try await terminal.enter("fg")
            try await terminal.see("role image-builder", "SANDBOX")
            try await terminal.press("2")
            try await terminal.see("22 identities")
            try await terminal.press("q", "q")
            try await terminal.see("ready>")
        }
    }

    /// It waits to be called, and does not spoil the shell's screen meanwhile.
    @Test func startedInTheBackgroundItWaits() async throws {
        try await onShell { terminal, _ in
            try await terminal.enter("\(Program.path) --sandbox &")
            try await terminal.enter("sleep 0.5; jobs")
            let shell = try await terminal.see("Stopped")
            #expect(!shell.contains("SANDBOX"))
            try await terminal.enter("fg")
            try await terminal.see("SANDBOX", "role image-builder")
            try await terminal.press("q")
            try await terminal.see("ready>")
        }
    }

    /// A shell line that leaves the program's process id in a file.
    private func noting(_ file: String) -> String { "sh -c 'echo $$ > \(file); exec \(Program.path) --sandbox'" }

    private func processID(_ file: String) throws -> pid_t {
        let text = try String(contentsOfFile: file, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        return try #require(pid_t(text))
    }

    @Test func endsWhenTheTerminalIsLost() async throws {
        let program = try program()
        let file = program.home.path + "/pid"
        try await on(noting(file), program) { try await $0.see("role image-builder") }
        let process = try processID(file)
        let deadline = ContinuousClock.now + .seconds(10)
        while kill(process, 0) == 0, ContinuousClock.now < deadline { try await Task.sleep(for: .milliseconds(20)) }
        #expect(kill(process, 0) != 0)
        let left = try FileManager.default.contentsOfDirectory(atPath: program.home.path)
        #expect(!left.contains { $0.hasPrefix("cgid-sandbox-") }, "\(left)")
    }

    /// The signal of a crash, and those that ask it to end.
    @Test(arguments: [(SIGSEGV, 139), (SIGABRT, 134), (SIGTERM, 143), (SIGHUP, 129)])
    func givesTheTerminalBack(signal: Int32, status: Int) async throws {
        var program = try program()
        // Swift's own report of a crash is long, and waits for a key.
        program.environment["SWIFT_BACKTRACE"] = "enable=no"
        let file = program.home.path + "/pid"
        try await on("\(noting(file)); echo ended $?; stty -a", program, width: 120, height: 60) { terminal in
            try await terminal.see("role image-builder")
            kill(try processID(file), signal)
            let screen = try await terminal.see("ended \(status)", " icanon", " echo ")
            #expect(!screen.contains("role image-builder"))
        }
    }

    /// As xterm reports it (SGR 1006): the tab, a row, the same row again, the wheel.
    @Test func theMouseIsTakenWhereItIsAskedFor() async throws {
        try await on("\(Program.path) --sandbox --mouse", try program()) { terminal in
            try await terminal.see("role image-builder")
            try await terminal.click(x: 14, y: 2)
            try await terminal.see("22 identities")
            try await terminal.click(x: 5, y: 8)
            try await terminal.see(" ▸ cluster-admin-tools")
            try await terminal.click(x: 5, y: 8)
            try await terminal.see("Identities ▸ cluster-admin-tools")
            try await terminal.press("Escape")
            try await terminal.see("22 identities")
            try await terminal.wheelDown(x: 5, y: 8)
            try await terminal.seeGone(" ▸ cluster-admin-tools")
        }
    }

    @Test func aMegabyteIsPastedIntoAField() async throws {
        try await on("\(Program.path) --sandbox", try program()) { terminal in
            try await terminal.see("role image-builder")
            try await terminal.press("3", "p")
            try await terminal.paste(String(repeating: "q7\n", count: 350_000))
            try await terminal.press("Escape")
            try await terminal.press("2")
            try await terminal.see("22 identities")
            try await terminal.type("/")
            try await terminal.paste(String(repeating: "0123456789", count: 104_858))
            try await terminal.see("0 of 22 identities")
            try await terminal.press("Escape")
            try await terminal.see("22 identities")
        }
    }
}
