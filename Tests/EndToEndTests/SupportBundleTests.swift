import Foundation
import Testing

/// What `w` on the Messages screen writes.
@Suite struct SupportBundleTests {
    @Test func tellsWhatHappenedAndNoSecret() async throws {
        try await SandboxedProgram.with { sandboxed in
            var program = sandboxed.program
            let secrets = [
                "planted-proxy-password", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJwbGFudGVkIn0.c2ln",
                "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            ]
            program.environment["EXAMPLE_PASSWORD"] = secrets[0]
            // What a server, or whoever chose a path, says in its own words: each stands in a message or a request.
            program.environment["CHAINGUARD_PLATFORM_API"] =
                sandboxed.sandbox.endpoints.api + "/\(secrets[0])/\(secrets[1])/:\(secrets[2]):"
            let path = program.home.path + "/bundle.json"
            try await Tmux.with(Program.path, environment: program.environment) { terminal in
                try await terminal.see("role image-builder")
                try await terminal.press("6")
                try await terminal.see("Asking who is signed in")
                try await terminal.press("w")
                try await terminal.see("support bundle", "cgid-support-20")
                try await terminal.press("C-u")
                try await terminal.type(path)
                try await terminal.press("Enter")
                try await terminal.see("Writing the support bundle      ✓ done")
            }
            let text = try String(contentsOfFile: path, encoding: .utf8)
            let bundle = try json(text)
            let messages = try #require(bundle["messages"] as? [[String: Any]])
            #expect(messages.contains { ($0["requestIds"] as? [String])?.isEmpty == false })
            #expect((bundle["requests"] as? [[String: Any]])?.isEmpty == false)
            #expect((bundle["info"] as? [String: Any])?["version"] is String)
            #expect(text.contains("<redacted>"))
            let kept = program.environment.filter { $0.key.contains("SECRET") || $0.key.contains("SESSION_TOKEN") }
            #expect(kept.count >= 2)
            for secret in secrets + kept.values { #expect(!text.contains(secret)) }
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }
}
