import AWSCaller
import ArgumentParser
import Chainguard
import FoundationEssentials
import TerminalUI

struct DebugScreenshots: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "screenshots", abstract: "Run the interface against a sandbox and save a picture of each screen.")

    @Argument(help: "The folder that the SVG files go into.")
    var folder: String

    func run() throws {
        try Blocking.wait {
            let runtime = try await Runtime.make(CommonOptions.parse(["--sandbox"]), Preferences())
            do {
                try await Tour(interface: HeadlessInterface(runtime: runtime, size: Size(110, 34)), folder: folder)
                    .take()
            } catch {
                await runtime.close()
                throw error
            }
            await runtime.close()
        }
    }
}

/// The main job, screen by screen, with a picture of each.
private struct Tour {
    let interface: HeadlessInterface
    let folder: String

    func take() async throws {
        try await interface.wait(for: "role image-builder", "operator@acme.example", "Where credentials come from")
        try picture("caller")
        try await createIdentity()
        try await browse()
        try await logIn()
        try await refusal()
        await interface.stop()
    }

    private func createIdentity() async throws {
        interface.press(.character("n"))
        try await interface.wait(for: "Who may assume it", "AROABUILDER2222222222")
        try picture("wizard")
        interface.press(.enter, .enter, .enter, .enter, .enter)
        try await interface.wait(for: "What it is called", "platform")
        interface.press(.control("u"))
        interface.type("release-builder")
        interface.press(.enter, .enter, .enter)
        try await interface.wait(for: "registry.pull")
        interface.type("/registry.pull")
        interface.press(.enter, .character(" "), .enter)
        try await interface.wait(for: "This caller matches")
        try picture("review")
        interface.press(.character("c"))
        try await interface.wait(for: "Created release-builder")
        try picture("created")
    }

    private func browse() async throws {
        interface.press(.character("2"))
        try await interface.wait(for: "23 identities")
        interface.type("/release-builder")
        interface.press(.enter)
        try await interface.wait(for: "registry.pull", "This caller matches")
        interface.press(.escape)
        try await interface.wait(for: "23 identities", "▸ release-builder", "registry.pull")
        try picture("identities")
        interface.type("/release-builder")
        interface.press(.enter, .character("t"))
        try await interface.wait(for: "POST /?Action=GetCallerIdentity")
        interface.press(.down, .down, .down)
        for _ in 0..<8 { interface.press(.right) }
        try await interface.wait(for: "The proof that the holder")
        try picture("token")
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
        interface.press(.character("?"))
        try await interface.wait(for: "Keys")
        try picture("help")
    }

    private func picture(_ name: String) throws {
        let svg = interface.frame.svg(title: "cgid: \(name)")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(svg.utf8).write(to: URL(filePath: "\(folder)/\(name).svg"), options: .atomic)
    }
}
