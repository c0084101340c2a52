import Chainguard
import FoundationEssentials

/// Whether another provider's token fits an identity.
struct ClaimCheck: Sendable {
    /// What a token has to be for unless the identity says otherwise.
    let audience: String

    func match(_ claims: ForeignPayload, _ rule: ClaimMatchRecord) throws(StatusError) {
        try require(claims.issuer, "iss", ValueMatcher(exact: rule.issuer, pattern: rule.issuerPattern))
        try require(claims.subject, "sub", ValueMatcher(exact: rule.subject, pattern: rule.subjectPattern))
        let wanted = ValueMatcher(exact: rule.audience, pattern: rule.audiencePattern) ?? .exact(audience)
        guard claims.audience.contains(where: { Self.fits($0, wanted) }) else { throw Self.denial("aud") }
        for (name, value) in rule.claims ?? [:] {
            try require(claims.texts[name] ?? "", name, .exact(value))
        }
        for (name, pattern) in rule.claimPatterns ?? [:] {
            try require(claims.texts[name] ?? "", name, .pattern(pattern))
        }
    }

    func match(_ claims: ForeignPayload, _ keys: StaticKeysRecord, at now: Date) throws(StatusError) {
        try require(claims.issuer, "iss", .exact(keys.issuer))
        try require(claims.subject, "sub", .exact(keys.subject))
        let wanted = keys.audiences.flatMap { $0.isEmpty ? nil : $0 } ?? [audience]
        guard !Set(wanted).isDisjoint(with: claims.audience) else { throw Self.denial("aud") }
        if let end = keys.expirationTime.flatMap(Timestamp.parse), end <= now {
            throw StatusError(.permissionDenied, "the identity's keys expired at \(Timestamp.format(end))")
        }
    }

    private func require(_ value: String, _ claim: String, _ matcher: ValueMatcher?) throws(StatusError) {
        guard let matcher, Self.fits(value, matcher) else { throw Self.denial(claim) }
    }

    private static func fits(_ value: String, _ matcher: ValueMatcher) -> Bool {
        switch matcher {
        case .exact(let wanted): value == wanted
        case .pattern(let pattern): (try? GoRegex(pattern))?.matches(value) == true
        }
    }

    private static func denial(_ claim: String) -> StatusError {
        StatusError(.permissionDenied, "the token's claim \(claim) does not match the identity")
    }
}
