import Foundation
import Testing

/// The interface line by line, in a terminal that can do no more.
@Suite struct PlainTests {
    /// Everything that was said and typed so far, wherever it has scrolled to.
    private func onLines(
        _ arguments: String..., term: String? = nil, width: Int = 200, _ body: (Tmux) async throws -> Void
    ) async throws {
        let program = Program(home: try TemporaryFolder())
        let command = ([Program.path] + arguments).joined(separator: " ")
        try await Tmux.with(
            term.map { "env TERM=\($0) \(command)" } ?? command, width: width, height: 200,
            environment: program.environment
        ) { terminal in
            try await body(terminal)
        }
    }

    /// All jobs, from the caller to the repositories.
    @Test func everyJobIsDoneByQuestionsAndAnswers() async throws {
        try await onLines("--plain", "--sandbox") { terminal in
            try await terminal.see("SANDBOX", "AWS: account 123456789012", "operator@acme.example", "What next:")
            try await terminal.enter("1")
            try await terminal.see("AROABUILDER2222222222", "* Environment variables")
            try await terminal.enter("3")
            try await terminal.see("outbound federation [role]:")
            try await terminal.enter("")
            try await terminal.enter("")
            try await terminal.see("AWS account [123456789012]:")
            try await terminal.enter("12345")
            try await terminal.see("12 digits, leading zeros included; this has 5")
            try await terminal.enter("123456789012")
            try await terminal.enter("")
            try await terminal.enter("")
            try await terminal.see("Name of the identity at Chainguard [image-builder]:")
            try await terminal.enter("plain-role")
            try await terminal.enter("")
            try await terminal.see("Organization or folder, - for another one [acme.example]:")
            try await terminal.enter("")
            try await terminal.see("Roles, separated by commas")
            try await terminal.enter("no.such.role")
            try await terminal.see("No role is called 'no.such.role'")
            try await terminal.enter("registry.pull")
            try await terminal.see("\"name\": \"plain-role\"", "This host's caller matches.")
            try await terminal.enter("yes")
            try await terminal.see("Created plain-role:", "Log in as it?")
            try await terminal.enter("yes")
            try await terminal.see("Save the token", "You are plain-role at Chainguard from now on")
            try await terminal.enter("6")
            try await terminal.see("python", "Repository: number")
            try await terminal.enter("python")
            try await terminal.see("latest, sha256:")
            try await terminal.enter("")
            try await terminal.see("o. Be the operator again")
            try await terminal.enter("o")
            try await terminal.enter("2")
            try await terminal.see("Identity: number")
            try await terminal.enter("plain-role")
            try await terminal.see("What to do with plain-role")
            try await terminal.enter("1")
            let opened = try await terminal.see("POST /?Action=GetCallerIdentity", "Print the token?")
            #expect(!opened.contains("SandboxSession"))
            try await terminal.enter("no")
            try await terminal.see("Identity: number")
            try await terminal.enter("")
            try await terminal.enter("q")
            try await terminal.see("exit status 0")
        }
    }

    @Test func anIdentityIsShownAsARecipeEditedBoundAndUnbound() async throws {
        try await onLines("--plain", "--sandbox") { terminal in
            try await terminal.see("What next:")
            try await terminal.enter("2")
            try await terminal.see("Identity: number")
            for line in ["nightly-scan", "3", "terraform"] { try await terminal.enter(line) }
            try await terminal.see("resource \"chainguard_identity\"")
            for line in ["nightly-scan", "4", "new words", "", "", "pattern"] { try await terminal.enter(line) }
            try await terminal.enter("(")
            try await terminal.see("missing closing )")
            for line in ["pattern", "^AROA[A-Z0-9]+:one$"] { try await terminal.enter(line) }
            try await terminal.see("+ new words", "+ pattern ^AROA[A-Z0-9]+:one$", "Change it?")
            try await terminal.enter("yes")
            try await terminal.see("Changed nightly-scan.")
            for line in ["nightly-scan", "5", "viewer", ""] { try await terminal.enter(line) }
            try await terminal.see("Bind nightly-scan to viewer at acme.example?")
            try await terminal.enter("yes")
            try await terminal.see("Bound nightly-scan to viewer.")
            for line in ["nightly-scan", "6", "1", "yes"] { try await terminal.enter(line) }
            try await terminal.see("Unbound nightly-scan from viewer.")
        }
    }

    /// A screen reader reads whole words; a few letters stand for what begins with them.
    @Test func linesAreBrokenBetweenWords() async throws {
        try await onLines("--plain", "--sandbox", width: 40) { terminal in
            try await terminal.see("What next:")
            try await terminal.enter("2")
            try await terminal.see("empty line goes back:")
            try await terminal.enter("image-builder")
            try await terminal.see(
                "What to do with image-builder: number,\nor part of a name; an empty line goes\nback:")
            try await terminal.enter("de")
            try await terminal.see("Type its name to delete it:")
            try await terminal.enter("")
            try await terminal.see("Nothing was deleted.")
        }
    }

    @Test func anIdentityForOutboundFederationIsCreated() async throws {
        try await onLines("--plain", "--sandbox") { terminal in
            try await terminal.see("What next:")
            for line in ["3", "federated", "federation", "yes", "", "", "plain-federated", "", "-", "1", "", "yes"] {
                try await terminal.enter(line)
            }
            try await terminal.see(
                "It is one of: role, user, federation", "\"subject\": \"arn:aws:iam::123456789012:role/image-builder\"",
                "Created plain-federated:")
        }
    }

    /// Longer than a terminal's line, and never on the screen.
    @Test func aPastedTokenIsOpenedUnseen() async throws {
        try await onLines("--plain", "--sandbox") { terminal in
            try await terminal.see("What next:")
            try await terminal.enter("t")
            try await terminal.see("Token, which is not shown:")
            try await terminal.paste(String(repeating: "QUJD", count: 1500) + "!\n")
            let screen = try await terminal.see("error not-base64 (base64, byte 6000)")
            #expect(!screen.contains("QUJD"))
        }
    }

    @Test func aDumbTerminalGetsItUnasked() async throws {
        try await onLines("--sandbox", term: "dumb") { terminal in
            try await terminal.see("What next:")
            try await terminal.press("C-d")
            try await terminal.see("exit status 0")
        }
    }

    @Test func readOnlyOffersNoCreation() async throws {
        try await onLines("--plain", "--sandbox", "--read-only") { terminal in
            let screen = try await terminal.see("READ-ONLY", "What next:")
            #expect(!screen.contains("Create an identity"))
            try await terminal.press("C-c")
            try await terminal.see("exit status 130")
        }
    }

    @Test func withoutATerminalItSaysSo() async throws {
        let result = try await Program(home: try TemporaryFolder()).run("--plain")
        #expect(result.status == 2)
        #expect(result.output.isEmpty)
        #expect(result.errors.contains("standard input is not a terminal"))
    }
}
