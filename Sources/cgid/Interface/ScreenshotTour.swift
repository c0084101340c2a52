import FoundationEssentials
import Sandbox
import TerminalUI

/// The main job, screen by screen, with a picture of each.
struct ScreenshotTour {
    let interface: HeadlessInterface
    let sandbox: SandboxHome?
    let folder: String

    func take() async throws {
        try await interface.wait(for: "role image-builder", "operator@acme.example", "Where credentials come from")
        try picture("caller")
        try await createIdentity()
        try await browse()
        try await change()
        try await logIn()
        try await refusal()
        try await halfDone()
        try await overlays()
        await interface.stop()
    }

    private func createIdentity() async throws {
        interface.press(.character("n"))
        try await interface.wait(for: "Who may assume it", "AROABUILDER2222222222")
        try picture("wizard")
        try await reviewIdentity("release-builder")
        try picture("review")
        interface.press(.character("c"))
        try await interface.wait(for: "Created release-builder")
        try picture("created")
    }

    /// From the wizard's first step to its review.
    private func reviewIdentity(_ name: String) async throws {
        interface.press(.enter, .enter, .enter, .enter, .enter)
        try await interface.wait(for: "What it is called", "platform")
        interface.press(.control("u"))
        interface.type(name)
        interface.press(.enter, .enter, .enter)
        try await interface.wait(for: "registry.pull")
        interface.type("/registry.pull")
        interface.press(.enter, .character(" "), .enter)
        try await interface.wait(for: "This caller matches")
    }

    private func browse() async throws {
        interface.press(.character("2"))
        try await interface.wait(for: "23 identities")
        try await select("release-builder", seeing: "registry.pull", "This caller matches")
        try picture("identities")
        interface.press(.character("t"))
        try await interface.wait(for: "POST /?Action=GetCallerIdentity")
        interface.press(.down, .down, .down)
        for _ in 0..<8 { interface.press(.right) }
        try await interface.wait(for: "SignatureDoesNotMatch")
        try picture("token")
    }

    /// In the whole list, with what is asked for once the selection rests.
    private func select(_ name: String, seeing texts: String...) async throws {
        interface.type("/\(name)")
        interface.press(.enter)
        for text in texts { try await interface.wait(for: text) }
        interface.press(.escape)
        for text in texts { try await interface.wait(for: "▸ \(name)", text) }
    }

    private func change() async throws {
        interface.press(.escape)
        try await interface.wait(for: "▸ release-builder")
        interface.press(.character("e"))
        try await interface.wait(for: "Description and patterns")
        interface.type("Builds the releases")
        interface.press(.enter, .enter, .enter, .enter, .enter, .enter)
        try await interface.wait(for: "What would change")
        try picture("edit")
        interface.press(.escape, .escape, .character("b"))
        try await interface.wait(for: "what it is bound to", "registry.pull")
        try picture("bindings")
        interface.press(.escape)
    }

    private func logIn() async throws {
        interface.press(.character("l"))
        try await interface.wait(for: "Signed in at Chainguard", "acme.example · as release-builder")
        try picture("login")
        interface.press(.character("5"))
        try await interface.wait(for: "13 repositories", "docker pull")
        interface.type("/python")
        interface.press(.enter, .enter)
        try await interface.wait(for: "sha256:")
        try picture("repositories")
    }

    private func refusal() async throws {
        interface.press(.escape, .escape, .character("4"), .character("o"))
        try await interface.wait(for: "operator@acme.example")
        interface.press(.character("2"))
        interface.press(.escape)
        interface.type("/staging-builder")
        interface.press(.enter)
        try await interface.wait(for: "does not match")
        interface.press(.character("l"))
        try await interface.wait(for: "Why it failed")
        try picture("refused")
    }

    /// A captive portal answers in place of the API while roles are bound.
    private func halfDone() async throws {
        interface.press(.character("x"), .character("1"), .character("n"))
        try await interface.wait(for: "Who may assume it")
        try await reviewIdentity("nightly-builder")
        sandbox?.sandbox.fail([FailureRule("/api/iam/v2/roleBindings", .webPage)])
        interface.press(.character("c"))
        try await interface.wait(for: "U continues, undoes or forgets")
        sandbox?.sandbox.fail([])
        interface.press(.character("x"), .character("U"))
        try await interface.wait(for: "did not come to their end", "nightly-builder")
        try picture("unfinished")
        interface.press(.escape, .character("6"))
        try await interface.wait(for: "Creating the identity")
        try picture("messages")
    }

    private func overlays() async throws {
        interface.press(.character("2"), .escape)
        try await interface.wait(for: "23 identities")
        interface.press(.character("?"))
        try await interface.wait(for: "Keys")
        try picture("help")
        interface.press(.escape, .character(":"))
        interface.type("identit")
        try await interface.wait(for: "Actions")
        try picture("actions")
    }

    private func picture(_ name: String) throws {
        let svg = interface.frame.svg(title: "cgid: \(name)")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(svg.utf8).write(to: URL(filePath: "\(folder)/\(name).svg"), options: .atomic)
    }
}
