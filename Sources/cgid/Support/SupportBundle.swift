import AWSCaller
import Chainguard
import FoundationEssentials
import Glibc
import Screens

/// What a person may hand to whoever helps them: what happened, and what cgid runs on. Nothing secret is in it.
struct SupportBundle: Encodable {
    struct Happening: Encodable {
        let time: Date
        let what: String
        let outcome: String
        let remedy: String?
        let detail: String?
        let milliseconds: Int?
        let requestIds: [String]

        init(_ message: Message, _ redaction: Redaction) {
            time = message.time
            what = redaction.text(message.what)
            outcome = redaction.text(message.failure?.what ?? "done")
            remedy = message.failure.map { redaction.text($0.remedy) }
            detail = message.failure.map { redaction.text($0.detail) }
            milliseconds = message.took?.wholeMilliseconds
            requestIds = message.requestIDs
        }
    }

    let written: Date
    let info: InfoDocument
    let terminal: [String: String]
    /// Each preference and flag in force, with its value and where it was set.
    let settings: [String: String]
    /// Names only.
    let variables: [String]
    let messages: [Happening]
    let requests: [RequestHistory.Entry]

    /// - Parameters:
    ///   - environment: of the process, in the sandbox too.
    ///   - redaction: for the words of messages; the whole passes it once more when it is text.
    init(_ messages: [Message], of runtime: Runtime, environment: Environment, _ redaction: Redaction) {
        written = runtime.host.now()
        info = InfoDocument(runtime)
        let shown = ["TERM", "COLORTERM", "TERM_PROGRAM", "LANG", "LC_ALL", "LC_CTYPE", "TMUX", "STY", "NO_COLOR"]
        terminal = environment.variables.filter { shown.contains($0.key) }
        settings = runtime.preferences.described
        let prefixes = ["AWS_", "CGID_", "CHAINGUARD_", "CHAINCTL_", "XDG_", "HTTP", "NO_PROXY", "SSL_", "http"]
        variables = environment.variables.keys.filter { name in prefixes.contains { name.hasPrefix($0) } }.sorted()
        self.messages = messages.map { Happening($0, redaction) }
        requests = runtime.requests.entries
    }
}

extension Runtime {
    /// Tokens that this host keeps: they must not be in a bundle, whoever spelt them out.
    fileprivate var keptTokens: [Secret] {
        cache.list().flatMap { token -> [Secret] in
            guard let cached = try? cache.read(audience: token.audience, alias: token.alias) else { return [] }
            return [cached.token] + [cached.refreshToken].compactMap { $0 }
        }
    }

    /// - Returns: where it went.
    /// - Throws: `Failure` when there is a file already, or none can be written.
    func saveBundle(_ messages: [Message], to file: String) throws(Failure) -> String {
        let path = expanded(file)
        guard access(path, F_OK) != 0 else {
            throw Failure("\(path) is there already", remedy: "Give the bundle another name", category: .usage)
        }
        let environment = Environment.ofProcess
        let redaction = Redaction(secrets: environment.secrets + host.environment.secrets + keptTokens)
        let bundle = SupportBundle(messages, of: self, environment: environment, redaction)
        guard let text = try? JSONOutput.text(bundle) else { throw Failure("The bundle can't be written as JSON") }
        try PrivateFile.write(Array((redaction.text(text) + "\n").utf8), to: path)
        return path
    }
}

extension Preferences {
    /// Every preference that is set: `true (/home/…/config.yaml:3)`.
    fileprivate var described: [String: String] {
        func words<Value>(_ setting: Setting<Value>?) -> String? { setting.map { "\($0.value) (\($0.origin))" } }
        let all: [Key: String?] = [
            .theme: words(theme), .themes: themes.isEmpty ? nil : themes.map(\.name).joined(separator: ", "),
            .mouse: words(mouse), .readOnly: words(readOnly), .profile: words(profile), .region: words(region),
            .parent: words(parent),
        ]
        return Dictionary(uniqueKeysWithValues: all.compactMap { key, text in text.map { (key.rawValue, $0) } })
    }
}
