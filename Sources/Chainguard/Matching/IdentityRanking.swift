/// An identity and how near it comes to letting a caller in.
public struct RankedIdentity: Sendable, Hashable {
    public var identity: AssumableIdentity
    /// For the caller it was ranked by.
    public var verdict: MatchVerdict
    /// 1 for a match, down to 0 for nothing in common.
    public var closeness: Double

    public init(identity: AssumableIdentity, verdict: MatchVerdict, closeness: Double) {
        self.identity = identity
        self.verdict = verdict
        self.closeness = closeness
    }
}

/// Orders identities by how near they come to letting a caller in.
public enum IdentityRanking {
    /// - Returns: 1 when it lets the caller in, down to 0 for nothing in common; `nil` for an identity that no AWS caller
    ///   can assume.
    public static func closeness(of identity: AssumableIdentity, to caller: CallerValues) -> Double? {
        guard case .aws(let relationship) = identity.relationship else { return nil }
        return closeness(relationship.fields(for: caller))
    }

    /// - Returns: the AWS identities among `identities`, matches first, then by how much of account, ARN and user id
    ///   agrees, then by name and UIDP. Identities of other kinds can't match an AWS caller and are left out.
    public static func rank(_ identities: [AssumableIdentity], for caller: CallerValues) -> [RankedIdentity] {
        let ranked = identities.compactMap { identity -> RankedIdentity? in
            guard case .aws(let relationship) = identity.relationship else { return nil }
            let verdict = relationship.verdict(for: caller)
            return RankedIdentity(identity: identity, verdict: verdict, closeness: closeness(verdict.fields))
        }
        return ranked.sorted { left, right in
            if left.closeness != right.closeness { return left.closeness > right.closeness }
            if left.identity.name != right.identity.name { return left.identity.name < right.identity.name }
            return left.identity.uid < right.identity.uid
        }
    }

    /// A field that does not match counts less than one that does, however much of it agrees.
    private static func closeness(_ fields: [FieldVerdict]) -> Double {
        let shares = fields.map { field -> Double in
            guard !field.matches else { return 1 }
            let length = max(field.actual.utf8.count, 1)
            return 0.9 * Double(min(field.matchedPrefix, length)) / Double(length)
        }
        return shares.reduce(0, +) / Double(max(shares.count, 1))
    }
}
