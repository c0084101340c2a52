import AWSCaller
import ArgumentParser
import Chainguard
import FoundationEssentials
import TerminalUI

struct SignIn: ServiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "signin", abstract: "Sign a person in to Chainguard, to administer identities.",
        discussion: """
            Opens a browser; over SSH, and where there is none, the URL is shown to open. With --headless the \
            browser may be on any machine. The tokens are kept where chainctl keeps them.
            """)

    @OptionGroup var common: CommonOptions
    @ParentCommand var root: CgidCommand

    @Flag(help: "Finish in a browser on another machine: shows a URL and a QR code, then waits.")
    var headless = false

    @Option(help: "Sign in over google-oauth2, github, gitlab or email.")
    var socialLogin: SignInPage.Connection?

    @Option(help: "Sign in through the identity provider of this organization.")
    var orgName: String?

    @Option(help: "Sign in through the custom identity provider with this UIDP.")
    var identityProvider: String?

    @Option(help: "A file with a token of an identity provider, or - for stdin; exchanged instead of a sign-in.")
    var identityToken: String?

    @Option(help: "With --identity-token: assume this identity.", transform: UIDP.parseArgument)
    var identity: UIDP?

    @Option(help: "Keep the token under this name, beside others for the same audience.")
    var alias: String?

    @Option(help: "Whom the Chainguard token is for; the API unless given.")
    var audience: String?

    func validate() throws {
        if orgName != nil && identityProvider != nil {
            throw ValidationError("--org-name and --identity-provider name the same thing: give one of them")
        }
        if identityToken != nil && (headless || socialLogin != nil || orgName != nil) {
            throw ValidationError(
                "--identity-token needs no browser: it goes without --headless, --social-login and --org-name")
        }
        if identity != nil && identityToken == nil {
            throw ValidationError("--identity goes with --identity-token; 'cgid login --identity' assumes one from AWS")
        }
    }

    func run(in runtime: Runtime) async throws {
        let audience = audience ?? runtime.endpoints.audience
        if let identity, alias == nil { try runtime.refuseToReplace(audience: audience, identity: identity) }
        let signIn = OperatorSignIn(
            issuer: runtime.issuer,
            page: SignInPage(
                issuer: runtime.issuer.issuer, audience: audience, connection: socialLogin,
                identityProvider: orgName ?? identityProvider),
            console: runtime.endpoints.console)
        let tokens = try await tokens(signIn, runtime)
        try runtime.cache.write(tokens, audience: audience, alias: alias)
        let path = try runtime.cache.folder(audience: audience, alias: alias) + "/oidc-token"
        try print(try await subject(of: tokens, audience: audience, runtime), path: path, now: runtime.host.now())
    }

    private func tokens(_ signIn: OperatorSignIn, _ runtime: Runtime) async throws -> IssuedTokens {
        if let identityToken {
            return try await signIn.exchange(try IdentityTokenArgument.read(identityToken), identity: identity)
        }
        if headless { return try await signIn.headless { HeadlessNotice(url: $0).show() } }
        let browser = Browser(environment: .ofProcess)
        return try await signIn.inBrowser { url, port in browser.open(url, port: port) }
    }

    /// The API knows only tokens that are meant for it.
    private func subject(
        of tokens: IssuedTokens, audience: String, _ runtime: Runtime
    ) async throws(Failure) -> AuthenticatedSubject {
        if audience == runtime.endpoints.audience {
            return try await PlatformAPI(
                baseURL: runtime.endpoints.api, token: tokens.token, transport: runtime.host.transport
            ).authenticatedSubject()
        }
        return tokens.subject(audience: audience, issuer: runtime.endpoints.issuer)
    }

    private func print(_ subject: AuthenticatedSubject, path: String, now: Date) throws {
        let document = SubjectDocument(subject, path: path)
        switch output {
        case .json: try JSONOutput.print(document)
        case .id: Console.answer(document.subject)
        case .text: Console.answer(document.text(now: now))
        }
    }
}

extension SignInPage.Connection: ExpressibleByArgument {}

/// Where `--identity-token` comes from. A token itself is refused: arguments are seen by every user of the host.
enum IdentityTokenArgument {
    private static let limit = 1 << 16

    static func read(_ argument: String) throws(Failure) -> Secret {
        if argument == "-" { return try secret(StandardInput.read(limit: limit), from: "stdin") }
        guard JWTClaims(unverified: argument) == nil else {
            throw Failure(
                "--identity-token was given a token itself, which every user of this host can see in the process list",
                remedy: "Put it into a file of mode 0600, or pipe it in with '--identity-token -'", category: .usage)
        }
        guard let bytes = try PosixFiles().read(argument, limit: limit) else {
            throw Failure(
                "\(argument) does not exist", remedy: "Name a file that holds the token, or - for stdin",
                category: .usage)
        }
        return try secret(bytes, from: argument)
    }

    private static func secret(_ bytes: [UInt8], from source: String) throws(Failure) -> Secret {
        let text = String(decoding: bytes, as: UTF8.self).filter { !$0.isWhitespace }
        guard !text.isEmpty else {
            throw Failure("\(source) holds no token", remedy: "Check what is put there", category: .usage)
        }
        return Secret(text)
    }
}
