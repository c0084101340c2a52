import Chainguard
import Foundation
import Testing

/// `cgid signin` with curl for a browser.
@Suite struct SignInTests {
    @Test func aBrowserThatFollowsRedirectsSignsIn() async throws {
        try await SandboxedProgram.with(signedIn: false) { sandboxed in
            var program = sandboxed.program
            let browser = program.home.path + "/browser"
            let seen = program.home.path + "/seen"
            try script("exec curl -sSL -o \(seen) \"$1\"", at: browser)
            program.environment["BROWSER"] = browser
            let result = try await program.run("signin", "--social-login", "github", "-o", "json")
            #expect(result.status == 0, "\(result.errors)")
            let subject = try json(result.output)
            #expect(subject["email"] as? String == "operator@acme.example")
            #expect(result.errors.contains("/issuer/oauth?"))
            #expect(try String(contentsOfFile: seen, encoding: .utf8).contains("You are signed in"))
            #expect(try await program.run("status").output.contains("operator@acme.example"))
        }
    }

    /// What the person asks for reaches the issuer's page, in a browser and without.
    @Test(arguments: [
        (["--org-name", "acme.example"], "idp_id=acme.example"), (["--social-login", "gitlab"], "connection=gitlab"),
        (["--identity-provider", "abc/def"], "idp_id=abc%2Fdef"),
    ])
    func theWayInTravels(options: [String], field: String) async throws {
        try await SandboxedProgram.with(signedIn: false) { sandboxed in
            var sandboxed = sandboxed
            try sandboxed.browse()
            let result = try await Program.run(
                Program.path, ["signin"] + options, environment: sandboxed.program.environment)
            #expect(result.errors.contains(field), "\(result.errors)")
            #expect(result.status == (field.contains("abc") ? 4 : 0), "\(result.errors)")
        }
    }

    @Test func overSSHTheURLIsShownWithTheWayBack() async throws {
        try await SandboxedProgram.with(signedIn: false) { sandboxed in
            var program = sandboxed.program
            let browser = program.home.path + "/browser"
            try script("exec curl -sSL -o /dev/null \"$1\"", at: browser)
            program.environment["BROWSER"] = browser
            program.environment["SSH_CONNECTION"] = "192.0.2.1 1 192.0.2.2 22"
            let result = try await program.run("signin")
            #expect(result.status == 0, "\(result.errors)")
            #expect(result.errors.contains("ssh -L "))
        }
    }

    @Test func anUnknownOrganizationIsExitCode4() async throws {
        try await SandboxedProgram.with(signedIn: false) { sandboxed in
            var program = sandboxed.program
            let browser = program.home.path + "/browser"
            try script("exec curl -sSL -o /dev/null \"$1\"", at: browser)
            program.environment["BROWSER"] = browser
            program.environment["CHAINGUARD_PLATFORM_CONSOLE"] = "https://console.corp.example"
            let result = try await program.run("signin", "--org-name", "nobody.example")
            #expect(result.status == 4)
            #expect(result.errors.contains("[not-registered]"))
            #expect(result.errors.contains("Register at https://console.corp.example"), "\(result.errors)")
            #expect(result.output.isEmpty)
        }
    }

    /// The person's terminal shows the URL and a QR code; curl opens the URL as a browser elsewhere would.
    @Test func aHeadlessSignInIsFinishedElsewhere() async throws {
        try await SandboxedProgram.with(signedIn: false) { sandboxed in
            try await Tmux.with(
                "\(Program.path) signin --headless", width: 200, height: 60,
                environment: sandboxed.program.environment
            ) { terminal in
                let screen = try await terminal.see("headless_code=", "▀")
                let url = try #require(screen.split(separator: "\n").first { $0.contains("headless_code=") })
                let page = try await Program.run(
                    "curl", ["-sS", url.trimmingCharacters(in: .whitespaces)],
                    environment: sandboxed.program.environment)
                #expect(page.output.contains("Signed in"))
                try await terminal.see("operator@acme.example", "exit status 0")
            }
        }
    }

    /// No part of the URL may scroll away.
    @Test func inASmallTerminalTheURLStaysInSight() async throws {
        try await SandboxedProgram.with(signedIn: false) { sandboxed in
            try await Tmux.with(
                "\(Program.path) signin --headless", environment: sandboxed.program.environment
            ) { terminal in
                let screen = try await terminal.see("Open this page", "headless_code=")
                #expect(screen.contains(" rows the address is shown as a QR code too"), "\(screen)")
                #expect(!screen.contains("▀"))
            }
        }
    }

    @Test func anIdentityTokenComesFromAFileOrStdinButIsNoArgument() async throws {
        try await SandboxedProgram.with { sandboxed in
            let program = sandboxed.program
            let listed = try await program.run("identities", "list", "--name", "github-images-main", "-o", "id")
            let uid = listed.output.trimmingCharacters(in: .newlines)
            let token = try await sandboxed.sandbox.workloadToken(
                issuer: "https://token.actions.githubusercontent.com", subject: "repo:acme/images:ref:refs/heads/main"
            ).reveal()
            let piped = try await program.run(
                "signin", "--identity-token", "-", "--identity", uid, "--alias", "piped", "-o", "id", input: token)
            #expect(piped.output == uid + "\n", "\(piped.errors)")
            let file = program.home.path + "/token"
            try Data(token.utf8).write(to: URL(fileURLWithPath: file))
            let read = try await program.run(
                "signin", "--identity-token", file, "--identity", uid, "--alias", "read", "-o", "id")
            #expect(read.output == uid + "\n", "\(read.errors)")
            let bare = try await program.run("signin", "--identity-token", token, "--identity", uid)
            #expect(bare.status == 2)
            #expect(bare.errors.contains("--identity-token -") || bare.errors.contains("signed in for"))
        }
    }

    private func script(_ line: String, at path: String) throws {
        try Data("#!/bin/sh\n\(line)\n".utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
    }
}
