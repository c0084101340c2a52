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
            #expect(illegal.status == 2 && illegal.errors.contains("error parsing regexp"))
            let refused = try await program.run(
                "--read-only", "identities", "update", "image-builder", "--description", "x")
            #expect(refused.status == 2 && refused.errors.contains("read-only"))
        }
    }
}
