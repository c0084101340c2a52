import AWSCaller
import Chainguard
import Foundation
import Sandbox
import Testing

/// Each failure of the catalogue happens to the program as it would happen to a person.
@Suite struct ErrorCatalogueTests {
    @Test(arguments: ErrorCatalogue.all.map(\.code))
    func happensAndIsNamed(code: String) async throws {
        let problem = try #require(ErrorCatalogue.all.first { $0.code == code })
        let provoke = try #require(Self.provocations[code], "nothing provokes \(code)")
        let result = try await provoke()
        #expect(result.errors.contains("[\(code)]"), "\(result.status): \(result.errors)")
        let parts = problem.what.split(separator: /\{\w+\}/).map(String.init)
        for part in parts { #expect(result.errors.contains(part), "\(result.errors)") }
        #expect((result.status == 0) == (code == "no-role-bound"))
    }

    @Test func everyCodeIsThereOnce() {
        let codes = ErrorCatalogue.all.map(\.code)
        #expect(Set(codes).count == codes.count)
        #expect(Set(codes) == Set(Self.provocations.keys))
    }

    /// What a person reads who logs in from the screen.
    @Test(arguments: [
        ("staging-builder", nil, ["does not let this caller in", "Account is 123456789012"]),
        ("image-builder", FailureRule("/issuer", .rateLimited(retryAfter: 17)), ["asked too often", "Wait 17 s"]),
        ("image-builder", FailureRule("/issuer", .webPage), ["web page instead of a token", "browser"]),
    ])
    func theScreenSaysTheSame(name: String, rule: FailureRule?, words: [String]) async throws {
        try await SandboxedProgram.with { sandboxed in
            let uid = try await sandboxed.identity(name)
            let terminal = try await Tmux(
                Program.path, width: 200, height: 50, environment: sandboxed.program.environment)
            do {
                if let rule { sandboxed.sandbox.fail([rule]) }
                try await terminal.see("image-builder")
                try await terminal.press("4", "i")
                try await terminal.see("UIDP")
                try await terminal.type(uid)
                try await terminal.press("Enter")
                try await terminal.see("Enter logs in")
                try await terminal.press("Enter")
                let screen = try await terminal.see("Why it failed")
                for word in words { #expect(screen.contains(word), "\(screen)") }
            } catch {
                await terminal.close()
                throw error
            }
            await terminal.close()
        }
    }

    @Test func theReadmeListsThem() throws {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("README.md")
        var readme = try String(contentsOf: path, encoding: .utf8)
        let list = /(<!-- errors -->\n).*(\n<!-- \/errors -->)/.dotMatchesNewlines()
        if ProcessInfo.processInfo.environment["CGID_RECORD_GOLDENS"] != nil {
            readme.replace(list) { "\($0.output.1)\(ErrorCatalogue.markdown)\($0.output.2)" }
            try Data(readme.utf8).write(to: path)
        }
        #expect(
            readme.contains("<!-- errors -->\n\(ErrorCatalogue.markdown)\n<!-- /errors -->"),
            "README.md is out of date: CGID_RECORD_GOLDENS=1 swift test --filter ErrorCatalogueTests writes it")
    }
}
