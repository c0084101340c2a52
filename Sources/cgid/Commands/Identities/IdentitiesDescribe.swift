import AWSCaller
import ArgumentParser
import Chainguard

struct IdentitiesDescribe: ServiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "describe", abstract: "One identity whole: patterns, bound roles, times.")

    @OptionGroup var common: CommonOptions
    @ParentCommand var root: CgidCommand

    @Argument(help: "The identity's name or UIDP.")
    var identity: String

    func run(in runtime: Runtime) async throws {
        let api = try await runtime.api()
        let found = try await IdentityLookup(api: api).identity(identity)
        let bindings = try await api.roleBindings(identity: found.uid)
        let document = IdentityDocument(found, bindings: bindings)
        switch output {
        case .json: try JSONOutput.print(document)
        case .id: Console.answer(found.uid.text)
        case .text: Console.answer(document.text)
        }
    }
}
