import Chainguard
import FoundationEssentials
import JWTKit
import Transport

/// Who a proof of identity shows to be asking.
struct ProvenSubject: Sendable, Equatable {
    /// A UIDP: an assumable identity's, or a person's.
    var id: String
    var email: String?
}

/// Checks the proofs that the issuer accepts: signed AWS requests, its own tokens, other providers' tokens.
struct ProofCheck: Sendable {
    let store: Store
    let tokens: TokenMint
    let aws: AWSProofCheck
    /// Of every other provider.
    let workloadKeys: JWTKeyCollection

    func subject(of bearer: String, identity: UIDP?, at now: Date) async throws(StatusError) -> ProvenSubject {
        guard let claims = await unverified(bearer) else {
            guard let identity else { throw StatusError(.invalidArgument, "identity is required with an AWS token") }
            let caller = try await aws.caller(of: bearer, identity: identity, at: now)
            try aws.match(caller, try assumable(identity))
            return ProvenSubject(id: identity.text)
        }
        guard claims.issuer != tokens.issuer else { return try await ownSubject(bearer, identity: identity, at: now) }
        guard let identity else { throw StatusError(.invalidArgument, "identity is required") }
        try await match(bearer, claims, try assumable(identity), at: now)
        return ProvenSubject(id: identity.text)
    }

    /// An identity that was deleted gets no more tokens.
    func checkStillThere(_ subject: ProvenSubject) throws(StatusError) {
        let state = store.current
        guard
            state.people.contains(where: { $0.uid.text == subject.id })
                || state.identities.contains(where: { $0.uid?.text == subject.id })
        else { throw StatusError(.unauthenticated, "\(subject.id) is no longer there") }
    }

    private func unverified(_ token: String) async -> ForeignPayload? {
        try? await workloadKeys.unverified(token)
    }

    private func assumable(_ identity: UIDP) throws(StatusError) -> IdentityRecord {
        guard let record = store.current.identity(identity) else {
            throw StatusError(.notFound, "no identity \(identity)")
        }
        return record
    }

    /// A token of this issuer, made for this issuer, is traded for one of another audience.
    private func ownSubject(
        _ token: String, identity: UIDP?, at now: Date
    ) async throws(StatusError) -> ProvenSubject {
        let claims = try await tokens.verified(token, at: now)
        guard claims.audience.contains(tokens.issuer) else {
            throw StatusError(.unauthenticated, "the token is not for the audience \(tokens.issuer)")
        }
        guard identity == nil || identity?.text == claims.subject else {
            throw StatusError(.permissionDenied, "\(claims.subject) may not assume \(identity?.text ?? "")")
        }
        let subject = ProvenSubject(id: claims.subject, email: claims.email)
        try checkStillThere(subject)
        return subject
    }

    private func match(
        _ token: String, _ claims: ForeignPayload, _ identity: IdentityRecord, at now: Date
    ) async throws(StatusError) {
        if let rule = identity.claimMatch {
            try await verify(token, claims, with: workloadKeys, at: now)
            try ClaimCheck(audience: tokens.issuer).match(claims, rule)
        } else if let keys = identity.staticKeys {
            let collection: JWTKeyCollection
            do {
                collection = try await JWTKeyCollection().add(jwksJSON: keys.issuerKeys)
            } catch {
                throw StatusError(.failedPrecondition, "the identity's issuerKeys can't be read")
            }
            try await verify(token, claims, with: collection, at: now)
            try ClaimCheck(audience: tokens.issuer).match(claims, keys, at: now)
        } else {
            throw StatusError(.permissionDenied, "identity \(identity.name) can't be assumed with an OIDC token")
        }
    }

    private func verify(
        _ token: String, _ claims: ForeignPayload, with keys: JWTKeyCollection, at now: Date
    ) async throws(StatusError) {
        do {
            let _: ForeignPayload = try await keys.verify(token)
        } catch {
            throw StatusError(.unauthenticated, "the token's signature is not one of \(claims.issuer)")
        }
        let time = now.timeIntervalSince1970
        guard time < claims.expiry, (claims.notBefore ?? time) <= time else {
            throw StatusError(.unauthenticated, "the token is expired or not yet valid")
        }
    }
}
