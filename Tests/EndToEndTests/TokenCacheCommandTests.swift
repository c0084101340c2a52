import AWSCaller
import Chainguard
import Foundation
import Testing

/// What may happen to the program while it writes: the cache holds the old token or the new one, whole.
@Suite struct TokenCacheCommandTests {
    @Test func aKilledLoginLeavesAWholeToken() async throws {
        try await SandboxedProgram.with { sandboxed in
            let program = sandboxed.program
            let uid = try await identity(program)
            let cache = TokenCache(folder: program.home.path + "/.cache/chainguard")
            for delay in ["0.02", "0.04", "0.06", "0.08", "0.10", "0.13", "0.16", "0.20"] {
                let login = "\(Program.path) login --identity \(uid) --alias killed"
                let line = "\(login) >/dev/null 2>&1 & sleep \(delay); kill -9 $!"
                _ = try await Program.run("sh", ["-c", line], environment: program.environment)
                guard let token = try cache.read(audience: sandboxed.sandbox.endpoints.audience, alias: "killed") else {
                    continue
                }
                #expect(token.claims?.subject == uid)
            }
            let last = try await program.run("login", "--identity", uid, "--alias", "killed")
            #expect(last.status == 0, "\(last.errors)")
        }
    }

    /// A file may not grow, as on a full disk.
    @Test func aFullDiskLeavesTheOldToken() async throws {
        try await SandboxedProgram.with { sandboxed in
            let program = sandboxed.program
            let uid = try await identity(program)
            #expect(try await program.run("login", "--identity", uid, "--alias", "full").status == 0)
            let cache = TokenCache(folder: program.home.path + "/.cache/chainguard")
            let audience = sandboxed.sandbox.endpoints.audience
            let old = try #require(try cache.read(audience: audience, alias: "full"))
            let line = "ulimit -f 0; trap '' XFSZ; exec \(Program.path) login --identity \(uid) --alias full"
            let result = try await Program.run("sh", ["-c", line], environment: program.environment)
            #expect(result.status == 1)
            #expect(result.errors.contains("Can't write"))
            #expect(try cache.read(audience: audience, alias: "full") == old)
            let names = try FileManager.default.contentsOfDirectory(
                atPath: cache.folder(audience: audience, alias: "full"))
            #expect(names.sorted() == ["oidc-token", "refresh-token"])
        }
    }

    /// A refresh token works once: of two processes that find the token expired, one refreshes and both go on.
    @Test func twoProcessesRefreshOnce() async throws {
        try await SandboxedProgram.with(signedIn: false) { sandboxed in
            let program = sandboxed.program
            let fresh = try await sandboxed.sandbox.operatorTokens()
            let expired = "e30.\(Data(#"{"sub":"x","exp":1}"#.utf8).base64EncodedString()).e30"
            try TokenCache(folder: program.home.path + "/.cache/chainguard").write(
                IssuedTokens(token: Secret(expired), refreshToken: fresh.refreshToken),
                audience: sandboxed.sandbox.endpoints.audience)
            async let one = program.run("roles", "list", "-o", "id")
            async let two = program.run("roles", "list", "-o", "id")
            let results = try await [one, two]
            for result in results { #expect(result.status == 0, "\(result.errors)") }
        }
    }

    private func identity(_ program: Program) async throws -> String {
        let caller = try json(try await program.run("whoami", "-o", "json").output)
        let created = try await program.run(
            "identities", "create", "aws", "role", "cache", "--aws-account-id", caller["account"] as? String ?? "",
            "--aws-role-name", caller["role"] as? String ?? "", "--role", "registry.pull", "-o", "id")
        #expect(created.status == 0, "\(created.errors)")
        return created.output.trimmingCharacters(in: .newlines)
    }
}
