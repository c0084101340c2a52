import Chainguard
import FoundationEssentials
import Transport

/// Checks a signed GetCallerIdentity request as Chainguard does, and whether its caller may become an identity.
struct AWSProofCheck: Sendable {
    /// The only audience that a token may be for: this issuer.
    let audience: String
    /// Where requests are forwarded to, whatever address a token names.
    let stsEndpoint: String
    let transport: any HTTPTransport

    /// - Throws: unauthenticated for a token that fails a check, unavailable when STS gave no verdict.
    func caller(of token: String, identity: UIDP, at now: Date) async throws(StatusError) -> VerifiedClaims {
        do throws(VerificationError) {
            let verifier = try TokenVerifier(
                TokenVerifier.Options(
                    identity: identity.text, audiences: [audience], stsHost: "sts.amazonaws.com",
                    stsEndpoint: stsEndpoint, clockSkew: .seconds(300)),
                transport: transport)
            return try await verifier.verify(readable(token, verifier, now), now: now)
        } catch {
            let code: StatusError.Code = error.code == .stsUnavailable ? .unavailable : .unauthenticated
            throw StatusError(code, "\(error.code.rawValue): \(error.message)")
        }
    }

    /// The documented curl recipe encodes with `base64 -w0`, that is in the standard alphabet, which the strict check
    /// does not take. Chainguard publishes the recipe, so its issuer must take those tokens: a token that fails for
    /// its encoding and holds `+` or `/` is read once more with these two translated, and with nothing else forgiven.
    private func readable(_ token: String, _ verifier: TokenVerifier, _ now: Date) -> String {
        guard token.contains(where: { $0 == "+" || $0 == "/" }) else { return token }
        do throws(VerificationError) {
            _ = try verifier.check(token, now: now)
            return token
        } catch {
            guard error.code == .invalidEncoding else { return token }
            return token.replacing("+", with: "-").replacing("/", with: "_")
        }
    }

    /// - Throws: permission denied, naming the values that don't match and nothing of the identity's patterns.
    func match(_ caller: VerifiedClaims, _ identity: IdentityRecord) throws(StatusError) {
        guard let relationship = identity.awsIdentity?.relationship else {
            throw StatusError(.permissionDenied, "identity \(identity.name) can't be assumed with an AWS token")
        }
        let values = CallerValues(account: caller.account, arn: caller.arn, userID: caller.userID)
        let verdict = relationship.verdict(for: values)
        guard verdict.matches else {
            let fields = verdict.fields.filter { !$0.matches }.map { "\($0.field.title) \($0.actual)" }
            throw StatusError(
                .permissionDenied,
                "the AWS caller does not match identity \(identity.name): \(fields.joined(separator: ", "))")
        }
    }
}
