import AWSCaller
import FoundationEssentials
import Transport

/// Chainguard's issuer (its security token service): gives its own tokens for a proof of identity.
public struct IssuerClient: Sendable {
    static let maximumAnswerBytes = 1 << 20

    /// Base URL, without a trailing slash; also the audience of the proof.
    public let issuer: String
    let calls: ServiceCall

    /// - Parameter issuer: the base URL; a trailing slash is dropped.
    public init(issuer: String, transport: any HTTPTransport, retry: RetryPolicy = .standard) {
        self.issuer = issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer
        calls = ServiceCall(transport: transport, retry: retry)
    }

    /// What an exchange asks for.
    public struct Request: Sendable, Hashable {
        /// Whom to assume; `nil` for what the proof itself stands for, as a person's.
        public var identity: UIDP?
        /// Whom the token is to be for; at least one.
        public var audiences: [String]
        /// The form's `scopes`; empty sends none.
        public var scopes: [String]
        /// The form's `cap`, names of capabilities; empty sends none.
        public var capabilities: [String]
        /// UIDP or name of a custom identity provider.
        public var identityProvider: String?

        public init(
            identity: UIDP? = nil, audiences: [String], scopes: [String] = [], capabilities: [String] = [],
            identityProvider: String? = nil
        ) {
            self.identity = identity
            self.audiences = audiences
            self.scopes = scopes
            self.capabilities = capabilities
            self.identityProvider = identityProvider
        }

        var form: [(String, String)] {
            audiences.map { ("aud", $0) } + (identity.map { [("identity", $0.text)] } ?? [])
                + scopes.map { ("scopes", $0) } + capabilities.map { ("cap", $0) }
                + (identityProvider.map { [("identity_provider", $0)] } ?? [])
        }
    }

    /// Exchanges a proof of identity (`POST /sts/exchange`): a signed AWS request, an OIDC token.
    /// - Throws: `Failure` with the issuer's own words in `detail`.
    public func exchange(
        bearer: Secret, identity: UIDP?, audiences: [String], scopes: [String] = [], capabilities: [String] = [],
        identityProvider: String? = nil
    ) async throws(Failure) -> IssuedTokens {
        let request = Request(
            identity: identity, audiences: audiences, scopes: scopes, capabilities: capabilities,
            identityProvider: identityProvider)
        do throws(CallError) {
            return try await exchange(bearer: bearer, request)
        } catch {
            throw ExchangeDiagnosis(issuer: issuer, identity: identity).failure(error)
        }
    }

    func exchange(bearer: Secret, _ request: Request) async throws(CallError) -> IssuedTokens {
        let answer = try await post("/sts/exchange", bearer: bearer, form: request.form, retrying: [.unavailable])
        guard let token = answer.text("token") else {
            throw .garbage(.other, expected: "a token", detail: "JSON without `token`")
        }
        return IssuedTokens(
            token: Secret(token), refreshToken: answer.text("refreshToken").map(Secret.init),
            expiry: answer.text("expiry").flatMap(Timestamp.parse) ?? JWTClaims(unverified: token)?.expiry)
    }

    /// Trades a refresh token for new tokens (`POST /sts/exchange_refresh_token`). It rotates: store the new one;
    /// where the issuer gives none, it is the one presented.
    /// - Throws: `Failure`; `.notAllowed` when the refresh token is used up or expired.
    public func refresh(
        refreshToken: Secret, audiences: [String], scopes: [String] = [], capabilities: [String] = []
    ) async throws(Failure) -> IssuedTokens {
        let form = Request(audiences: audiences, scopes: scopes, capabilities: capabilities).form
        do throws(CallError) {
            let answer = try await post(
                "/sts/exchange_refresh_token", bearer: refreshToken, form: form,
                retrying: [.unavailable, .internal, .deadlineExceeded])
            var tokens = try Self.refreshed(answer)
            tokens.refreshToken = tokens.refreshToken ?? refreshToken
            return tokens
        } catch {
            throw Failure(error, service: "Chainguard's issuer", doing: "refresh the login")
        }
    }

    private static func refreshed(_ answer: JSONValue) throws(CallError) -> IssuedTokens {
        guard let token = answer["token"]?.text("token") else {
            throw .garbage(.other, expected: "a refreshed token", detail: "JSON without `token.token`")
        }
        let expiry = answer["token"]?.text("expiry").flatMap(Timestamp.parse)
        return IssuedTokens(
            token: Secret(token), refreshToken: answer["refreshToken"]?.text("token").map(Secret.init),
            expiry: expiry ?? JWTClaims(unverified: token)?.expiry)
    }

    private func post(
        _ path: String, bearer: Secret, form: [(String, String)], retrying codes: Set<RPCCode>
    ) async throws(CallError) -> JSONValue {
        let request = HTTPRequest(
            .post, issuer + path,
            headers: [
                "Authorization": "Bearer " + bearer.reveal(), "Accept": "application/json",
                "Content-Type": "application/x-www-form-urlencoded",
            ],
            body: Array(PercentEncoding.pairs(form).utf8), timeout: .seconds(30),
            maximumAnswerBytes: Self.maximumAnswerBytes)
        return try ServiceCall.object(try await calls.send(request, retrying: codes), expected: "a token")
    }
}
