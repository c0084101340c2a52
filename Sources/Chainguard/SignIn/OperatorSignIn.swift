import AWSCaller
import FoundationEssentials
import Transport

/// Signs a person in: through a browser here, through a browser elsewhere, or with a token that another identity
/// provider gave.
public struct OperatorSignIn: Sendable {
    /// How long the person has in the browser.
    public static let patience = Duration.seconds(300)
    /// Between two questions whether the person has finished elsewhere.
    static let pollInterval = Duration.seconds(2)

    let issuer: IssuerClient
    let page: SignInPage
    let console: String
    let patience: Duration
    let sleep: @Sendable (Duration) async -> Bool

    /// - Parameters:
    ///   - console: where people register, for whoever has not.
    ///   - sleep: returns false when it was cancelled.
    public init(
        issuer: IssuerClient, page: SignInPage, console: String = ChainguardEndpoints().console,
        patience: Duration = Self.patience,
        sleep: @escaping @Sendable (Duration) async -> Bool = RetryPolicy.wait
    ) {
        self.issuer = issuer
        self.page = page
        self.console = console
        self.patience = patience
        self.sleep = sleep
    }

    /// Waits on 127.0.0.1 for the issuer's redirect.
    /// - Parameter open: shows the page to the person; called once, when the port is ready.
    public func inBrowser(open: @Sendable (_ url: String, _ port: Int) -> Void) async throws(Failure) -> IssuedTokens {
        let listener: CallbackListener
        do throws(TransportError) {
            listener = try await CallbackListener(path: SignInPage.callbackPath, page: SignInCallback.page)
        } catch {
            throw Failure(
                "No port on 127.0.0.1 can be opened for the browser's answer", remedy: "Use 'cgid signin --headless'",
                detail: error.detail)
        }
        open(page.url(callbackPort: listener.port), listener.port)
        let query: String
        do throws(TransportError) {
            query = try await listener.query(within: patience)
        } catch {
            throw error.reason == .cancelled ? .cancelled : tooLate
        }
        return try await forAudience(SignInCallback.tokens(query: query, console: console))
    }

    /// Asks the issuer until the person has finished, in a browser anywhere.
    /// - Parameter show: shows the URL to the person; called once.
    public func headless(
        key: HeadlessKey = HeadlessKey(), show: @Sendable (_ url: String) -> Void
    ) async throws(Failure) -> IssuedTokens {
        show(page.url(headlessCode: key.code))
        for _ in 0..<max(1, Int(patience / Self.pollInterval)) {
            if let token = try await issuer.headlessToken(key: key) {
                return try await exchange(token, identity: nil)
            }
            guard await sleep(Self.pollInterval) else { throw .cancelled }
        }
        throw tooLate
    }

    /// Exchanges a token that an identity provider gave.
    /// - Parameter identity: the identity to assume, where the token is a workload's.
    public func exchange(_ identityToken: Secret, identity: UIDP?) async throws(Failure) -> IssuedTokens {
        try await issuer.exchange(
            bearer: identityToken, identity: identity, audiences: [page.audience],
            identityProvider: page.identityProvider)
    }

    /// A token that is not yet for the audience wanted is exchanged like any other proof.
    private func forAudience(_ tokens: IssuedTokens) async throws(Failure) -> IssuedTokens {
        guard JWTClaims(unverified: tokens.token.reveal())?.audience.contains(page.audience) != true else {
            return tokens
        }
        var exchanged = try await exchange(tokens.token, identity: nil)
        exchanged.refreshToken = exchanged.refreshToken ?? tokens.refreshToken
        return exchanged
    }

    private var tooLate: Failure {
        Failure(
            "Nobody finished signing in within \(patience.components.seconds) s",
            remedy: "Start again with 'cgid signin'",
            category: .notAllowed)
    }
}

extension IssuerClient {
    /// What a browser elsewhere left for the key (`GET /sts/headless_sessions`).
    /// - Returns: `nil` while nobody has finished.
    func headlessToken(key: HeadlessKey) async throws(Failure) -> Secret? {
        let request = HTTPRequest(
            .get, "\(issuer)/sts/headless_sessions?\(PercentEncoding.pairs([("code", key.code)]))",
            headers: ["Accept": "application/json"], timeout: .seconds(30))
        let answer: JSONValue
        do throws(CallError) {
            let response = try await calls.send(request, retrying: [.unavailable])
            answer = try ServiceCall.object(response, expected: "a session")
        } catch {
            // The documentation does not say how "not yet" is answered; these are the codes that can mean it.
            if case .refused(let refusal) = error,
                [.notFound, .failedPrecondition, .unavailable].contains(refusal.code)
            {
                return nil
            }
            throw Failure(error, service: "Chainguard's issuer", doing: "say whether the sign-in is finished")
        }
        guard let encrypted = answer.text("encryptedIdtoken").flatMap(Base64URL.bytes),
            let keyText = answer.text("ecdhPublicKey").flatMap(Base64URL.bytes), !encrypted.isEmpty
        else { return nil }
        return try key.token(serverKey: String(decoding: keyText, as: UTF8.self), encrypted: encrypted)
    }
}
