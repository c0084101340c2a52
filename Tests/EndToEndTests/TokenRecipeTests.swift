import Chainguard
import Sandbox
import Testing

/// The shell scripts that the Token screen shows, run as a person would run them.
@Suite struct TokenRecipeTests {
    /// A caller with a session token and one without.
    @Test(arguments: TokenScript.allCases, [SandboxCaller.Name.role, .user])
    func theScriptsTokenIsAccepted(_ tool: TokenScript, _ kind: SandboxCaller.Name) async throws {
        try await SandboxedProgram.with(caller: kind) { sandboxed in
            let identity = try #require(UIDP(TokenBytesTests.identity))
            let script = Recipes.tokenScript(
                identity: identity, audience: sandboxed.sandbox.endpoints.issuer, with: tool)
            let made = try await Program.run("/bin/sh", ["-c", script], environment: sandboxed.program.environment)
            try #require(made.status == 0, "\(made.errors)")
            let verdict = try await sandboxed.program.run(
                "token", "verify", "-", "--identity", identity.text, "-o", "json", input: made.output)
            #expect(verdict.status == 0, "\(verdict.errors)")
            let inspected = try await sandboxed.program.run("token", "inspect", "-", input: made.output)
            #expect(inspected.output.contains("no findings"), "\(inspected.output)")
        }
    }

    @Test func theCurlScriptPrintsNothingWhenSTSRefuses() async throws {
        try await SandboxedProgram.with(caller: .expired) { sandboxed in
            let identity = try #require(UIDP(TokenBytesTests.identity))
            let script = Recipes.tokenScript(
                identity: identity, audience: sandboxed.sandbox.endpoints.issuer, with: .curl)
            let made = try await Program.run("/bin/sh", ["-c", script], environment: sandboxed.program.environment)
            #expect(made.status == 1)
            #expect(made.output.isEmpty)
            #expect(made.errors.contains("refused"), "\(made.errors)")
        }
    }
}
