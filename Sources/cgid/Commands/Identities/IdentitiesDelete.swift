import AWSCaller
import ArgumentParser
import Chainguard
import Glibc

struct IdentitiesDelete: ServiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Delete an identity and its role bindings.")

    @OptionGroup var common: CommonOptions
    @ParentCommand var root: CgidCommand

    @Argument(help: "The identity's name or UIDP.")
    var identity: String

    @Flag(name: [.short, .long], help: "Do not ask.")
    var yes = false

    func run(in runtime: Runtime) async throws {
        try refuseWhenReadOnly(runtime)
        let api = try await runtime.api()
        let found = try await IdentityLookup(api: api).identity(identity)
        let bindings = try await api.roleBindings(identity: found.uid)
        if !yes { try confirm(found, bindings: bindings) }
        try await api.deleteIdentity(found.uid)
        switch output {
        case .json: try JSONOutput.print(["deleted": found.uid.text])
        case .id: Console.answer(found.uid.text)
        case .text: Console.answer("deleted \(found.name) (\(found.uid))")
        }
    }

    private func confirm(_ found: AssumableIdentity, bindings: [RoleBinding]) throws(Failure) {
        guard isatty(STDIN_FILENO) == 1 else {
            throw Failure("Deleting asks first and stdin is no terminal", remedy: "Say --yes", category: .usage)
        }
        let bound = bindings.map { "\($0.role.name) at \($0.group.name)" }
        Console.complain(
            "\(found.name) (\(found.uid)) goes, and with it: \(bound.isEmpty ? "no roles" : bound.joined(separator: ", "))"
        )
        Console.complain("Type the identity's name to delete it:")
        guard readLine() == found.name else {
            throw Failure("Nothing was deleted", remedy: "The name typed was another", category: .cancelled)
        }
    }
}
