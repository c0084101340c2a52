import AWSCaller
import ArgumentParser
import Chainguard
import FoundationEssentials

struct TokenVerify: ServiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "The verdict that Chainguard's verifier would give.")

    @OptionGroup var common: CommonOptions
    @ParentCommand var root: CgidCommand
    @OptionGroup var input: TokenArgument
    @OptionGroup var now: NowOption

    @Option(help: "The identity the token must be for.")
    var identity: String

    @Option(help: "An audience to allow; the issuer unless given.")
    var audience: [String] = []

    @Option(help: "The STS host the token must be signed for.")
    var stsHost = CallerTokenGenerator.globalSTSHost

    @Option(help: "The base URL that the request is sent to; what the AWS settings say, else the STS host.")
    var stsEndpoint: String?

    @Option(parsing: .unconditional, help: "Seconds that the token's clock may be ahead.")
    var clockSkew = 300

    @Flag(help: "Stop before STS is asked.")
    var offline = false

    func run(in runtime: Runtime) async throws {
        do {
            let verifier = try verifier(in: runtime)
            let token = try input.read()
            let moment = now.moment(runtime.host.now)
            try print(offline ? verifier.checked(token, now: moment) : await verifier.verify(token, now: moment))
        } catch let error as VerificationError {
            if output == .json {
                try JSONOutput.print(
                    VerificationDocument(ok: false, error: error.code.rawValue, message: error.message))
            }
            throw Failure(
                error.message, remedy: remedy(for: error), detail: error.code.rawValue, category: error.exitCategory)
        }
    }

    /// Unusable options are said before a token is read.
    private func verifier(in runtime: Runtime) throws(VerificationError) -> TokenVerifier {
        try TokenVerifier(
            TokenVerifier.Options(
                identity: identity, audiences: audience.isEmpty ? [runtime.endpoints.issuer] : audience,
                stsHost: stsHost, stsEndpoint: stsEndpoint ?? runtime.detector.configuredSTSEndpoint,
                clockSkew: .seconds(clockSkew)),
            transport: runtime.host.transport)
    }

    private func remedy(for error: VerificationError) -> String {
        guard error.code != .invalidConfiguration else { return "'cgid help token verify' shows the options" }
        guard UIDP(identity) != nil else {
            return "--identity '\(identity)' is no UIDP, so no token of Chainguard's is for it; 'cgid identities list' "
                + "shows those of identities"
        }
        return switch error.code {
        case .stsUnavailable: "Check the way to STS: cgid info --check"
        case .rejected: "Check with cgid whoami that the credentials it was signed with work, and sign a new one"
        default: "'cgid token inspect' shows everything that is wrong with it and how to mend that"
        }
    }

    private func print(_ claims: VerifiedClaims?) throws {
        if output == .json {
            return try JSONOutput.print(
                VerificationDocument(ok: true, claims: claims.map(VerificationDocument.Claims.init)))
        }
        guard let claims else { return Console.answer("the local checks pass; STS was not asked") }
        if output == .id { return Console.answer(claims.arn) }
        var fields = TextFields()
        fields.add("account", claims.account)
        fields.add("arn", claims.arn)
        fields.add("user id", claims.userID)
        Console.answer(fields.text)
    }
}

/// `token verify -o json`; its spelling is a contract.
struct VerificationDocument: Encodable {
    struct Claims: Encodable {
        let userId: String
        let account: String
        let arn: String

        init(_ claims: VerifiedClaims) {
            userId = claims.userID
            account = claims.account
            arn = claims.arn
        }
    }
    var ok: Bool
    var claims: Claims?
    var error: String?
    var message: String?
}

extension VerificationError {
    /// A token that could not be judged is a service's failure, a wrong option wrong usage; the rest is a verdict.
    var exitCategory: Failure.Category {
        switch code {
        case .stsUnavailable: .service
        case .invalidConfiguration: .usage
        default: .verdict
        }
    }
}

extension TokenVerifier {
    /// The checks before STS; there are no claims then.
    fileprivate func checked(_ token: String, now: Date) throws(VerificationError) -> VerifiedClaims? {
        _ = try check(token, now: now)
        return nil
    }
}
