import Foundation
import Sandbox
import TestSupport
import Testing

/// `--fault` and `--sandbox-fault`: each fault happens to a command as its name says.
@Suite struct FaultTests {
    private static let create = [
        "identities", "create", "aws", "role", "faulty", "--aws-account-id", SandboxCaller.account,
        "--aws-role-name", "image-builder", "--role", "registry.pull",
    ]

    /// The command, and a regular expression for what it says on stderr or stdout.
    private static let outcomes: [SandboxFault: (arguments: [String], pattern: String)] = [
        .throttled: (["identities", "list"], #"Wait 30 s and try again \[rate-limited\]"#),
        .unavailable: (["identities", "list"], #"\[service-unavailable\]"#),
        .slow: (["--timeout", "1", "whoami"], #"\[read-timeout\]"#),
        .dropped: (["identities", "list"], #"closed the connection without an answer.*\[connection-failed\]"#),
        .garbage: (["identities", "list"], #"\[answer-not-understood\]"#),
        .captivePortal: (["identities", "list"], #"\[captive-portal\]"#),
        .redirected: (["identities", "list"], #"\[redirected\]"#),
        .stsThrottled: (["whoami"], #"\[sts-busy\]"#),
        .stsExpired: (["whoami"], #"\[sts-session-expired\]"#),
        .bindingRefused: (create, #"its creation can be continued"#),
        .bindingLost: (create, #"is bound, although no answer came"#),
        .shortTokens: (["status"], #"expires +\S+ \(in \d+ s\)"#),
        .clockAhead: (["info", "--check"], #"\[clock-behind\]"#),
        .clockBehind: (["info", "--check"], #"\[clock-ahead\]"#),
        .hostileText: (["identities", "list"], #"harmless␛\[2J"#),
    ]

    @Test(arguments: SandboxFault.allCases)
    func happensToACommand(fault: SandboxFault) async throws {
        let program = Program(home: try TemporaryFolder())
        let outcome = try #require(Self.outcomes[fault])
        let result = try await Program.run(
            Program.path, ["--sandbox", "--sandbox-fault", fault.rawValue] + outcome.arguments,
            environment: program.environment)
        let said = result.errors + result.output
        #expect(try said.contains(Regex(outcome.pattern)), "\(result.status): \(said)")
        #expect(!said.contains("\u{1B}"))
    }

    @Test func aCountedOnePasses() async throws {
        let program = Program(home: try TemporaryFolder())
        let result = try await program.run("--sandbox", "--sandbox-fault", "unavailable=1", "identities", "list")
        #expect(result.status == 0, "the second try is served: \(result.errors)")
    }

    @Test(arguments: ["nonsense", "slow=0", "slow=x", "clock-ahead=2"])
    func anUnknownOneIsWrongUsage(argument: String) async throws {
        let program = Program(home: try TemporaryFolder())
        for arguments in [["sandbox", "--fault", argument], ["--sandbox", "--sandbox-fault", argument, "whoami"]] {
            let result = try await Program.run(Program.path, arguments, environment: program.environment)
            #expect(result.status == 2 && result.errors.contains(argument), "\(result.errors)")
        }
    }

    /// The AWS CLI reads XML.
    @Test func otherClientsUnderstandAnErrorOfSTS() async throws {
        try await SandboxedProgram.with { sandboxed in
            sandboxed.sandbox.fail([FailureRule("/", .awsError(code: "ExpiredToken", status: 403))])
            let result = try await Program.run(
                TestTool.awsCommandLine(),
                ["sts", "get-caller-identity", "--endpoint-url", sandboxed.sandbox.baseURL],
                environment: sandboxed.program.environment)
            #expect(result.errors.contains("An error occurred (ExpiredToken)"), "\(result.errors)")
        }
    }

    @Test func aPortThatIsTakenIsNamed() async throws {
        try await SandboxedProgram.with { sandboxed in
            let port = try #require(URL(string: sandboxed.sandbox.baseURL)?.port)
            let result = try await sandboxed.program.run("sandbox", "--port", "\(port)")
            #expect(result.status == 2 && result.output.isEmpty)
            #expect(result.errors.contains("port \(port) on 127.0.0.1") && result.errors.contains("already in use"))
        }
    }

    @Test func theHelpListsEachOne() async throws {
        let help = try await Program(home: try TemporaryFolder()).run("sandbox", "--help").output
        for fault in SandboxFault.allCases { #expect(help.contains(fault.rawValue)) }
    }
}
