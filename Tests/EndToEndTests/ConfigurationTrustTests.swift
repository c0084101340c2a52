import Foundation
import Testing

/// A cloned repository may hold `chainctl/config.yaml`, which chainctl reads first.
@Suite struct ConfigurationTrustTests {
    private static let hostile = "platform:\n  issuer: https://evil.example\n  api: https://console-api.enforce.dev\n"

    private func repository(_ text: String) throws -> Program {
        let program = Program(home: try TemporaryFolder())
        let folder = program.home.path + "/repository/chainctl"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/config.yaml"))
        return program
    }

    private func run(_ program: Program, _ command: String) async throws -> Program.Result {
        try await Program.run(
            "sh", ["-c", "cd \(program.home.path)/repository && \(Program.path) \(command)"],
            environment: program.environment)
    }

    @Test func otherHostsAreRefusedWhereNobodyCanBeAsked() async throws {
        let program = try repository(Self.hostile)
        let refused = try await run(program, "info")
        #expect(refused.status == 2)
        #expect(refused.output.isEmpty)
        #expect(refused.errors.contains("platform.issuer https://evil.example"))
        #expect(!refused.errors.contains("platform.api"))
        let named = try await run(program, "info --config ./chainctl/config.yaml")
        #expect(named.status == 0)
        #expect(named.output.contains("https://evil.example"))
    }

    @Test func aFileThatLeadsNowhereElseIsNamedAndUsed() async throws {
        let program = try repository("default:\n  group: acme\n")
        let result = try await run(program, "info")
        #expect(result.status == 0)
        #expect(result.errors.contains("Using the configuration file ./chainctl/config.yaml of this folder"))
    }

    @Test func aFlagOrVariableThatWinsAnywayMakesItHarmless() async throws {
        let program = try repository("platform:\n  issuer: https://evil.example\n")
        #expect(try await run(program, "info --issuer https://issuer.example").status == 0)
    }

    @Test func onATerminalThePersonIsAskedOnceForEachContent() async throws {
        let program = try repository(Self.hostile)
        let folder = program.home.path + "/repository"
        for (answer, isAsked, isUsed) in [("no", true, false), ("yes", true, true), ("", false, true)] {
            try await Tmux.with(
                "sh -c 'cd \(folder) && \(Program.path) info'", width: 120, environment: program.environment
            ) { terminal in
                if isAsked {
                    try await terminal.see("https://evil.example", "Type yes:")
                    try await terminal.type(answer)
                    try await terminal.press("Enter")
                }
                let screen = try await terminal.see("exit status \(isUsed ? 0 : 2)")
                #expect(screen.contains("Type yes:") == isAsked)
            }
        }
        try await askedAnew(program)
    }

    /// The question is a line of the terminal's: the full screen is there only after a yes.
    @Test func theInterfaceAsksBeforeItsScreen() async throws {
        let program = try repository(Self.hostile)
        let folder = program.home.path + "/repository"
        for (answer, isAsked) in [("no", true), ("yes", true), (nil, false)] {
            try await Tmux.with("sh -c 'cd \(folder) && \(Program.path)'", environment: program.environment) {
                terminal in
                if isAsked {
                    let screen = try await terminal.see("chainctl/config.yaml", "https://evil.example", "Type yes:")
                    #expect(!screen.contains("1 Caller"))
                    try await terminal.enter(answer ?? "")
                }
                if answer == "no" {
                    let screen = try await terminal.see("is not trusted", "exit status 2")
                    #expect(!screen.contains("1 Caller"))
                } else {
                    try await terminal.see("1 Caller", "q quit")
                    try await terminal.press("q")
                    let screen = try await terminal.see("exit status 0")
                    #expect(screen.contains("Type yes:") == isAsked, "\(screen)")
                    #expect(screen.contains("Using the configuration file ./chainctl/config.yaml"), "\(screen)")
                }
            }
        }
    }

    private func askedAnew(_ program: Program) async throws {
        let folder = program.home.path + "/repository"
        try Data((Self.hostile + "  registry: https://more.example\n").utf8).write(
            to: URL(fileURLWithPath: folder + "/chainctl/config.yaml"))
        #expect(try await run(program, "info").status == 2)
    }
}
