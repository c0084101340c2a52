import ArgumentParser

struct Info: ServiceCommand {
    static let configuration = CommandConfiguration(
        abstract: "Version, paths, endpoints and terminal: what cgid would use.")

    @OptionGroup var common: CommonOptions
    @ParentCommand var root: CgidCommand

    @Flag(help: "Try to reach each service: DNS, TCP, TLS, HTTP and the clock; exit code 1 when one can't be.")
    var check = false

    func run(in runtime: Runtime) async throws {
        if check { return try await runCheck(in: runtime) }
        let document = InfoDocument(runtime)
        if output == .json { try JSONOutput.print(document) } else { Console.answer(document.text) }
    }

    private func runCheck(in runtime: Runtime) async throws {
        let document = await runtime.reachability(limit: .seconds(options.timeout ?? 5))
        switch output {
        case .json: try JSONOutput.print(document)
        case .id: Console.answer(document.endpoints.filter { !$0.ok }.map(\.url).joined(separator: "\n"))
        case .text: Console.answer(document.text)
        }
        if !document.isReachable { throw ExitCode(1) }
    }
}
