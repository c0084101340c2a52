import FoundationEssentials
import JWTKit

/// Makes and checks the tokens of the sandbox's issuer.
struct TokenMint: Sendable {
    let issuer: String
    let key: IssuerKey
    /// Of each token; API tokens last up to an hour.
    let lifetime: TimeInterval
    private let keys: JWTKeyCollection

    init(issuer: String, key: IssuerKey, lifetime: Duration) async throws {
        self.lifetime = TimeInterval(lifetime.components.seconds)
        self.issuer = issuer
        self.key = key
        keys = try await key.collection()
    }

    func token(
        subject: String, audience: [String], email: String?, id: String, at now: Date
    ) async throws(StatusError) -> (text: String, expiry: Date) {
        let issued = Int(now.timeIntervalSince1970.rounded(.down))
        let expiry = issued + Int(lifetime)
        let payload = TokenPayload(
            iss: issuer, sub: subject, aud: AudienceClaim(value: audience), exp: expiry, iat: issued, jti: id,
            email: email)
        do {
            let text = try await keys.sign(payload, kid: JWKIdentifier(string: key.id))
            return (text, Date(timeIntervalSince1970: Double(expiry)))
        } catch {
            throw StatusError(.internal, "the token could not be signed")
        }
    }

    /// Signature, issuer and times; who it is for is the caller's to check.
    func verified(_ token: String, at now: Date) async throws(StatusError) -> IssuedClaims {
        let payload: TokenPayload
        do {
            payload = try await keys.verify(token)
        } catch {
            throw StatusError(.unauthenticated, "the token is not one of \(issuer)")
        }
        guard payload.iss == issuer else { throw StatusError(.unauthenticated, "the token's issuer is \(payload.iss)") }
        guard now.timeIntervalSince1970 < Double(payload.exp) else {
            throw StatusError(.unauthenticated, "the token has expired")
        }
        return IssuedClaims(
            issuer: payload.iss, subject: payload.sub, audience: payload.aud.value,
            expiry: Date(timeIntervalSince1970: Double(payload.exp)),
            issuedAt: Date(timeIntervalSince1970: Double(payload.iat)), email: payload.email)
    }
}
