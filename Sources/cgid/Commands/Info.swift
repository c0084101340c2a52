import AWSCaller
import ArgumentParser
import Chainguard
import NcursesTerminal

struct Info: ServiceCommand {
    static let configuration = CommandConfiguration(
        abstract: "Version, paths, endpoints and terminal: what cgid would use.")

    @OptionGroup var common: CommonOptions
    @ParentCommand var root: CgidCommand

    @Flag(help: "Try to reach each service: DNS, TCP, TLS, HTTP and the clock; exit code 1 when one can't be.")
    var check = false

    private struct Document: Encodable {
        let version: String
        let api: String
        let issuer: String
        let audience: String
        let registry: String
        let tokens: String
        let state: String?
        let configuration: String?
        let preferences: String?
        let preferencesRead: Bool
        let terminal: String
        let terminfo: String
        let sandbox: Bool
    }

    func run(in runtime: Runtime) async throws {
        if check { return try await runCheck(in: runtime) }
        let term = Environment.ofProcess["TERM"] ?? ""
        let document = Document(
            version: CgidCommand.version, api: runtime.endpoints.api, issuer: runtime.endpoints.issuer,
            audience: runtime.endpoints.audience, registry: runtime.endpoints.registry, tokens: runtime.cache.folder,
            state: runtime.stateFolder, configuration: runtime.configuration.path,
            preferences: runtime.preferences.path, preferencesRead: runtime.preferences.isRead,
            terminal: term.isEmpty ? "none" : term,
            terminfo: Self.terminfo(TerminalEntry.serving(term)), sandbox: runtime.sandbox != nil)
        guard output != .json else { return try JSONOutput.print(document) }
        var fields = TextFields()
        fields.add("version", document.version)
        fields.add("api", document.api)
        fields.add("issuer", document.issuer)
        fields.add("audience", document.audience)
        fields.add("registry", document.registry)
        fields.add("tokens", document.tokens)
        fields.add("state", document.state)
        fields.add("configuration", document.configuration ?? "none read")
        fields.add(
            "preferences", document.preferences.map { $0 + (document.preferencesRead ? " (read)" : " (not there)") })
        fields.add("terminal", document.terminal)
        fields.add("terminfo", document.terminfo)
        fields.add("sandbox", document.sandbox ? "yes" : "no")
        Console.answer(fields.text)
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

    private static func terminfo(_ entry: TerminalEntry?) -> String {
        switch entry?.origin {
        case nil: "none: only the commands can be used here"
        case .own: "the host's own entry"
        case .family: "the host's entry \(entry?.served ?? ""), of the same family"
        case .embedded: "the entry inside cgid (\(entry?.served ?? ""))"
        }
    }
}
