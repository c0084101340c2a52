import AWSCaller
import ArgumentParser
import Chainguard

struct TokenCreate: ServiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Print the signed token for an identity, alone on stdout.",
        discussion: "It proves who the caller is for 15 minutes: treat it as a password. With every --output it is the "
            + "bare token.")

    @OptionGroup var common: CommonOptions
    @ParentCommand var root: CgidCommand
    @OptionGroup var now: NowOption

    @Option(help: "The identity's UIDP.")
    var identity: String

    @Option(help: "Who the token is for, exactly one; the issuer unless given.")
    var audience: [String] = []

    @Option(help: "The STS host to sign for. Chainguard's verifier accepts only the global one by default.")
    var stsHost = CallerTokenGenerator.globalSTSHost

    @Flag(help: "Accept an identity that is no UIDP.")
    var allowAnyIdentity = false

    func validate() throws {
        if Set(audience).count > 1 {
            throw ValidationError(
                "a token names exactly one --audience, and \(audience.count) were given: make one token for each")
        }
        if !allowAnyIdentity && UIDP(identity) == nil {
            throw ValidationError(
                "--identity '\(identity)' is no UIDP (40 hex digits, then /16 hex digits for each level); "
                    + "'cgid identities list --name NAME -o id' prints that of an identity, --allow-any-identity signs it "
                    + "all the same")
        }
    }

    func run(in runtime: Runtime) async throws {
        if stsHost != CallerTokenGenerator.globalSTSHost {
            Console.complain(
                "cgid: a verifier with default settings accepts only \(CallerTokenGenerator.globalSTSHost)")
        }
        let credentials = try await runtime.credentials()
        let generator = CallerTokenGenerator(audience: audience.first ?? runtime.endpoints.issuer, stsHost: stsHost)
        let token = try generator.generate(
            identity: identity, credentials: credentials, at: now.moment(runtime.host.now))
        Console.answerVerbatim(token.text.reveal() + "\n")
    }
}
