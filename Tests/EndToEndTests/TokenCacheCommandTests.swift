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
            let (cache, audience) = (sandboxed.cache, sandboxed.sandbox.endpoints.audience)
            let first = try await program.run("login", "--identity", uid, "--alias", "killed")
            #expect(first.status == 0, "\(first.errors)")
            // The exchange is said to be done right before its token is written.
            for delay in ["0", "0.001", "0.002", "0.004", "0.008", "0.016", "0.03"] {
                let line = """
                    rm -f said; mkfifo said
                    \(Program.path) login --identity \(uid) --alias killed >/dev/null 2>said & login=$!
                    grep -q -m1 '^Exchange' < said; sleep \(delay); kill -9 $login; wait $login 2>/dev/null
                    """
                _ = try await Program.run(
                    "sh", ["-c", "cd \(program.home.path); \(line)"], environment: program.environment)
                let kept = try #require(try cache.read(audience: audience, alias: "killed"))
                #expect(kept.claims?.subject == uid)
                // The old one goes first, so that it never stands beside the new token.
                if kept.refreshToken != nil { #expect(kept.refreshExpiry != nil) }
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

    /// A real full disk: a small tmpfs in a mount namespace of its own.
    @Test(.enabled(if: Mounts.areAllowed, "needs root and mount namespaces"))
    func aFullTmpfsLeavesTheOldToken() async throws {
        try await keeping { uid in
            """
            mount -t tmpfs -o size=64k,mode=700 tmpfs "$HOME/.cache" || exit 99
            \(Program.path) login --identity \(uid) --alias kept >/dev/null 2>&1 || exit 98
            old=$(cat "$HOME"/.cache/chainguard/*/kept/oidc-token)
            cat /dev/zero > "$HOME/.cache/filler" 2>/dev/null
            """
        }
    }

    @Test(.enabled(if: Mounts.areAllowed, "needs root and mount namespaces"))
    func aReadOnlyHomeLeavesTheOldToken() async throws {
        try await keeping { uid in
            """
            \(Program.path) login --identity \(uid) --alias kept >/dev/null 2>&1 || exit 98
            old=$(cat "$HOME"/.cache/chainguard/*/kept/oidc-token)
            mount --bind "$HOME" "$HOME" && mount -o remount,ro,bind "$HOME" || exit 99
            """
        }
    }

    /// After the preparation, which keeps the token in `old`, a login fails and says why; the token stays.
    private func keeping(_ preparation: (_ uid: String) -> String) async throws {
        try await SandboxedProgram.with { sandboxed in
            let program = sandboxed.program
            let uid = try await sandboxed.identity("image-builder")
            let script = """
                mkdir -p "$HOME/.cache"
                \(preparation(uid))
                \(Program.path) login --identity \(uid) --alias kept; echo "status $?"
                [ "$old" = "$(cat "$HOME"/.cache/chainguard/*/kept/oidc-token)" ] && echo same
                """
            let result = try await Program.run(
                "unshare", ["-m", "sh", "-c", script], environment: program.environment)
            #expect(result.output == "status 1\nsame\n", "\(result.status) \(result.output) \(result.errors)")
            #expect(result.errors.contains("Can't"))
        }
    }

    /// As AWS's tools do it: where `HOME` is not set, the password database knows it.
    @Test func withoutHOMEThePasswordDatabaseIsAsked() async throws {
        var program = Program(home: try TemporaryFolder())
        program.environment["HOME"] = nil
        let home = String(cString: try #require(getpwuid(getuid())).pointee.pw_dir)
        let tokens = try json(try await program.run("info", "-o", "json").output)["tokens"] as? String
        #expect(tokens == home + "/.cache/chainguard")
    }

    @Test func logoutRemovesExactlyWhatItSays() async throws {
        try await SandboxedProgram.with { sandboxed in
            let (program, cache) = (sandboxed.program, sandboxed.cache)
            let api = sandboxed.sandbox.endpoints.audience
            let token = IssuedTokens(token: Secret("e30.e30.e30"), refreshToken: Secret("r"))
            for (audience, alias) in [(api, "ci"), (api, "other"), ("cgr.dev", nil), ("cgr.dev", "ci")] {
                try cache.write(token, audience: audience, alias: alias)
            }
            func kept() -> Int { cache.list().count }
            #expect(kept() == 5)
            _ = try await program.run("logout", "--alias", "ci")
            #expect(try cache.read(audience: api, alias: "ci") == nil && kept() == 4)
            _ = try await program.run("logout", "--audience", "cgr.dev")
            #expect(try cache.read(audience: "cgr.dev") == nil && kept() == 3)
            _ = try await program.run("logout", "--audience", "cgr.dev", "--alias", "ci")
            #expect(kept() == 2)
            _ = try await program.run("logout")
            #expect(try cache.read(audience: api) == nil && kept() == 1)
            _ = try await program.run("logout", "--all")
            #expect(kept() == 0)
        }
    }

    @Test func statusListsEveryTokenAndTightensLooseModes() async throws {
        try await SandboxedProgram.with { sandboxed in
            let (program, cache) = (sandboxed.program, sandboxed.cache)
            let uid = try await sandboxed.identity("image-builder")
            _ = try await program.run("login", "--identity", uid, "--alias", "ci")
            _ = try await program.run("login", "--identity", uid, "--audience", "cgr.dev")
            let path = try cache.folder(audience: "cgr.dev") + "/oidc-token"
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
            let document = try json(try await program.run("status", "-o", "json").output)
            let tokens = try #require(document["tokens"] as? [[String: Any]])
            #expect(tokens.count == 3)
            let loose = tokens.filter { $0["looseMode"] as? Bool == true }
            #expect(loose.map { $0["path"] as? String } == [path])
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            #expect(tokens.contains { $0["email"] as? String == "operator@acme.example" })
            for token in tokens {
                let left = try #require(token["secondsLeft"] as? Int)
                #expect((1...3600).contains(left))
            }
            let text = try await program.run("status").output
            for token in tokens { #expect(text.contains(try #require(token["path"] as? String))) }
        }
    }

    /// An owner has some forty capabilities; a token's file alone fills a line.
    @Test func statusFitsIntoATerminal() async throws {
        try await SandboxedProgram.with { sandboxed in
            let result = try await sandboxed.program.run("status")
            #expect(result.output.contains("owner at "))
            for line in result.output.split(separator: "\n") {
                #expect(line.count <= 80 || line.hasPrefix("file "), "\(line)")
            }
        }
    }

    @Test func logoutOfWhatIsNotKeptNamesWhatIs() async throws {
        try await SandboxedProgram.with { sandboxed in
            let api = sandboxed.sandbox.endpoints.audience
            let token = IssuedTokens(token: Secret("e30.e30.e30"))
            for (audience, alias) in [(api, "ci"), (api, "nightly"), ("cgr.dev", "docker")] {
                try sandboxed.cache.write(token, audience: audience, alias: alias)
            }
            let before = sandboxed.cache.list()
            let result = try await sandboxed.program.run("logout", "--alias", "typo")
            #expect(result.status == 4 && result.output.isEmpty)
            #expect(result.errors.contains("kept under 'typo'"), "\(result.errors)")
            #expect(result.errors.contains("Kept are: ci, nightly"), "\(result.errors)")
            #expect(sandboxed.cache.list() == before)
        }
    }

    /// Who it is that a login would replace, by a name that a person knows.
    @Test func aLoginInTheWayIsNamed() async throws {
        try await SandboxedProgram.with { sandboxed in
            let uid = try await sandboxed.identity("image-builder")
            let result = try await sandboxed.program.run("login", "--identity", uid)
            #expect(result.status == 2)
            #expect(result.errors.contains("operator@acme.example is signed in"), "\(result.errors)")
            #expect(result.errors.contains("[login-in-the-way]"))
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

enum Mounts {
    static let areAllowed = getuid() == 0 && isDone("unshare -m mount -t tmpfs tmpfs /mnt")

    private static func isDone(_ command: String) -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "\(command) 2>/dev/null"]
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
