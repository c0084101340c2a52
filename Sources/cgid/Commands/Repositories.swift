import AWSCaller
import ArgumentParser
import Chainguard

struct Repositories: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repos", abstract: "The image repositories the token can see.",
        subcommands: [RepositoriesList.self, RepositoriesTags.self])
}

/// `--alias`: look with the token kept under that name.
struct SessionOption: ParsableArguments {
    @Option(help: "Use the token kept under this name.")
    var alias: String?
}

struct RepositoriesList: ServiceCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "The repositories.")

    @OptionGroup var common: CommonOptions
    @ParentCommand var root: CgidCommand
    @OptionGroup var session: SessionOption

    private struct Document: Encodable {
        let id: String
        let name: String
        let catalogTier: String
    }

    func run(in runtime: Runtime) async throws {
        let repositories = try await runtime.api(alias: session.alias).repositories()
        switch output {
        case .json:
            try JSONOutput.print([
                "repositories": repositories.map {
                    Document(id: $0.id.text, name: $0.name, catalogTier: $0.catalogTier)
                }
            ])
        case .id: for repository in repositories { Console.answer(repository.id.text) }
        case .text:
            let rows = repositories.map { [$0.name, $0.catalogTier, $0.id.text] }
            Console.answer(TextTable(header: ["NAME", "TIER", "ID"], rows: rows).text)
        }
    }
}

struct RepositoriesTags: ServiceCommand {
    static let configuration = CommandConfiguration(commandName: "tags", abstract: "The tags of a repository.")

    @OptionGroup var common: CommonOptions
    @ParentCommand var root: CgidCommand
    @OptionGroup var session: SessionOption

    @Argument(help: "The repository's name or id.")
    var repository: String

    private struct Document: Encodable {
        let name: String
        let digest: String
        let deprecated: Bool
    }

    func run(in runtime: Runtime) async throws {
        let api = try await runtime.api(alias: session.alias)
        let found = try await api.repositories().filter { $0.id.text == repository || $0.name == repository }
        let one = try Lookup.only(found, called: repository, kind: "repository", list: "cgid repos list") { $0.id.text }
        let tags = try await api.tags(of: one.id)
        switch output {
        case .json:
            try JSONOutput.print([
                "tags": tags.map { Document(name: $0.name, digest: $0.digest, deprecated: $0.deprecated) }
            ])
        case .id: for tag in tags { Console.answer(tag.name) }
        case .text:
            let rows = tags.map { [$0.name, Moment.day($0.lastUpdated), $0.digest] }
            Console.answer(TextTable(header: ["TAG", "UPDATED", "DIGEST"], rows: rows).text)
        }
    }
}
