import AWSCaller
import Chainguard
import Foundation
import Sandbox
import Testing
import Transport

/// Logging in with a JWT of AWS (`GetWebIdentityToken`) instead of a signed request.
@Suite struct WebIdentityTests {
    private static let role = "arn:aws:iam::123456789012:role/image-builder"

    /// An identity on the issuer of the sandbox's account.
    private func create(_ name: String, subject: String, _ sandboxed: SandboxedProgram) async throws -> String {
        let context = HostContext(
            environment: Environment(sandboxed.program.environment), files: PosixFiles(),
            transport: HTTPClientTransport(), now: { Date() })
        let token = try await STSClient(context: context).webIdentityToken(
            audience: sandboxed.sandbox.endpoints.issuer, credentials: SandboxCaller.named(.role).credentials,
            endpoint: STSEndpoint(url: sandboxed.sandbox.baseURL, signingRegion: "us-east-1", origin: "the test"))
        let issuer = try #require(JWTClaims(unverified: token.token.reveal())?.issuer)
        let created = try await sandboxed.program.run(
            "identities", "create", name, "--identity-issuer", issuer, "--subject", subject, "--role",
            "registry.pull", "-o", "id")
        #expect(created.status == 0, "\(created.errors)")
        return created.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    @Test func theCommandLogsIn() async throws {
        try await SandboxedProgram.with { sandboxed in
            let uid = try await create("builder-jwt", subject: Self.role, sandboxed)
            let result = try await sandboxed.program.run(
                "login", "--identity", uid, "--alias", "jwt", "--web-identity", "-o", "json")
            #expect(result.status == 0, "\(result.errors)")
            #expect(try json(result.output)["subject"] as? String == uid)
            #expect(result.errors.contains("a JWT of AWS about \(Self.role)"))
            let kept = try sandboxed.cache.read(audience: sandboxed.sandbox.endpoints.audience, alias: "jwt")
            #expect(kept?.claims?.subject == uid)
            let signed = try await sandboxed.program.run("login", "--identity", uid, "--alias", "jwt")
            #expect(signed.status == 4)
            #expect(signed.errors.contains("log in with --web-identity"), "\(signed.errors)")
        }
    }

    @Test func aRefusalNamesTheSubject() async throws {
        try await SandboxedProgram.with { sandboxed in
            let uid = try await create("other-jwt", subject: Self.role + "-2", sandboxed)
            let result = try await sandboxed.program.run(
                "login", "--identity", uid, "--alias", "jwt", "--web-identity")
            #expect(result.status == 4)
            #expect(result.errors.contains("Subject is \(Self.role), not \(Self.role)-2"), "\(result.errors)")
            #expect(try sandboxed.cache.read(audience: sandboxed.sandbox.endpoints.audience, alias: "jwt") == nil)
        }
    }

    @Test func aCallerThatMayNotAskForATokenIsToldTheRight() async throws {
        try await SandboxedProgram.with(caller: .root) { sandboxed in
            let uid = try await create("instance-jwt", subject: Self.role, sandboxed)
            let result = try await sandboxed.program.run(
                "login", "--identity", uid, "--alias", "jwt", "--web-identity")
            #expect(result.status != 0)
            #expect(result.errors.contains("sts:GetWebIdentityToken"), "\(result.errors)")
        }
    }

    @Test func theScreenLogsInFromTheList() async throws {
        try await SandboxedProgram.with { sandboxed in
            let uid = try await create("builder-jwt", subject: Self.role, sandboxed)
            try await Tmux.with(Program.path, environment: sandboxed.program.environment) { terminal in
                try await terminal.see("image-builder")
                try await terminal.press("4", "Enter")
                try await terminal.see("matches", "by web identity")
                try await terminal.type("builder-jwt")
                try await terminal.press("Enter")
                try await terminal.see("It matches on a JWT of AWS: w logs in with one", uid)
                try await terminal.press("w")
                try await terminal.see("Signed in at Chainguard", "as builder-jwt")
                try await terminal.press("q")
                try await terminal.see("exit status 0")
            }
            try await Tmux.with(Program.path, environment: sandboxed.program.environment) { next in
                try await next.see("No identity is chosen", "operator@acme.example")
                try await next.press("Enter")
                try await next.see("last used")
            }
        }
    }
}
