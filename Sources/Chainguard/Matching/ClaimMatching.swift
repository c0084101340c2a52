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

extension Relationship {
    /// What is risky or useless about whom this lets in, in plain words; empty when nothing is.
    public func warnings() -> [String] {
        switch self {
        case .aws(let aws): aws.warnings()
        case .claimMatch(let claims): claims.warnings()
        case .staticKeys, .servicePrincipal: []
        }
    }
}
