import AWSCaller
import ArgumentParser
import Chainguard

struct Organizations: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "organizations", abstract: "Organizations and their folders.",
        subcommands: [OrganizationsList.self], aliases: ["orgs"])
}

struct OrganizationsList: ServiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "The organizations and folders the token can see.")

    @OptionGroup var common: CommonOptions
    @ParentCommand var root: CgidCommand

    private struct Document: Encodable {
        let uid: String
        let name: String
        let description: String
        let isOrganization: Bool
    }

    func run(in runtime: Runtime) async throws {
        let groups = try await runtime.api().groups().sorted { $0.uid < $1.uid }
        switch output {
        case .json:
            try JSONOutput.print([
                "groups": groups.map {
                    Document(
                        uid: $0.uid.text, name: $0.name, description: $0.description, isOrganization: $0.uid.isRoot)
                }
            ])
        case .id: for group in groups { Console.answer(group.uid.text) }
        case .text:
            let rows = groups.map { group in
                [String(repeating: "  ", count: depth(group.uid)) + group.name, group.uid.text, group.description]
            }
            Console.answer(TextTable(header: ["NAME", "UIDP", "DESCRIPTION"], rows: rows).text)
        }
    }

    private func depth(_ uid: UIDP) -> Int { uid.text.count { $0 == "/" } }
}
