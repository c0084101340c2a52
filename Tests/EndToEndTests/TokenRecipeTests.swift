import Chainguard
import Sandbox
import Testing

/// The shell script that the Token screen shows, run as a person would run it.
@Suite struct TokenRecipeTests {
    /// A caller with a session token and one without.
    @Test(arguments: [SandboxCaller.Name.role, .user])
    func theScriptsTokenIsAccepted(_ kind: SandboxCaller.Name) async throws {
        try await SandboxedProgram.with(caller: kind) { sandboxed in
            let identity = try #require(UIDP(TokenBytesTests.identity))
            let script = Recipes.tokenScript(identity: identity, audience: sandboxed.sandbox.endpoints.issuer)
            let made = try await Program.run("/bin/sh", ["-c", script], environment: sandboxed.program.environment)
            try #require(made.status == 0, "\(made.errors)")
            let verdict = try await sandboxed.program.run(
                "token", "verify", "-", "--identity", identity.text, "-o", "json", input: made.output)
            #expect(verdict.status == 0, "\(verdict.errors)")
            let inspected = try await sandboxed.program.run("token", "inspect", "-", input: made.output)
            #expect(inspected.output.contains("no findings"), "\(inspected.output)")
        }
    }
}
