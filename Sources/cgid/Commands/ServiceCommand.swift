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
        let runtime = try await Runtime.make(options)
        do {
            try await run(in: runtime)
        } catch {
            await runtime.close()
            throw error
        }
        await runtime.close()
    }

    /// Commands that change something at Chainguard call this first.
    func refuseWhenReadOnly() throws {
        guard root.readOnly else { return }
        throw ValidationError(
            "--read-only is set: '\(Self.configuration.commandName ?? Self._commandName)' changes things")
    }
}
