import AWSCaller

extension ClaimMatch {
    /// Would a token of this issuer about this subject be let in, as far as these two decide?
    public func verdict(issuer: String, subject: String) -> MatchVerdict {
        let fields = [
            FieldVerdict(.issuer, self.issuer, issuer), FieldVerdict(.subject, self.subject, subject),
        ]
        return MatchVerdict(matches: fields.allSatisfy(\.matches), fields: fields, advice: [])
    }

    /// What is risky or useless about whom this lets in, in plain words; empty when nothing is.
    public func warnings() -> [String] {
        let named: [(String, ValueMatcher?)] = [("issuer", issuer), ("subject", subject), ("audience", audience)]
        return named.flatMap { name, matcher in matcher.map { MatchWarnings.patternLines(name, $0) } ?? [] }
            + claimPatterns.sorted { $0.key < $1.key }.flatMap {
                MatchWarnings.patternLines($0.key, .pattern($0.value))
            }
            + subjectLines
    }

    private var subjectLines: [String] {
        guard isOutboundFederation, let arn = subject.arn, arn.service == "sts" else { return [] }
        return ["The subject of an AWS token is the IAM ARN of the role or user, not that of a session: nobody matches"]
    }
}

extension IdentityDraft {
    /// What is risky or useless about whom this lets in, in plain words; empty when nothing is. A draft for outbound
    /// federation is meant for AWS's tokens, so any other issuer is told.
    public func warnings() -> [String] {
        let line =
            "The issuer is not of the form \(ClaimMatch.outboundIssuerForm): no token of AWS outbound federation matches"
        return (issuerWarning == nil ? [] : [line]) + relationship.warnings()
    }

    /// That the issuer cannot be one of AWS outbound federation, in few words; `nil` when it can, or breaks its rule.
    public var issuerWarning: String? {
        guard kind == .federation, problem(.issuer) == nil, case .claimMatch(let claims) = relationship,
            !claims.isOutboundFederation
        else { return nil }
        return "Not of AWS's form, \(ClaimMatch.outboundIssuerForm)"
    }
}

extension Relationship {
    /// Would this caller be let in, by its signed request or its token?
    /// - Returns: `nil` when what decides is not known of it.
    public func verdict(for caller: CallerValues) -> MatchVerdict? {
        switch self {
        case .aws(let aws): aws.verdict(for: caller)
        case .claimMatch(let claims): caller.token.map { claims.verdict(issuer: $0.issuer, subject: $0.subject) }
        case .staticKeys, .servicePrincipal: nil
        }
    }

    /// What is risky or useless about whom this lets in, in plain words; empty when nothing is.
    public func warnings() -> [String] {
        switch self {
        case .aws(let aws): aws.warnings()
        case .claimMatch(let claims): claims.warnings()
        case .staticKeys, .servicePrincipal: []
        }
    }
}
