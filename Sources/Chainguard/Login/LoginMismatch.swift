import AWSCaller

extension LoginFlow {
    /// Compares the caller with the identity, read with the token that a person keeps in the cache.
    func mismatch(_ caller: CallerIdentity, _ uid: UIDP, _ refusal: Refusal) async -> Failure? {
        guard let person = (try? cache.read(audience: endpoints.audience)) ?? nil, !person.isExpired(at: now()) else {
            return nil
        }
        let api = PlatformAPI(baseURL: endpoints.api, token: person.token, transport: transport)
        guard let identity = try? await api.identity(uid) else { return nil }
        guard case .aws(let aws) = identity.relationship else {
            return Problem.otherKind.failure(["name": identity.name], detail: refusal.words)
        }
        let verdict = aws.verdict(for: CallerValues(caller))
        guard !verdict.matches else { return nil }
        return Problem.callerDiffers.failure(
            [
                "name": identity.name, "fields": Self.differences(verdict),
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
