import AWSCaller
import ArgumentParser

/// A command that works with AWS or Chainguard: it gets a runtime made from its options, given before or after its name.
protocol ServiceCommand: ParsableCommand, Sendable {
    var common: CommonOptions { get }
    var root: CgidCommand { get }

    func run(in runtime: Runtime) async throws
}

extension ServiceCommand {
    /// Called by the argument parser on the main thread, which waits.
    func run() throws {
        try Blocking.wait { try await serve() }
    }

    var options: CommonOptions { common.merged(with: root.common) }
    var output: OutputFormat { options.output ?? .text }

    private func serve() async throws {
        let runtime = try await Runtime.make(options, try Preferences.ofPerson())
        do {
            try await run(in: runtime)
        } catch {
            await runtime.close()
            throw error
        }
        await runtime.close()
    }

    /// Commands that change something at Chainguard call this first.
    func refuseWhenReadOnly(_ runtime: Runtime) throws {
        guard let origin = runtime.readOnlyOrigin(flag: root.interface.readOnly) else { return }
        let name = Self.configuration.commandName ?? Self._commandName
        throw Failure(
            "'\(name)' changes things and cgid is read-only (\(origin))",
            remedy: origin == "--read-only" ? "" : "'cgid --no-read-only' allows it for once", category: .usage)
    }
}
