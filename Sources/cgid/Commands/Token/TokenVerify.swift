import AWSCaller
import ArgumentParser
import Chainguard

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

    @Option(help: "The base URL that the request is sent to; the STS host unless given.")
    var stsEndpoint: String?

    @Option(help: "Seconds that the token's clock may be ahead.")
    var clockSkew = 300

    @Flag(help: "Stop before STS is asked.")
    var offline = false

    func run(in runtime: Runtime) async throws {
        let text = try input.read()
        do {
            let claims = try await verify(text.trimmedLineEnd, in: runtime)
            try print(claims)
        } catch let error as VerificationError {
            if output == .json {
                try JSONOutput.print(
                    VerificationDocument(ok: false, error: error.code.rawValue, message: error.message))
            }
            throw Failure(error.message, detail: error.code.rawValue, category: error.exitCategory)
        }
    }

    private func verify(_ token: String, in runtime: Runtime) async throws(VerificationError) -> VerifiedClaims? {
        let verifier = try TokenVerifier(
            TokenVerifier.Options(
                identity: identity, audiences: audience.isEmpty ? [runtime.endpoints.issuer] : audience,
                stsHost: stsHost, stsEndpoint: stsEndpoint ?? runtime.sandbox?.sandbox.baseURL,
                clockSkew: .seconds(clockSkew)),
            transport: runtime.host.transport)
        let moment = now.moment(runtime.host.now)
        guard offline else { return try await verifier.verify(token, now: moment) }
        _ = try verifier.check(token, now: moment)
        return nil
    }

    private func print(_ claims: VerifiedClaims?) throws {
        if output == .json {
            return try JSONOutput.print(
                VerificationDocument(ok: true, claims: claims.map(VerificationDocument.Claims.init)))
        }
        guard let claims else { return Console.answer("the local checks pass; STS was not asked") }
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

extension String {
    /// Without the one line end that a shell's pipe adds.
    fileprivate var trimmedLineEnd: String {
        hasSuffix("\n") ? String(dropLast()) : self
    }
}
