import AWSCaller

/// Which of the two ways to prove oneself to Chainguard suits a caller: the signed request, for which an identity names
/// the role or user, or a token of AWS outbound federation, for which it names issuer and subject.
public enum ProofAdvice {
    /// What the chosen kind needs at AWS, if anything, and then what suits this caller.
    /// - Returns: sentences, the last without a final stop.
    public static func text(for caller: CallerIdentity?, choosing kind: IdentityDraft.Kind) -> String {
        guard kind == .federation else { return text(for: caller) }
        let needs =
            "Outbound federation needs the account's setting for it and the permission sts:GetWebIdentityToken"
        return caller == nil ? needs : "\(needs). \(text(for: caller))"
    }

    /// One or two sentences without a final stop.
    public static func text(for caller: CallerIdentity?) -> String {
        guard let caller else {
            return
                "A role or user proves itself with a signed request and needs nothing at AWS; outbound federation needs "
                + "a setting of the account and a permission"
        }
        switch caller.kind {
        case .assumedRole, .user: break
        case .root, .federatedUser, .other:
            return "This caller is neither a role nor a user: give the workload a role, and make the identity for that"
        }
        guard caller.partition != "aws" else {
            return "A signed request suits this caller: the account needs no setting and the caller no permission"
        }
        return
            "Outbound federation suits this caller, where \(caller.partition) offers it: a signed request is accepted "
            + "by the verifier's defaults only from the global STS, which does not know its keys"
    }
}
