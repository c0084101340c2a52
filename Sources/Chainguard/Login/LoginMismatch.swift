import AWSCaller

/// What was proved, compared with the identity as it is read with the token that a person keeps in the cache.
extension LoginFlow {
    /// - Returns: `nil` when the identity can't be read, or lets the caller in.
    func mismatch(_ caller: CallerIdentity, _ uid: UIDP) async -> Failure? {
        guard let identity = await known(uid) else { return nil }
        guard case .aws(let aws) = identity.relationship else {
            var failure = Problem.otherKind.failure(["name": identity.name])
            if case .claimMatch(let claims) = identity.relationship, claims.isOutboundFederation {
                failure.remedy = "It matches on a JWT of AWS: log in with --web-identity"
            }
            return failure
        }
        return Self.failure(aws.verdict(for: CallerValues(caller)), identity)
    }

    /// - Returns: `nil` when the identity can't be read, or these claims are what it matches on.
    func mismatch(_ claims: JWTClaims, _ uid: UIDP) async -> Failure? {
        guard let identity = await known(uid) else { return nil }
        guard case .claimMatch(let wanted) = identity.relationship else {
            return Problem.otherProof.failure(["name": identity.name])
        }
        return Self.failure(wanted.verdict(issuer: claims.issuer, subject: claims.subject), identity)
    }

    private func known(_ uid: UIDP) async -> AssumableIdentity? {
        guard let person = (try? cache.read(audience: endpoints.audience)) ?? nil, !person.isExpired(at: now()) else {
            return nil
        }
        return try? await PlatformAPI(baseURL: endpoints.api, token: person.token, transport: transport).identity(uid)
    }

    /// What the issuer said is left out: it says no more than this.
    private static func failure(_ verdict: MatchVerdict, _ identity: AssumableIdentity) -> Failure? {
        guard !verdict.matches else { return nil }
        let differing = verdict.fields.filter { !$0.matches }
        // Where the account differs the ARN does too, for it holds the account.
        let account = differing.filter { $0.field == .account }
        let advice = account.isEmpty ? verdict.advice.first : MatchAdvice.otherAccount
        return Problem.callerDiffers.failure([
            "name": identity.name, "fields": words(account.isEmpty ? differing : account),
            "advice": advice ?? "Choose an identity made for this caller, or make one",
        ])
    }

    private static func words(_ differing: [FieldVerdict]) -> String {
        differing.map { field in
            switch field.expected {
            case .exact(let value): "\(field.field.title) is \(field.actual), not \(value)"
            case .pattern(let pattern): "\(field.field.title) is \(field.actual), which \(pattern) does not match"
            }
        }.joined(separator: "; ")
    }
}
