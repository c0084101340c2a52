import Chainguard
import FoundationEssentials
import Transport

/// Chainguard's issuer: exchanges proofs of identity for its own tokens.
struct IssuerService: Sendable {
    let store: Store
    let tokens: TokenMint
    let proofs: ProofCheck
    let refreshTokens: RefreshTokens
    let desk = SignInDesk()
    let now: @Sendable () -> Date

    func answer(_ request: Incoming) async -> Reply {
        do throws(StatusError) {
            switch (request.method, request.segments.joined(separator: "/")) {
            case ("GET", ".well-known/openid-configuration"): return .json(Discovery(issuer: tokens.issuer))
            case ("GET", ".well-known/jwks.json"): return .json(tokens.key.keySet)
            case ("GET", "sts/exchange"), ("POST", "sts/exchange"): return try await exchange(request)
            case ("GET", "sts/exchange_refresh_token"), ("POST", "sts/exchange_refresh_token"):
                return try await refresh(request)
            case ("GET", "oauth"): return try await signIn(request)
            case ("GET", "sts/headless_sessions"): return try headlessSession(request)
            default: throw StatusError(.notFound, "no such call: \(request.method) \(request.path)")
            }
        } catch {
            return error.reply
        }
    }

    private func exchange(_ request: Incoming) async throws(StatusError) -> Reply {
        guard let bearer = request.bearer else { throw StatusError(.unauthenticated, "no bearer token") }
        let audiences = try Self.audiences(request)
        let subject = try await proofs.subject(of: bearer, identity: try Self.identity(request), at: now())
        note(subject)
        let token = try await token(for: subject, audiences: audiences)
        return .json([
            "token": token.text, "expiry": Timestamp.format(token.expiry),
            "refreshToken": try refreshTokens.make(subject: subject.id, email: subject.email),
        ])
    }

    private func refresh(_ request: Incoming) async throws(StatusError) -> Reply {
        guard let bearer = request.bearer else { throw StatusError(.unauthenticated, "no refresh token") }
        let audiences = try Self.audiences(request)
        let grant = try refreshTokens.redeem(bearer)
        let subject = ProvenSubject(id: grant.subject, email: grant.email)
        try proofs.checkStillThere(subject)
        let token = try await token(for: subject, audiences: audiences)
        return .json([
            "token": ["token": token.text, "expiry": Timestamp.format(token.expiry)],
            "refreshToken": ["token": try refreshTokens.make(subject: subject.id, email: subject.email)],
        ])
    }

    /// Tokens for a person, without a proof: the sandbox's operator is signed in from the start.
    func issue(to person: PersonRecord, audience: String) async throws(StatusError) -> (
        text: String, expiry: Date, refreshToken: String
    ) {
        let subject = ProvenSubject(id: person.uid.text, email: person.email)
        let token = try await token(for: subject, audiences: [audience])
        return (token.text, token.expiry, try refreshTokens.make(subject: subject.id, email: subject.email))
    }

    private func token(
        for subject: ProvenSubject, audiences: [String]
    ) async throws(StatusError) -> (text: String, expiry: Date) {
        let number = try store.change { state throws(StatusError) in
            state.sequence += 1
            return state.sequence
        }
        return try await tokens.token(
            subject: subject.id, audience: audiences, email: subject.email,
            id: Material.hex("token \(number)", digits: 32), at: now())
    }

    /// When an identity was last seen is worth remembering, but no reason to fail a login.
    private func note(_ subject: ProvenSubject) {
        let time = Timestamp.format(now())
        try? store.change { state throws(StatusError) in
            guard let index = state.identities.firstIndex(where: { $0.uid?.text == subject.id }) else { return }
            state.identities[index].lastSeenTime = time
        }
    }

    private static func audiences(_ request: Incoming) throws(StatusError) -> [String] {
        let audiences = request.fields.all("aud")
        guard !audiences.isEmpty else { throw StatusError(.invalidArgument, "aud is required") }
        return audiences
    }

    private static func identity(_ request: Incoming) throws(StatusError) -> UIDP? {
        guard let text = request.fields["identity"] else { return nil }
        guard let identity = UIDP(text) else { throw StatusError(.invalidArgument, "identity is not a UIDP: \(text)") }
        return identity
    }
}

/// `/.well-known/openid-configuration` (OpenID Connect Discovery 1.0).
private struct Discovery: Encodable {
    let issuer: String

    func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: FieldName.self)
        try fields.encode(issuer, forKey: FieldName("issuer"))
        try fields.encode("\(issuer)/.well-known/jwks.json", forKey: FieldName("jwks_uri"))
        let lists = [
            "response_types_supported": ["id_token"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["ES256"],
            "claims_supported": ["aud", "email", "exp", "iat", "iss", "jti", "sub"],
        ]
        for (name, values) in lists { try fields.encode(values, forKey: FieldName(name)) }
    }
}
