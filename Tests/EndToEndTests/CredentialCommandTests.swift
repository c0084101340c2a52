import Foundation
import Testing

/// `export-credentials`, `profiles` and `whoami --probe`, as scripts use them.
@Suite struct CredentialCommandTests {
    @Test func exportedVariablesMakeTheSameCaller() async throws {
        try await SandboxedProgram.with { sandboxed in
            let before = try await sandboxed.program.run("whoami", "-o", "id")
            let line =
                "unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN; eval \"$EXPORTED\"; \"$CGID\" whoami -o id"
            let exported = try await sandboxed.program.run("export-credentials", "--format", "env")
            #expect(exported.output.hasPrefix("export AWS_ACCESS_KEY_ID=ASIA"))
            var variables = sandboxed.program.environment
            variables["EXPORTED"] = exported.output
            variables["CGID"] = Program.path
            let after = try await Program.run("/bin/sh", ["-c", line], environment: variables)
            #expect(after.status == 0, "\(after.errors)")
            #expect(after.output == before.output)
        }
    }

    @Test func anExportServesAsACredentialProcess() async throws {
        try await SandboxedProgram.with { sandboxed in
            let exported = try await sandboxed.program.run("export-credentials")
            #expect(try json(exported.output)["Version"] as? Int == 1)
            var program = sandboxed.program
            let file = program.home.path + "/exported.json"
            try exported.output.write(toFile: file, atomically: true, encoding: .utf8)
            try "[profile p]\ncredential_process = cat '\(file)'\n"
                .write(toFile: program.home.path + "/config", atomically: true, encoding: .utf8)
            program.environment["AWS_CONFIG_FILE"] = program.home.path + "/config"
            let caller = try json(try await program.run("whoami", "--profile", "p", "-o", "json").output)
            #expect(caller["source"] as? String == "process")
            #expect(caller["kind"] as? String == "assumed role")
        }
    }

    @Test func nothingIsExportedWithoutCredentials() async throws {
        let result = try await Program(home: try TemporaryFolder()).run("export-credentials")
        #expect(result.status == 3)
        #expect(result.output.isEmpty)
    }

    @Test func profilesAreMergedAndMasked() async throws {
        var program = Program(home: try TemporaryFolder())
        program.environment["AWS_CONFIG_FILE"] = program.home.path + "/config"
        program.environment["AWS_SHARED_CREDENTIALS_FILE"] = program.home.path + "/credentials"
        try """
        [profile work]
        region = eu-west-1
        s3 =
          max_concurrent_requests = 20
        [sso-session main]
        sso_region = us-east-1
        [services local]
        sts =
          endpoint_url = http://localhost:1
        """.write(toFile: program.home.path + "/config", atomically: true, encoding: .utf8)
        try "[work]\naws_access_key_id = AKIAX\naws_secret_access_key = MARKED\n"
            .write(toFile: program.home.path + "/credentials", atomically: true, encoding: .utf8)

        let masked = try await program.run("profiles", "-o", "json")
        #expect(masked.status == 0, "\(masked.errors)")
        #expect(!masked.output.contains("MARKED"))
        let revealed = try json(try await program.run("profiles", "--reveal", "-o", "json").output)
        let profiles = try #require(revealed["profiles"] as? [String: [String: Any]])
        #expect(profiles["work"]?["aws_secret_access_key"] as? String == "MARKED")
        #expect(profiles["work"]?["region"] as? String == "eu-west-1")
        #expect(profiles["work"]?["s3"] as? [String: String] == ["max_concurrent_requests": "20"])
        let sessions = try #require(revealed["ssoSessions"] as? [String: [String: String]])
        #expect(sessions == ["main": ["sso_region": "us-east-1"]])
        let services = try #require(revealed["services"] as? [String: [String: [String: String]]])
        #expect(services == ["local": ["sts": ["endpoint_url": "http://localhost:1"]]])

        let text = try await program.run("profiles")
        #expect(text.output.contains("[profile work]") && text.output.contains("region = eu-west-1"))
        #expect(!text.output.contains("MARKED"))
        #expect(try await program.run("profiles", "-o", "id").output == "work\n")
    }

    @Test func probingNamesWhatElseHasCredentials() async throws {
        try await SandboxedProgram.with { sandboxed in
            var program = sandboxed.program
            program.environment["AWS_EC2_METADATA_DISABLED"] = nil
            let quiet = try await program.run("whoami", "--explain")
            #expect(!quiet.output.contains("probed"))
            let probed = try await program.run("whoami", "--probe")
            #expect(probed.status == 0, "\(probed.errors)")
            #expect(probed.output.contains("probed: it has credentials too, ASIA"), "\(probed.output)")
            #expect(probed.output.hasPrefix("account"))
        }
    }
}
