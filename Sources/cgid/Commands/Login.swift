import AWSCaller
import ArgumentParser
import Chainguard
import FoundationEssentials

struct Login: ServiceCommand {
    static let configuration = CommandConfiguration(
        abstract: "Assume an identity: log in from AWS to Chainguard.",
        discussion: """
            With --docker the token is for the registry, and docker is told to ask cgid for it. With --refresh it \
            stays and logs in again before the token ends, until it is interrupted.
            """)

    @OptionGroup var common: CommonOptions
    @ParentCommand var root: CgidCommand

    @Option(help: "The identity's UIDP, or its name where the operator is signed in.")
    var identity: String

    @Option(help: "Keep the token under this name, beside others for the same audience.")
    var alias: String?

    @Option(help: "Whom the Chainguard token is for; the API unless given.")
    var audience: String?

    @Flag(help: "Prove who calls with a JWT of AWS (GetWebIdentityToken) instead of a signed request.")
    var webIdentity = false

    @Flag(help: "Log in to the registry, and make docker pull with it.")
    var docker = false

    @Flag(help: "Stay, and keep the token fresh until interrupted.")
    var refresh = false

    func validate() throws {
        if docker && (alias != nil || audience != nil) {
            throw ValidationError(
                "--docker is for the registry's own token: it goes with neither --alias nor --audience")
        }
    }

    func run(in runtime: Runtime) async throws {
        let identity = try await runtime.identity(called: identity)
        let registry = DockerCredentialHelper(runtime: runtime).audience
        let audience = docker ? registry : audience ?? runtime.endpoints.audience
        if alias == nil { try runtime.refuseToReplace(audience: audience, identity: identity) }
        let login = { @Sendable (progress: @Sendable (LoginFlow.StageUpdate) -> Void) async throws(Failure) in
            try await runtime.loginFlow().run(
                identity: identity, audience: audience, alias: alias,
                proof: webIdentity ? .webIdentity : .signedRequest,
                progress: progress)
        }
        let outcome = try await login { update in
            if case .done(let detail) = update.state {
                Console.complain("\(update.stage.title): \(detail) (\(TimeText.measured(update.elapsed)))")
            }
        }
        if docker { try DockerSetup(environment: runtime.host.environment, registry: registry).run() }
        try print(outcome, now: runtime.host.now())
        guard refresh else { return }
        let keeper = LoginKeeper(
            login: { () async throws(Failure) in try await login { _ in }.expiry }, now: runtime.host.now)
        try await keep(keeper, expiry: outcome.expiry)
    }

    private func print(_ outcome: LoginOutcome, now: Date) throws {
        let document = SubjectDocument(outcome.subject, path: outcome.cachePath)
        switch output {
        case .json: try JSONOutput.print(document)
        case .id: Console.answer(document.subject)
        case .text: Console.answer(document.text(now: now))
        }
    }

    /// - Throws: `CancellationError` after ^C; SIGTERM is how a service is stopped, and no failure.
    private func keep(_ keeper: LoginKeeper, expiry: Date?) async throws {
        Console.complain("Renewing it at \(Timestamp.format(keeper.renewal(expiry))); ^C ends that")
        let work = Task {
            await keeper.run(expiry: expiry) { report in
                switch report {
                case .renewed(let until, let next):
                    let end = until.map { " until \(Timestamp.format($0))" } ?? ""
                    Console.complain("Renewed: a token\(end); next at \(Timestamp.format(next))")
                case .failed(let failure, let next):
                    Console.complain("cgid: \(failure); trying again at \(Timestamp.format(next))")
                }
            }
        }
        let signal = await Interruption.wait()
        work.cancel()
        await work.value
        if signal == .keyboard { throw CancellationError() }
    }
}

extension UIDP {
    /// For the argument parser: the error names the form.
    @Sendable static func parseArgument(_ text: String) throws -> UIDP {
        guard let uidp = UIDP(text) else {
            throw ValidationError(
                "'\(text)' is no UIDP (40 hex digits, then /16 hex digits for each level); "
                    + "'cgid identities list' shows those of identities")
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
        throw Problem.loginInTheWay.failure([
            "who": claims.email ?? "The identity \(claims.subject)", "audience": audience,
            "until": Timestamp.format(expiry),
        ])
    }
}
