import AWSCaller
import ArgumentParser
import Chainguard

struct IdentitiesExport: ServiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "An identity as something to paste elsewhere.")

    enum Format: String, ExpressibleByArgument, CaseIterable, Sendable {
        case terraform, chainctl, json, policy
    }

    @OptionGroup var common: CommonOptions
    @ParentCommand var root: CgidCommand

    @Argument(help: "The identity's name or UIDP.")
    var identity: String

    @Option(help: "terraform, chainctl, json or policy.")
    var format: Format

    func run(in runtime: Runtime) async throws {
        let api = try await runtime.api()
        let found = try await IdentityLookup(api: api).identity(identity)
        let bindings = try await api.roleBindings(identity: found.uid)
        let recipe =
            switch format {
            case .terraform: Recipes.terraform(found, bindings: bindings)
            case .chainctl: Recipes.chainctl(found, bindings: bindings)
            case .json: Recipes.apiJSON(found)
            case .policy: Recipes.policy(issuer: runtime.endpoints.issuer)
            }
        Console.answerVerbatim(recipe.hasSuffix("\n") ? recipe : recipe + "\n")
    }
}
