import AWSCaller

/// What was proved, compared with the identity as it is read with the token that a person keeps in the cache.
extension LoginFlow {
    /// - Returns: `nil` when the identity can't be read, or lets the caller in.
    func mismatch(_ caller: CallerIdentity, _ uid: UIDP, _ refusal: Refusal) async -> Failure? {
        guard let identity = await known(uid) else { return nil }
        guard case .aws(let aws) = identity.relationship else {
            var failure = Problem.otherKind.failure(["name": identity.name], detail: refusal.words)
            if case .claimMatch(let claims) = identity.relationship, claims.isOutboundFederation {
                failure.remedy = "It matches on a JWT of AWS: log in with --web-identity"
            }
            return failure
        }
        return Self.failure(aws.verdict(for: CallerValues(caller)), identity, refusal)
    }

    /// - Returns: `nil` when the identity can't be read, or these claims are what it matches on.
    func mismatch(_ claims: JWTClaims, _ uid: UIDP, _ refusal: Refusal) async -> Failure? {
        guard let identity = await known(uid) else { return nil }
        guard case .claimMatch(let wanted) = identity.relationship else {
            return Problem.otherProof.failure(["name": identity.name], detail: refusal.words)
        }
        return Self.failure(
            wanted.verdict(issuer: claims.issuer, subject: claims.subject), identity, refusal)
    }

    private func known(_ uid: UIDP) async -> AssumableIdentity? {
        guard let person = (try? cache.read(audience: endpoints.audience)) ?? nil, !person.isExpired(at: now()) else {
            return nil
        }
        return try? await PlatformAPI(baseURL: endpoints.api, token: person.token, transport: transport).identity(uid)
    }

    private static func failure(
        _ verdict: MatchVerdict, _ identity: AssumableIdentity, _ refusal: Refusal
    ) -> Failure? {
        guard !verdict.matches else { return nil }
        return Problem.callerDiffers.failure(
            [
                "name": identity.name, "fields": differences(verdict),
                "advice": verdict.advice.first ?? "Choose an identity made for this caller, or make one",
            ], detail: refusal.words)
    }

    static func differences(_ verdict: MatchVerdict) -> String {
        verdict.fields.filter { !$0.matches }.map { field in
            switch field.expected {
            case .exact(let value): "\(field.field.title) is \(field.actual), not \(value)"
            case .pattern(let pattern): "\(field.field.title) is \(field.actual), which \(pattern) does not match"
            }
        }.joined(separator: "; ")
    }
}
