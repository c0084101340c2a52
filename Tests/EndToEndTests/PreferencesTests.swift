import Foundation
import Testing

/// `config.yaml` and what the interface remembers.
@Suite struct PreferencesTests {
    /// A program whose `config.yaml` says this.
    private func program(_ yaml: String, base: Program? = nil) throws -> Program {
        let program = try base ?? Program(home: try TemporaryFolder())
        let folder = program.home.path + "/.config/cgid"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(yaml.utf8).write(to: URL(fileURLWithPath: folder + "/config.yaml"))
        return program
    }

    private static let whole = """
        # Everything that can be said.
        theme: night
        themes:
          night:
            base: high-contrast
            accent: bright-cyan bold
            selected: "#ffffff on 24"
            selected-unfocused: 255 on 240
        mouse: true
        """

    @Test func infoSaysWhichFileWasRead() async throws {
        let without = Program(home: try TemporaryFolder())
        let path = without.home.path + "/.config/cgid/config.yaml"
        #expect(try await without.run("info").output.contains("\(path) (not there)"))
        let with = try program("theme: mono\n", base: without)
        let info = try json(try await with.run("info", "-o", "json").output)
        #expect(info["preferences"] as? String == path)
        #expect(info["preferencesRead"] as? Bool == true)
    }

    /// The place, the name and what would be right.
    @Test(arguments: [
        ("them: mono", ":1: no setting is called 'them': did you mean 'theme'? Correct"),
        ("colour: red", "no setting is called 'colour': there are theme,"),
        ("\n\nmouse: maybe", ":3: mouse is true or false, not 'maybe'"),
        ("read-only: [a]", ":1: read-only is true or false"),
        ("region: No Where", ":1: region 'No Where' is not the name of a region"),
        ("theme: neon", ":1: there is no theme 'neon'"),
        ("themes: dark", ":1: themes is no mapping"),
        ("themes:\n  mono:\n    text: red", ":2: themes.mono: cgid has a theme of this name"),
        ("themes:\n  dark:\n    base: neon", ":3: themes.dark.base is one of standard, high-contrast, mono"),
        ("themes:\n  dark:\n    acent: red", ":3: no part of a theme is called 'acent': did you mean 'accent'?"),
        ("themes:\n  dark:\n    accent: reddish", ":3: themes.dark.accent: 'reddish' is neither a colour"),
        ("themes:\n  dark:\n    accent: red on", ":3: themes.dark.accent: a colour is missing after 'on'"),
        ("- a\n- b", ":1: the file is no mapping"), ("theme: [", "config.yaml:"),
        ("theme: mono\ntheme: mono", "a name is there twice: theme"),
    ])
    func whatIsWrongIsNamed(yaml: String, words: String) async throws {
        let result = try await program(yaml).run("info")
        #expect(result.status == 2)
        #expect(result.output.isEmpty)
        #expect(result.errors.contains("/.config/cgid/config.yaml"), "\(result.errors)")
        #expect(result.errors.contains(words), "\(result.errors)")
    }

    @Test func aVariableIsCheckedToo() async throws {
        var program = try program("mouse: true")
        program.environment["CGID_READ_ONLY"] = "perhaps"
        let result = try await program.run("info")
        #expect(result.status == 2)
        #expect(result.errors.contains("CGID_READ_ONLY is true or false, not 'perhaps'"))
    }

    @Test func readOnlyHoldsForCommandsUntilAFlagSaysOtherwise() async throws {
        try await SandboxedProgram.with { sandboxed in
            let program = try program("read-only: true", base: sandboxed.program)
            let refused = try await program.run("identities", "delete", "image-builder", "--yes")
            #expect(refused.status == 2)
            #expect(refused.errors.contains("/.config/cgid/config.yaml:1"), "\(refused.errors)")
            #expect(refused.errors.contains("--no-read-only"))
            let allowed = try await program.run("--no-read-only", "identities", "delete", "image-builder", "--yes")
            #expect(allowed.status == 0, "\(allowed.errors)")
        }
    }

    /// A flag beats the variable, the variable the file, and the file what nothing says.
    @Test func profileAndRegionAreTheLastToBeAsked() async throws {
        var program = try program("profile: mine\nregion: eu-west-1")
        let files = ["mine", "other", "flagged"].map { "[\($0)]\naws_access_key_id = AKIA\($0.uppercased())\n" }
        let folder = program.home.path + "/.aws"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(files.joined(separator: "aws_secret_access_key = s\n").utf8 + Data("aws_secret_access_key = s\n".utf8))
            .write(to: URL(fileURLWithPath: folder + "/credentials"))
        func key(_ arguments: String...) async throws -> String {
            let result = try await Program.run(
                Program.path, arguments + ["export-credentials", "--format", "env"], environment: program.environment)
            return result.output.split(separator: "\n").first.map(String.init) ?? result.errors
        }
        #expect(try await key().hasSuffix("AKIAMINE"))
        program.environment["AWS_PROFILE"] = "other"
        #expect(try await key().hasSuffix("AKIAOTHER"))
        #expect(try await key("--profile", "flagged").hasSuffix("AKIAFLAGGED"))
    }

    @Test func theParentOfNewIdentitiesIsTaken() async throws {
        try await SandboxedProgram.with { sandboxed in
            let program = try program("parent: platform", base: sandboxed.program)
            let groups = try json(try await program.run("organizations", "list", "-o", "json").output)
            let platform = try #require(
                (groups["groups"] as? [[String: Any]])?.first { $0["name"] as? String == "platform" })
            let created = try await program.run(
                "identities", "create", "aws", "role", "at-platform", "--aws-account-id", "123456789012",
                "--aws-role-name", "R", "-o", "id")
            #expect(created.output.hasPrefix("\(try #require(platform["uid"] as? String))/"), "\(created.errors)")
        }
    }

    @Test func anUnknownThemeIsRefusedBeforeTheScreenIsTaken() async throws {
        var program = try program(Self.whole)
        program.environment["TERM"] = "xterm"
        let result = try await program.run("--theme", "neon")
        #expect(result.status == 2)
        #expect(result.errors.contains("there is no theme 'neon'"))
        #expect(result.errors.contains("standard, high-contrast, mono, night"))
    }

    /// The next start is where this one ended.
    @Test func theLastScreenSortAndThemeAreRemembered() async throws {
        try await SandboxedProgram.with { sandboxed in
            let program = sandboxed.program
            func session(_ body: (Tmux) async throws -> Void) async throws {
                try await Tmux.with(Program.path, environment: program.environment) { terminal in
                    try await body(terminal)
                    try await terminal.press("q")
                    try await terminal.see("exit status 0")
                }
            }
            try await session { terminal in
                try await terminal.see("role image-builder")
                try await terminal.press("2")
                try await terminal.see("22 identities")
                try await terminal.press("s")
                try await terminal.type(":")
                try await terminal.type("colour theme")
                try await terminal.press("Enter")
                try await terminal.see("Theme: high-contrast")
            }
            let path = program.home.path + "/.local/state/cgid/interface.json"
            let state = try json(String(contentsOfFile: path, encoding: .utf8))
            let memory = try #require(state["memory"] as? [String: Any])
            #expect(memory["theme"] as? String == "high-contrast")
            #expect((memory["sort"] as? [String: Any])?["column"] as? String == "kind")
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            try await session { try await $0.see("22 identities") }
        }
    }
}
