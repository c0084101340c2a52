import FoundationEssentials

/// Refresh tokens: standard-base64 JSON with an `exp` claim, each good for one use.
struct RefreshTokens: Sendable {
    static let lifetime: TimeInterval = 30 * 24 * 3600

    let store: Store
    let now: @Sendable () -> Date

    private struct Body: Codable {
        var exp: Int
        var jti: String
    }

    /// A new token for the subject.
    func make(subject: String, email: String?) throws(StatusError) -> String {
        let now = Int(now().timeIntervalSince1970)
        let grant = RefreshGrant(
            id: Self.unguessable(), subject: subject, email: email, expires: now + Int(Self.lifetime), isUsed: false)
        try store.change { state throws(StatusError) in
            state.refreshGrants.removeAll { $0.expires <= now }
            state.refreshGrants.append(grant)
        }
        let body = (try? JSON.encoder.encode(Body(exp: grant.expires, jti: grant.id))) ?? Data()
        return body.base64EncodedString()
    }

    /// Uses the token up.
    func redeem(_ text: String) throws(StatusError) -> RefreshGrant {
        guard let data = Data(base64Encoded: text), let body = try? JSONDecoder().decode(Body.self, from: data) else {
            throw StatusError(.unauthenticated, "the refresh token can't be read")
        }
        let now = now().timeIntervalSince1970
        return try store.change { state throws(StatusError) in
            guard let index = state.refreshGrants.firstIndex(where: { $0.id == body.jti }),
                state.refreshGrants[index].expires == body.exp
            else { throw StatusError(.unauthenticated, "the refresh token is not known") }
            guard Double(body.exp) > now else {
                throw StatusError(.unauthenticated, "the refresh token has expired")
            }
            guard !state.refreshGrants[index].isUsed else {
                throw StatusError(.unauthenticated, "the refresh token was used already")
            }
            state.refreshGrants[index].isUsed = true
            return state.refreshGrants[index]
        }
    }

    private static func unguessable() -> String {
        var random = SystemRandomNumberGenerator()
        return (0..<4).map { _ in String(random.next(), radix: 36) }.joined()
    }
}
