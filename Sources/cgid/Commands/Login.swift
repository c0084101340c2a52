import AWSCaller
import ArgumentParser
import Chainguard
import FoundationEssentials

struct Login: ServiceCommand {
    static let configuration = CommandConfiguration(
        abstract: "Assume an identity: log in from AWS to Chainguard.")

    @OptionGroup var common: CommonOptions
    @ParentCommand var root: CgidCommand

    @Option(help: "The identity's UIDP.", transform: UIDP.parseArgument)
    var identity: UIDP

    @Option(help: "Keep the token under this name, beside others for the same audience.")
    var alias: String?

    @Option(help: "Whom the Chainguard token is for; the API unless given.")
    var audience: String?

    func run(in runtime: Runtime) async throws {
        let audience = audience ?? runtime.endpoints.audience
        if alias == nil { try runtime.refuseToReplace(audience: audience, identity: identity) }
        let outcome = try await runtime.loginFlow().run(identity: identity, audience: audience, alias: alias) {
            update in
            if case .done(let detail) = update.state {
                Console.complain("\(update.stage.title): \(detail) (\(TimeText.measured(update.elapsed)))")
            }
        }
        let document = SubjectDocument(outcome.subject, path: outcome.cachePath)
        switch output {
        case .json: try JSONOutput.print(document)
        case .id: Console.answer(document.subject)
        case .text: Console.answer(document.text(now: runtime.host.now()))
        }
    }
}

extension UIDP {
    /// For the argument parser: the error names the form.
    @Sendable static func parseArgument(_ text: String) throws -> UIDP {
        guard let uidp = UIDP(text) else {
            throw ValidationError("'\(text)' is no UIDP (40 hex digits, then /16 hex digits for each level)")
        }
        return uidp
    }
}

extension Runtime {
    /// Logging in as an identity never silently replaces somebody else's live token for the same audience.
    func refuseToReplace(audience: String, identity: UIDP) throws(Failure) {
        guard let cached = try cache.read(audience: audience, alias: nil), let claims = cached.claims,
            let expiry = claims.expiry, expiry > host.now(), claims.subject != identity.text
        else { return }
        throw Failure(
            "\(claims.subject) is signed in for \(audience) until \(expiry.formatted(.iso8601))",
            remedy: "Keep both with '--alias NAME', or forget that token first with 'cgid logout'", category: .usage)
    }
}
