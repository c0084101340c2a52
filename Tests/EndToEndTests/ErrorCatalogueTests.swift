import AWSCaller
import Chainguard
import Foundation
import Sandbox
import TestSupport
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
            try await Tmux.with(
                Program.path, width: 200, height: 50, environment: sandboxed.program.environment
            ) { terminal in
                if let rule { sandboxed.sandbox.fail([rule]) }
                try await terminal.see("image-builder")
                try await terminal.press("4", "i")
                try await terminal.see("Log in as")
                try await terminal.type(uid)
                try await terminal.press("Enter")
                try await terminal.see("Enter logs in")
                try await terminal.press("Enter")
                let screen = try await terminal.see("Why it failed")
                for word in words { #expect(screen.contains(word), "\(screen)") }
            }
        }
    }

    @Test func theReadmeListsThem() throws {
        try Readme.check("errors", ErrorCatalogue.markdown)
    }
}
