import AWSCaller
import ArgumentParser
import Chainguard

struct Logout: ServiceCommand {
    static let configuration = CommandConfiguration(
        abstract: "Forget the Chainguard tokens kept on this host.",
        discussion: "Without options the API's token; a token already handed out stays valid until it expires.")

    @OptionGroup var common: CommonOptions
    @ParentCommand var root: CgidCommand

    @Option(help: "The token kept under this name.")
    var alias: String?

    @Option(help: "The token for this audience; the API unless given.")
    var audience: String?

    @Flag(help: "Every token, of every audience and alias.")
    var all = false

    func validate() throws {
        if all && (alias != nil || audience != nil) {
            throw ValidationError("--all forgets every token: it goes with neither --alias nor --audience")
        }
    }

    func run(in runtime: Runtime) async throws {
        var removed: [String] = []
        if all {
            for token in runtime.cache.list() {
                removed += try runtime.cache.remove(token)
            }
        } else {
            let audience = audience ?? runtime.endpoints.audience
            removed = try runtime.cache.remove(audience: audience, alias: alias)
            if removed.isEmpty, let alias { throw try nothingKept(alias, audience, runtime.cache) }
        }
        switch output {
        case .json: try JSONOutput.print(["removed": removed])
        case .id: Console.answer(removed.joined(separator: "\n"))
        case .text:
            Console.answer(
                removed.isEmpty ? "no token was kept" : removed.map { "removed \($0)" }.joined(separator: "\n"))
        }
    }

    private func nothingKept(_ alias: String, _ audience: String, _ cache: TokenCache) throws(Failure) -> Failure {
        let folder = try cache.folder(audience: audience)
        let aliases = cache.list().filter { $0.path.hasPrefix(folder + "/") }.compactMap(\.alias)
        return Failure(
            "No token for \(audience) is kept under '\(alias)'",
            remedy: aliases.isEmpty
                ? "None is kept under a name: cgid status lists every token"
                : "Kept are: \(aliases.joined(separator: ", "))",
            category: .notAllowed)
    }
}
