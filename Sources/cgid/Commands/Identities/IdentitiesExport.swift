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

    @Option(help: "terraform, chainctl, json or policy: what AWS must allow for outbound federation.")
    var format: Recipe

    func run(in runtime: Runtime) async throws {
        let api = try await runtime.api()
        let found = try await IdentityLookup(api: api).identity(identity)
        if format == .policy { try checkNeed(of: found) }
        let bindings = try await api.roleBindings(identity: found.uid)
        Console.answerVerbatim(format.text(found, bindings: bindings, issuer: runtime.endpoints.issuer))
    }
}

extension IdentitiesExport {
    /// Most identities need no policy at AWS: those for AWS callers only where they are asked with a token instead.
    private func checkNeed(of found: AssumableIdentity) throws(Failure) {
        guard Recipe.all(of: found).contains(.policy) else {
            throw Failure(
                "'\(found.name)' needs no IAM policy: no caller of AWS proves itself to it by a token",
                remedy: "The formats for it are terraform, chainctl and json", category: .usage)
        }
        guard case .aws = found.relationship else { return }
        Console.complain(
            "note: '\(found.name)' is assumed with a signed request, which needs no permission; this policy is for "
                + "outbound federation (GetWebIdentityToken)")
    }
}

extension Recipe: ExpressibleByArgument {}
