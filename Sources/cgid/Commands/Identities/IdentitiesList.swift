import AWSCaller
import ArgumentParser
import Chainguard

struct IdentitiesList: ServiceCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "The identities the token can see.")

    @OptionGroup var common: CommonOptions
    @ParentCommand var root: CgidCommand

    @Option(help: "Only identities of this name.")
    var name: String?

    @Option(help: "Only this kind: aws, claim-match, static or service-principal.")
    var type: IdentityKind?

    @Option(help: "The organization or folder, by name or UIDP.")
    var parent: String?

    @Flag(inversion: .prefixedNo, help: "Below the parent at any depth, not only right below it.")
    var recursive = true

    func run(in runtime: Runtime) async throws {
        let api = try await runtime.api()
        let group: UIDP? =
            if let parent { try await GroupLookup(api: api).group(parent).uid } else { nil }
        var query = IdentityQuery()
        query.name = name
        if recursive { query.descendantsOf = group } else { query.childrenOf = group }
        let identities = try await api.allIdentities(query).filter { type == nil || type == IdentityKind($0) }
            .sorted { ($0.name, $0.uid) < ($1.name, $1.uid) }
        switch output {
        case .json: try JSONOutput.print(["identities": identities.map { IdentityDocument($0) }])
        case .id: for identity in identities { Console.answer(identity.uid.text) }
        case .text: Console.answer(IdentityTable.text(identities))
        }
    }
}

/// The four relationships of the API, as `--type` spells them.
enum IdentityKind: String, ExpressibleByArgument, CaseIterable, Sendable {
    case aws
    case claimMatch = "claim-match"
    case staticKeys = "static"
    case servicePrincipal = "service-principal"

    init?(_ identity: AssumableIdentity) {
        switch identity.relationship {
        case .aws: self = .aws
        case .claimMatch: self = .claimMatch
        case .staticKeys: self = .staticKeys
        case .servicePrincipal: self = .servicePrincipal
        case nil: return nil
        }
    }
}

enum IdentityTable {
    static func text(_ identities: [AssumableIdentity]) -> String {
        var table = TextTable(header: ["NAME", "TYPE", "UIDP", "LAST SEEN", "DESCRIPTION"], rows: [])
        for identity in identities {
            table.rows.append([
                identity.name, IdentityKind(identity)?.rawValue ?? "unknown", identity.uid.text,
                identity.lastSeen == nil ? "never" : Moment.day(identity.lastSeen), identity.description,
            ])
        }
        return table.text
    }
}
