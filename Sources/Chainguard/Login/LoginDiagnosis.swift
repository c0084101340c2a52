import AWSCaller
import FoundationEssentials

/// Why an exchange was refused, by evidence that can be had here: clocks, the caller's partition, and the identity's
/// patterns where a signed-in person may read them.
extension LoginFlow {
    /// The clock skew that Chainguard's verifier allows, in seconds.
    static let allowedSkew: TimeInterval = 5 * 60

    func diagnosed(_ error: CallError, _ identity: UIDP) async -> Failure {
        let failure = ExchangeDiagnosis(issuer: issuer.issuer, identity: identity).failure(error)
        guard case .refused(let refusal) = error, failure.category == .notAllowed else { return failure }
        if let skewed = clockFailure(refusal) { return skewed }
        let caller = await detector.detect()
        if let identity = caller.answer?.identity, identity.partition != "aws" {
            return foreignPartition(identity, refusal)
        }
        if let answer = caller.answer { return await mismatch(answer.identity, identity, refusal) ?? failure }
        guard let refused = caller.failure else { return failure }
        return Failure(
            "AWS does not know these credentials either: \(refused.what)", remedy: refused.remedy,
            detail: refusal.words, category: .notAllowed)
    }

    private func clockFailure(_ refusal: Refusal) -> Failure? {
        guard let server = refusal.serverDate else { return nil }
        let ahead = now().timeIntervalSince(server)
        guard ahead.magnitude > Self.allowedSkew else { return nil }
        let direction = ahead > 0 ? "ahead of" : "behind"
        return Failure(
            "This host's clock is \(Int(ahead.magnitude)) s \(direction) Chainguard's, so the proof's time is not accepted",
            remedy: "Set the clock right (timedatectl set-ntp true)", detail: refusal.words, category: .notAllowed)
    }

    private func foreignPartition(_ caller: CallerIdentity, _ refusal: Refusal) -> Failure {
        Failure(
            "The caller belongs to the partition \(caller.partition), whose credentials \(stsHost) does not know",
            remedy: "Use credentials of the partition aws; whether Chainguard accepts others is not documented",
            detail: refusal.words, category: .notAllowed)
    }
}
