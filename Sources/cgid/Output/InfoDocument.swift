import AWSCaller
import NcursesTerminal
import Sandbox

/// What `info` answers: what cgid is, and what it would use here.
struct InfoDocument: Encodable {
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
    let sandboxUrl: String?
    /// `this process`, or the variable that another one's address stands in.
    let sandboxOrigin: String?

    init(_ runtime: Runtime) {
        let term = Environment.ofProcess["TERM"] ?? ""
        version = CgidCommand.version
        api = runtime.endpoints.api
        issuer = runtime.endpoints.issuer
        audience = runtime.endpoints.audience
        registry = runtime.endpoints.registry
        tokens = runtime.cache.folder
        state = runtime.stateFolder
        configuration = runtime.configuration.path
        preferences = runtime.preferences.path
        preferencesRead = runtime.preferences.isRead
        terminal = term.isEmpty ? "none" : term
        terminfo = Self.words(TerminalEntry.serving(term))
        sandboxUrl = runtime.sandboxURL
        sandbox = sandboxUrl != nil
        sandboxOrigin = sandboxUrl.map { _ in runtime.sandbox == nil ? Sandbox.variable : "this process" }
    }

    var text: String {
        var fields = TextFields()
        fields.add("version", version)
        fields.add("api", api)
        fields.add("issuer", issuer)
        fields.add("audience", audience)
        fields.add("registry", registry)
        fields.add("tokens", tokens)
        fields.add("state", state)
        fields.add("configuration", configuration ?? "none read")
        fields.add("preferences", preferences.map { $0 + (preferencesRead ? " (read)" : " (not there)") })
        fields.add("terminal", terminal)
        fields.add("terminfo", terminfo)
        fields.add("sandbox", sandboxUrl.map { "\($0) (\(sandboxOrigin ?? ""))" } ?? "no")
        return fields.text
    }

    private static func words(_ entry: TerminalEntry?) -> String {
        switch entry?.origin {
        case nil: "none: it gets linear prompts"
        case .own: "the host's own entry"
        case .family: "the host's entry \(entry?.served ?? ""), of the same family"
        case .embedded: "the entry inside cgid (\(entry?.served ?? ""))"
        }
    }
}
