import AWSCaller
import FoundationEssentials

/// Why an exchange was refused, by evidence that can be had here: clocks, the caller's partition, and the identity's
/// patterns where a signed-in person may read them.
extension LoginFlow {
    func diagnosed(
        _ error: CallError, _ identity: UIDP, _ kind: LoginProof, _ proof: Secret
    ) async -> Failure {
        let failure = ExchangeDiagnosis(issuer: issuer.issuer, identity: identity).failure(error)
        guard case .refused(let refusal) = error, failure.category == .notAllowed else { return failure }
        if let skewed = clockFailure(refusal) { return skewed }
        if failure.code == Problem.identityUnknown.code { return failure }
        if kind == .webIdentity {
            guard let claims = JWTClaims(unverified: proof.reveal()) else { return failure }
            return await mismatch(claims, identity) ?? failure
        }
        let caller = await detector.detect()
        guard let answer = caller.answer else {
            guard var refused = caller.failure else { return failure }
            refused.detail = [refused.detail, refusal.words].filter { !$0.isEmpty }.joined(separator: "; the issuer: ")
            refused.category = .notAllowed
            return refused
        }
        guard answer.identity.partition == "aws" else {
            return Problem.partitionForeign.failure(
                ["partition": answer.identity.partition, "host": stsHost], detail: refusal.words)
        }
        return await mismatch(answer.identity, identity) ?? failure
    }

    private func clockFailure(_ refusal: Refusal) -> Failure? {
        guard let server = refusal.serverDate else { return nil }
        return Problem.clock(
            .seconds(server.timeIntervalSince(now())), whose: "Chainguard's", detail: refusal.words)
    }
}
