import AWSCaller
import ArgumentParser
import Chainguard

struct IdentitiesMatch: ServiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "match", abstract: "Would this caller be let in, and if not, why.",
        discussion: "Without a name every AWS identity is ranked, the closest first.")

    @OptionGroup var common: CommonOptions
    @ParentCommand var root: CgidCommand

    @Argument(help: "The identity's name or UIDP.")
    var identity: String?

    @Option(help: "The caller's ARN instead of this host's.")
    var arn: String?

    @Option(help: "The caller's user id; goes with --arn.")
    var userId: String?

    func validate() throws {
        if (arn == nil) != (userId == nil) { throw ValidationError("--arn and --user-id go together") }
        if let arn, ARN(arn) == nil { throw ValidationError("--arn '\(arn)' is no ARN") }
    }

    func run(in runtime: Runtime) async throws {
        let caller = try await callerValues(runtime)
        let api = try await runtime.api()
        let candidates = try await candidates(api)
        let ranked = IdentityRanking.rank(candidates, for: caller)
        if output == .json {
            try JSONOutput.print(ranked.map(MatchDocument.init))
        } else {
            printText(ranked)
        }
        guard ranked.contains(where: { $0.verdict.matches }) else {
            throw Failure(
                identity.map { "'\($0)' would not let this caller in" } ?? "no identity would let this caller in",
                detail: caller.arn, category: .verdict)
        }
    }

    private func callerValues(_ runtime: Runtime) async throws(Failure) -> CallerValues {
        if let arn, let userId, let parsed = ARN(arn) {
            return CallerValues(CallerIdentity(account: parsed.account, arn: parsed, userID: userId))
        }
        return CallerValues(try await runtime.caller())
    }

    private func candidates(_ api: PlatformAPI) async throws(Failure) -> [AssumableIdentity] {
        guard let identity else { return try await api.allIdentities(IdentityQuery()) }
        let found = try await IdentityLookup(api: api).identity(identity)
        guard case .aws = found.relationship else {
            throw Failure("'\(found.name)' is no AWS identity: no AWS caller can assume it", category: .verdict)
        }
        return [found]
    }

    private func printText(_ ranked: [RankedIdentity]) {
        guard identity == nil else {
            for entry in ranked { Console.answer(MatchText.text(entry)) }
            return
        }
        guard let closest = ranked.first else { return Console.complain("There is no AWS identity") }
        Console.answer(MatchText.ranking(ranked))
        Console.answer("\n\(MatchText.text(closest))")
    }
}
