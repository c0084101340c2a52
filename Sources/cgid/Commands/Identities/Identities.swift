import ArgumentParser

struct Identities: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "identities", abstract: "List, describe, create, update, match, export and delete identities.",
        subcommands: [
            IdentitiesList.self, IdentitiesDescribe.self, IdentitiesCreate.self, IdentitiesUpdate.self,
            IdentitiesDelete.self, IdentitiesMatch.self, IdentitiesExport.self,
        ],
        aliases: ["identity", "ids", "id"])
}
