import Chainguard

extension Relationship {
    /// What this host can prove who it is with, to become the identity; `nil` when nothing here does.
    public var proof: LoginProof? {
        switch self {
        case .aws: .signedRequest
        case .claimMatch(let claims): claims.isOutboundFederation ? .webIdentity : nil
        case .staticKeys, .servicePrincipal: nil
        }
    }

    /// Why the identity can't be assumed with the proof; `nil` when it takes it.
    func objection(to proof: LoginProof) -> String? {
        if proof == self.proof { return nil }
        return switch self {
        case .aws: "it matches on the AWS caller"
        case .claimMatch where self.proof == nil: "it trusts another issuer than AWS"
        case .claimMatch: "it matches on a JWT of AWS"
        case .staticKeys: "it trusts keys that this host does not have"
        case .servicePrincipal: "only Chainguard's own service can be it"
        }
    }
}
