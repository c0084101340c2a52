import Foundation
import Testing

/// `identities update`: what changes is shown first, then changed, and nothing else is touched.
@Suite struct UpdateTests {
    private func document(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    @Test func aPatternIsChangedAndTheRestStays() async throws {
        try await SandboxedProgram.with { sandboxed in
            let program = sandboxed.program
            let before = try document(
                try await program.run("identities", "describe", "image-builder", "-o", "json").output)
            let pattern = "^arn:aws:sts::[0-9]{12}:assumed-role/other/(.+)$"
            let dry = try await program.run(
                "identities", "update", "image-builder", "--aws-arn-pattern", pattern, "--dry-run")
            #expect(dry.status == 0, "\(dry.errors)")
            #expect(dry.errors.contains("ARN\n  - pattern ") && dry.errors.contains("  + pattern \(pattern)"))
            #expect(dry.output.contains("awsIdentity"))
            let same = try document(
                try await program.run("identities", "describe", "image-builder", "-o", "json").output)
            #expect(same["awsIdentity"] as? [String: String] == before["awsIdentity"] as? [String: String])

            let done = try await program.run(
                "identities", "update", "image-builder", "--aws-arn-pattern", pattern, "--description", "changed")
            #expect(done.status == 0, "\(done.errors)")
            let after = try document(
                try await program.run("identities", "describe", "image-builder", "-o", "json").output)
            #expect(after["description"] as? String == "changed")
            let old = try #require(before["awsIdentity"] as? [String: String])
            let new = try #require(after["awsIdentity"] as? [String: String])
            #expect(new["arnPattern"] == pattern)
            #expect(new["userIdPattern"] == old["userIdPattern"] && new["awsAccount"] == old["awsAccount"])
        }
    }

    @Test func rolesAreBoundAndUnbound() async throws {
        try await SandboxedProgram.with { sandboxed in
            let program = sandboxed.program
            let done = try await program.run(
                "identities", "update", "image-builder", "--add-role", "viewer", "--remove-role", "registry.pull")
            #expect(done.status == 0, "\(done.errors)")
            #expect(done.errors.contains("  + viewer") && done.errors.contains("  - registry.pull at "))
            let after = try document(
                try await program.run("identities", "describe", "image-builder", "-o", "json").output)
            let bound = try #require(after["roleBindings"] as? [[String: Any]])
            #expect(bound.map { $0["role"] as? String } == ["viewer"])
            let again = try await program.run("identities", "update", "image-builder", "--add-role", "viewer")
            #expect(again.status == 2)
        }
    }

    @Test func illegalPatternsAndReadOnlyAreRefusedBeforeAnything() async throws {
        try await SandboxedProgram.with { sandboxed in
            let program = sandboxed.program
            let illegal = try await program.run("identities", "update", "image-builder", "--aws-arn-pattern", "a(?=b)")
            #expect(illegal.status == 2)
            #expect(
                illegal.errors.hasPrefix("cgid: The ARN pattern can't be used: error parsing regexp: "),
                "\(illegal.errors)")
            let refused = try await program.run(
                "--read-only", "identities", "update", "image-builder", "--description", "x")
            #expect(refused.status == 2 && refused.errors.contains("read-only"))
        }
    }

    @Test func anIdentityForClaimsIsCreatedAsChainctlSpellsIt() async throws {
        try await SandboxedProgram.with { sandboxed in
            let program = sandboxed.program
            let done = try await program.run(
                "identities", "create", "claim-match", "ci-deploy", "--identity-issuer",
                "https://0f1e2d3c-0000-4000-8000-000000000001.tokens.sts.global.api.aws", "--subject",
                "arn:aws:iam::123456789012:role/ci/deploy", "--role", "registry.pull", "-o", "json")
            #expect(done.status == 0, "\(done.errors)")
            #expect(done.errors.contains("Bind the role registry.pull: at acme.example"), "\(done.errors)")
            let made = try document(done.output)
            #expect(
                (made["claimMatch"] as? [String: Any])?["subject"] as? String
                    == "arn:aws:iam::123456789012:role/ci/deploy")
            let wrong = try await program.run(
                "identities", "create", "federated", "--identity-issuer", "http://x.test", "--subject", "s")
            #expect(wrong.status == 2 && wrong.errors.contains("https URL"), "\(wrong.errors)")
            let placeholder = try await program.run(
                "identities", "create", "claim-match", "ci-deploy", "--identity-issuer",
                "https://UUID.tokens.sts.global.api.aws", "--subject", "arn:aws:iam::123456789012:role/ci/deploy")
            #expect(placeholder.status == 2 && placeholder.errors.contains("stands for"), "\(placeholder.errors)")
        }
    }

    @Test func allIdentitiesAreRankedWithoutAName() async throws {
        try await SandboxedProgram.with { sandboxed in
            let ranked = try await sandboxed.program.run("identities", "match")
            let rows = ranked.output.split(separator: "\n")
            #expect(rows.first?.hasPrefix("CLOSE") == true)
            #expect(rows.dropFirst().first?.hasPrefix("100 %") == true, "\(ranked.output)")
            let one = try await sandboxed.program.run("identities", "match", "staging-builder")
            #expect(one.status == 5)
            #expect(one.output.contains("^ differs from here"), "\(one.output)")
        }
    }
}
