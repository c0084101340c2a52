import AWSCaller
import ArgumentParser
import Chainguard

struct IdentitiesExport: ServiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "An identity as something to paste elsewhere.")

    @OptionGroup var common: CommonOptions
    @ParentCommand var root: CgidCommand

    @Argument(help: "The identity's name or UIDP.")
    var identity: String

    @Option(help: "terraform, chainctl, json or policy.")
    var format: Recipe

    func run(in runtime: Runtime) async throws {
        let api = try await runtime.api()
        let found = try await IdentityLookup(api: api).identity(identity)
        let bindings = try await api.roleBindings(identity: found.uid)
        Console.answerVerbatim(format.text(found, bindings: bindings, issuer: runtime.endpoints.issuer))
    }
}

extension Recipe: ExpressibleByArgument {}
