import Foundation
import Testing

@Suite struct CommandTests {
    @Test func whoamiNamesTheCallerAndItsSource() async throws {
        try await SandboxedProgram.with { sandboxed in
            let result = try await sandboxed.program.run("whoami", "--explain", "-o", "json")
            #expect(result.status == 0, "\(result.errors)")
            let caller = try json(result.output)
            #expect((caller["account"] as? String)?.count == 12)
            #expect(caller["kind"] as? String == "assumed role")
            #expect(caller["source"] as? String == "environment")
            #expect(caller["partition"] as? String == "aws")
            let sources = try #require(caller["sources"] as? [[String: Any]])
            #expect(sources.first?["outcome"] as? String == "used")
            #expect(!result.output.contains(try #require(sandboxed.program.environment["AWS_SECRET_ACCESS_KEY"])))
        }
    }

    @Test func withoutCredentialsEverySourceIsNamed() async throws {
        let program = Program(home: try TemporaryFolder())
        let result = try await program.run("whoami", "--explain")
        #expect(result.status == 3)
        for source in ["Environment variables", "Keys in a profile", "Container", "EC2 instance metadata"] {
            #expect(result.output.contains(source))
        }
        #expect(result.errors.split(separator: "\n").count == 1)
    }

    /// The whole job, as a script would do it.
    @Test func anIdentityIsCreatedMatchedAssumedUsedAndDeleted() async throws {
        try await SandboxedProgram.with { sandboxed in
            let program = sandboxed.program
            let caller = try json(try await program.run("whoami", "-o", "json").output)
            let created = try await program.run(
                "identities", "create", "aws", "role", "story", "--aws-account-id", caller["account"] as? String ?? "",
                "--aws-role-name", caller["role"] as? String ?? "", "--role", "registry.pull", "-o", "id")
            #expect(created.status == 0, "\(created.errors)")
            let uid = created.output.trimmingCharacters(in: .newlines)

            let listed = try await program.run("identities", "list", "--name", "story", "-o", "id")
            #expect(listed.output == uid + "\n")
            let matched = try await program.run("identities", "match", "story")
            #expect(matched.status == 0, "\(matched.errors)")

            let token = try await program.run("token", "create", "--identity", uid)
            let verified = try await program.run(
                "token", "verify", "-", "--identity", uid, "--sts-endpoint", sandboxed.sandbox.baseURL, "-o", "json",
                input: token.output)
            #expect(verified.status == 0, "\(verified.errors)")
            #expect(try json(verified.output)["ok"] as? Bool == true)

            let login = try await program.run("login", "--identity", uid, "--alias", "story", "-o", "json")
            #expect(login.status == 0, "\(login.errors)")
            #expect(try json(login.output)["subject"] as? String == uid)
            let repositories = try await program.run("repos", "list", "--alias", "story")
            #expect(repositories.output.contains("python"))
            let status = try await program.run("status")
            #expect(status.output.contains("story") && status.output.contains(uid))

            #expect(try await program.run("identities", "delete", "story", "--yes").status == 0)
            #expect(try await program.run("identities", "list", "--name", "story", "-o", "id").output.isEmpty)
            #expect(try await program.run("logout", "--all").status == 0)
            #expect(try await program.run("status").status == 4)
        }
    }

    @Test(arguments: ["terraform", "chainctl", "json", "policy"])
    func anIdentityIsExported(format: String) async throws {
        try await SandboxedProgram.with { sandboxed in
            let program = sandboxed.program
            let first = try await program.run("identities", "list", "--type", "aws", "-o", "id")
            let uid = try #require(first.output.split(separator: "\n").first.map(String.init))
            let exported = try await program.run("identities", "export", uid, "--format", format)
            #expect(exported.status == 0, "\(exported.errors)")
            let mark = [
                "terraform": "chainguard_identity", "chainctl": "chainctl iam identities create", "json": "awsIdentity",
                "policy": "sts:GetWebIdentityToken",
            ]
            #expect(exported.output.contains(try #require(mark[format])))
        }
    }

    /// Only AWS outbound federation needs it.
    @Test func thePolicyIsNotForWhomItDoesNothing() async throws {
        try await SandboxedProgram.with { sandboxed in
            let program = sandboxed.program
            let github = try await program.run("identities", "export", "github-images-main", "--format", "policy")
            #expect(github.status == 2 && github.output.isEmpty)
            #expect(github.errors.contains("needs no IAM policy"), "\(github.errors)")
            let signing = try await program.run("identities", "export", "image-builder", "--format", "policy")
            #expect(signing.status == 0 && signing.errors.contains("signed request"), "\(signing.errors)")
        }
    }

    @Test func rolesAndOrganizationsAreListed() async throws {
        try await SandboxedProgram.with { sandboxed in
            let roles = try await sandboxed.program.run("roles", "list")
            #expect(roles.output.contains("registry.pull"))
            let organizations = try await sandboxed.program.run("organizations", "list", "-o", "json")
            let groups = try #require(try json(organizations.output)["groups"] as? [[String: Any]])
            #expect(groups.count >= 3)
            let one = try await sandboxed.program.run("repos", "tags", "python", "-o", "id")
            #expect(one.output.contains("latest"))
        }
    }

    @Test func identitiesAreListedByName() async throws {
        try await SandboxedProgram.with { sandboxed in
            let table = try await sandboxed.program.run("identities", "list")
            let document = try json(try await sandboxed.program.run("identities", "list", "-o", "json").output)
            let names = try #require(document["identities"] as? [[String: Any]]).compactMap { $0["name"] as? String }
            #expect(names.count > 3 && names == names.sorted())
            for (name, line) in zip(names, table.output.split(separator: "\n").dropFirst()) {
                #expect(line.hasPrefix(name))
            }
        }
    }

    /// By name where somebody is signed in who may list, else by UIDP only.
    @Test func oneLogsInByName() async throws {
        try await SandboxedProgram.with { sandboxed in
            let login = try await sandboxed.program.run("login", "--identity", "image-builder", "--alias", "ci")
            #expect(login.status == 0, "\(login.errors)")
            let unknown = try await sandboxed.program.run("login", "--identity", "nope", "--alias", "ci")
            #expect(unknown.status == 2 && unknown.errors.contains("No identity is called 'nope'"), "\(unknown.errors)")
        }
        try await SandboxedProgram.with(signedIn: false) { sandboxed in
            let login = try await sandboxed.program.run("login", "--identity", "image-builder")
            #expect(login.status == 2 && login.errors.contains("'image-builder' is no UIDP"), "\(login.errors)")
        }
    }

    @Test func nobodySignedInIsExitCode4() async throws {
        try await SandboxedProgram.with(signedIn: false) { sandboxed in
            for command in [["identities", "list"], ["roles", "list"], ["repos", "list"], ["status"]] {
                let result = try await Program.run(Program.path, command, environment: sandboxed.program.environment)
                #expect(result.status == 4, "\(command)")
                #expect(result.errors.contains("signed in"))
            }
        }
    }

    @Test func theSandboxFlagStandsBeforeOrAfterTheCommand() async throws {
        let program = Program(home: try TemporaryFolder())
        for arguments in [["--sandbox", "whoami", "-o", "id"], ["whoami", "--sandbox", "-o", "id"]] {
            let result = try await Program.run(Program.path, arguments, environment: program.environment)
            #expect(result.status == 0, "\(result.errors)")
            #expect(result.output.hasPrefix("arn:aws:sts::"))
        }
    }

    /// Bad input: a clear line on stderr, nothing on stdout, the right exit code.
    @Test(arguments: [
        (["token", "create", "--identity", "nope"], "list --name NAME -o id"),
        (["token", "inspect", "--now", "yesterday", "x"], "--now takes a moment"),
        (["token", "inspect", "/no/such/file"], "no such file"),
        (["token", "verify", "./token", "--identity", TokenBytesTests.identity], "no such file"),
        (
            ["identities", "create", "aws", "role", "fine", "--aws-account-id", "12345", "--aws-role-name", "R"],
            "12 digits"
        ),
        (
            [
                "identities", "create", "aws", "role", "NOT FINE!", "--aws-account-id", "123456789012",
                "--aws-role-name", "R",
            ],
            "name"
        ),
        (
            [
                "identities", "create", "aws", "role", "fine", "--aws-account-id", "123456789012", "--aws-role-name",
                "R", "--role", "no.such.role",
            ], "no.such.role"
        ),
        (["identities", "match", "--arn", "x", "--user-id", "y"], "ARN"),
        (["--timeout", "0", "whoami"], "--timeout"), (["no-such-command"], "no-such-command"),
    ])
    func badInputIsNamed(arguments: [String], words: String) async throws {
        try await SandboxedProgram.with { sandboxed in
            let result = try await Program.run(Program.path, arguments, environment: sandboxed.program.environment)
            #expect(result.status == 2, "\(result.errors)")
            #expect(result.output.isEmpty)
            #expect(result.errors.contains(words), "\(result.errors)")
        }
    }

    @Test func aMalformedTokenGetsAVerdict() async throws {
        try await SandboxedProgram.with { sandboxed in
            let identity = TokenBytesTests.identity
            let result = try await sandboxed.program.run(
                "token", "verify", "-", "--identity", identity, "--offline", "-o", "json", input: "!!!\n")
            #expect(result.status == 5)
            #expect(try json(result.output)["error"] as? String == "invalid_encoding")
        }
    }

    /// The verdict says what to do next, and that no token can be for such an identity.
    @Test(arguments: [(TokenBytesTests.identity, "cgid token inspect"), ("x", "'x' is no UIDP")])
    func aVerdictSaysWhatIsNext(identity: String, words: String) async throws {
        let program = Program(home: try TemporaryFolder())
        let result = try await program.run("token", "verify", "junk", "--identity", identity, "--offline")
        #expect(result.status == 5 && result.errors.contains(words), "\(result.errors)")
    }

    @Test func aServerThatAnswersGarbageIsNamed() async throws {
        try await SandboxedProgram.with { sandboxed in
            sandboxed.sandbox.fail([.init("/api", .garbage)])
            let result = try await sandboxed.program.run("identities", "list")
            #expect(result.status == 1)
            #expect(result.errors.split(separator: "\n").count == 1)
            sandboxed.sandbox.fail([.init("/", .garbage)])
            let caller = try await sandboxed.program.run("whoami")
            #expect(caller.status == 1, "\(caller.errors)")
        }
    }

    /// Only while its addresses are used: a variable may be left from a sandbox of yesterday.
    @Test func infoSaysWhenTheAddressesAreASandboxs() async throws {
        try await SandboxedProgram.with { sandboxed in
            var program = sandboxed.program
            let info = try json(try await program.run("info", "-o", "json").output)
            #expect(info["sandbox"] as? Bool == true)
            #expect(info["sandboxUrl"] as? String == sandboxed.sandbox.baseURL)
            #expect(try await program.run("info").output.contains("\(sandboxed.sandbox.baseURL) (CGID_SANDBOX)"))
            program.environment["CHAINGUARD_PLATFORM_ISSUER"] = nil
            let elsewhere = try json(try await program.run("info", "-o", "json").output)
            #expect(elsewhere["sandbox"] as? Bool == false && elsewhere["sandboxUrl"] == nil)
        }
    }

    /// No network is needed: the sandbox is all four services.
    @Test func everyServiceOfTheSandboxIsReached() async throws {
        let result = try await Program(home: try TemporaryFolder()).run("--sandbox", "info", "--check")
        #expect(result.status == 0 && result.output.contains("Chainguard's registry"), "\(result.output)")
    }

    @Test func withoutATerminalTheInterfaceSaysSo() async throws {
        let result = try await Program(home: try TemporaryFolder()).run()
        #expect(result.status == 2)
        #expect(result.output.isEmpty)
        #expect(result.errors.contains("terminal"))
    }
}
