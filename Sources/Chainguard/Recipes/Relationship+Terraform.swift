import AWSCaller

// The provider's blocks for the four relationships (chainguard_identity of chainguard-dev/chainguard).

extension Relationship {
    var terraform: [HCL.Item] {
        switch self {
        case .aws(let aws): [.gap, .block("aws_identity", [], aws.terraform)]
        case .claimMatch(let claims): [.gap, .block("claim_match", [], claims.terraform)]
        case .staticKeys(let keys): [.gap, .block("static", [], keys.terraform)]
        case .servicePrincipal(let name): [.attribute("service_principal", HCL.quoted(name))]
        }
    }
}

extension ValueMatcher {
    fileprivate func terraform(_ name: String) -> HCL.Item {
        switch self {
        case .exact(let value): .attribute(name, HCL.quoted(value))
        case .pattern(let pattern): .attribute(name + "_pattern", HCL.quoted(pattern))
        }
    }
}

extension AWSRelationship {
    fileprivate var terraform: [HCL.Item] {
        [.attribute("aws_account", HCL.quoted(account)), arn.terraform("aws_arn"), userID.terraform("aws_user_id")]
    }
}

extension ClaimMatch {
    fileprivate var terraform: [HCL.Item] {
        [issuer.terraform("issuer"), subject.terraform("subject")]
            + (audience.map { [$0.terraform("audience")] } ?? []) + Self.map("claims", claims)
            + Self.map("claim_patterns", claimPatterns)
    }

    private static func map(_ name: String, _ values: [String: String]) -> [HCL.Item] {
        guard !values.isEmpty else { return [] }
        let members = values.sorted { $0.key < $1.key }.map { key, value in
            HCL.Item.attribute(HCL.quoted(key), HCL.quoted(value))
        }
        return [.gap, .object(name, members)]
    }
}

extension StaticKeys {
    fileprivate var terraform: [HCL.Item] {
        let items: [HCL.Item] = [
            .attribute("issuer", HCL.quoted(issuer)), .attribute("subject", HCL.quoted(subject)),
            .attribute("issuer_keys", HCL.quoted(issuerKeys)),
        ]
        return items + (expiration.map { [.attribute("expiration", HCL.quoted(Timestamp.format($0)))] } ?? [])
    }
}
