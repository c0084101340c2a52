import Foundation
import Testing

/// The program in a real terminal against its own sandbox: what an operator sees, key by key.
@Suite(.serialized) struct StoryTests {
    @Test(arguments: [(80, 24), (120, 40)])
    func fromTheCallerToTheRepositories(width: Int, height: Int) async throws {
        try await onScreen("--sandbox", width: width, height: height) { terminal in
            try await terminal.see("SANDBOX", "123456789012", "role image-builder", "operator@acme.example")
            try await terminal.press("n")
            try await terminal.see("New identity", "image-builder", "AROABUILDER2222222222")
            try await terminal.press("Enter", "Enter", "Enter", "Enter", "Enter")
            try await terminal.see("What it is called and where it stands", "acme.example / platform")
            try await terminal.press("C-u")
            try await terminal.type("story-role")
            try await terminal.press("Enter", "Enter", "Enter")
            try await terminal.see("What it may do", "registry.pull")
            try await terminal.type("/")
            try await terminal.type("registry.pull")
            try await terminal.press("Enter", "Space", "Enter")
            try await terminal.see("Review", "This caller matches", "^AROABUILDER2222222222:(.+)$")
            try await terminal.press("c")
            try await terminal.see("Created story-role", "UIDP", "registry.pull")

            try await terminal.press("2")
            try await terminal.see("23 identities")
            try await terminal.type("/")
            try await terminal.type("story")
            try await terminal.see("of 23 identities", "▸ story-role")
            try await terminal.press("Enter", "t")
            let token = try await terminal.see(
                "POST /?Action=GetCallerIdentity&Version=2011-06-15", "sts.amazonaws.com")
            #expect(!token.contains("SandboxSession"), "the session token is masked")

            try await terminal.press("l")
            try await terminal.see("Signed in at Chainguard", "registry.pull", "as story-role")
            try await terminal.press("5")
            try await terminal.see("postgres", "python")
            try await terminal.press("Enter")
            try await terminal.see("docker pull 127.0.0.1:", "/acme.example/")

            try await terminal.see("latest", "sha256:")
            try await terminal.press("C-c", "C-c")
            try await terminal.see("exit status 0")
        }
    }

    @Test func anIdentityThatDoesNotMatchNamesTheFieldAndBothValues() async throws {
        try await onScreen("--sandbox") { terminal in
            try await terminal.see("role image-builder")
            try await terminal.press("2")
            try await terminal.see("22 identities")
            try await terminal.type("/")
            try await terminal.type("staging-builder")
            try await terminal.press("Enter", "Enter")
            try await terminal.see("does not match", "210987654321", "123456789012")
            try await terminal.press("l")
            try await terminal.see("Account", "210987654321", "123456789012")
        }
    }

    @Test func withoutCredentialsTheScreenSaysWhatWasTried() async throws {
        try await onScreen("--sandbox", "--sandbox-caller", "none", height: 40) { terminal in
            try await terminal.see("No AWS credentials", "Environment variables", "EC2 instance metadata")
            try await terminal.press("q")
            try await terminal.see("exit status 0")
        }
    }

    /// No sandbox, no credentials, a metadata service that never answers: the interface stays responsive.
    @Test func withoutNetworkItStartsAtOnceStaysResponsiveAndQuits() async throws {
        var program = Program(home: try TemporaryFolder())
        program.environment["AWS_EC2_METADATA_DISABLED"] = nil
        // TEST-NET-1 (RFC 5737): nobody answers there.
        program.environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = "http://192.0.2.1"
        program.environment["CHAINGUARD_PLATFORM_API"] = "https://192.0.2.2"
        try await Tmux.with(Program.path, environment: program.environment) { terminal in
            try await terminal.see("1 Caller", within: 3)
            try await terminal.press("?")
            try await terminal.see("Walk the credential chain again", within: 2)
            try await terminal.press("Escape", "2")
            try await terminal.press("1")
            try await terminal.see("No AWS credentials are configured")
            try await terminal.press("q")
            try await terminal.see("exit status 0", within: 3)
        }
    }

    @Test func aTinyTerminalSaysSoAndComesBack() async throws {
        try await onScreen("--sandbox") { terminal in
            try await terminal.see("role image-builder")
            try await terminal.resize(width: 1, height: 1)
            try await terminal.resize(width: 50, height: 10)
            try await terminal.see("60")
            try await terminal.resize(width: 200, height: 60)
            try await terminal.see("role image-builder", "User id")
            try await terminal.press("q")
            try await terminal.see("exit status 0")
        }
    }

    /// Some parents (supervisors, test runners) start programs with signals blocked.
    @Test func signalsThatTheParentBlockedAreHeard() async throws {
        let program = Program(home: try TemporaryFolder())
        try await Tmux.with(
            "env --block-signal=WINCH,TERM,HUP \(Program.path) --sandbox", environment: program.environment
        ) { terminal in
            try await terminal.see("role image-builder")
            try await terminal.resize(width: 50, height: 10)
            try await terminal.see("60")
        }
    }

    private func onScreen(
        _ arguments: String..., width: Int = 80, height: Int = 24, _ body: (Tmux) async throws -> Void
    ) async throws {
        let program = Program(home: try TemporaryFolder())
        try await Tmux.with(
            ([Program.path] + arguments).joined(separator: " "), width: width, height: height,
            environment: program.environment
        ) { terminal in
            try await body(terminal)
        }
    }
}
