import AWSCaller
import ArgumentParser
import Chainguard

struct Roles: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "roles", abstract: "The roles an identity can be bound to.", subcommands: [RolesList.self])
}

struct RolesList: ServiceCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "The roles the token can see.")

    @OptionGroup var common: CommonOptions
    @ParentCommand var root: CgidCommand

    @Option(help: "Only roles of this name.")
    var name: String?

    private struct Document: Encodable {
        let uid: String
        let name: String
        let description: String
        let builtIn: Bool
        let capabilities: [String]
    }

    func run(in runtime: Runtime) async throws {
        let roles = try await runtime.api().roles(name: name)
        switch output {
        case .json:
            try JSONOutput.print([
                "roles": roles.map {
                    Document(
                        uid: $0.uid.text, name: $0.name, description: $0.description, builtIn: $0.isBuiltIn,
                        capabilities: $0.capabilities)
                }
            ])
        case .id: for role in roles { Console.answer(role.uid.text) }
        case .text:
            let rows = roles.map { [$0.name, $0.isBuiltIn ? "built-in" : "custom", $0.uid.text, $0.description] }
            Console.answer(TextTable(header: ["NAME", "KIND", "UIDP", "DESCRIPTION"], rows: rows).text)
        }
    }
}
