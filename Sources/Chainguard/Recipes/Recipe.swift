/// What to paste elsewhere so that it makes an identity, or what AWS needs for it.
public enum Recipe: String, Sendable, CaseIterable {
    case chainctl, terraform, json, policy

    public var title: String {
        switch self {
        case .chainctl: "chainctl"
        case .terraform: "Terraform"
        case .json: "API JSON"
        case .policy: "IAM policy"
        }
    }

    /// Those that there are for an identity. The policy lets a principal get the tokens of outbound federation.
    public static func all(of identity: AssumableIdentity) -> [Recipe] {
        switch identity.relationship {
        case .aws: allCases
        case .claimMatch(let claims) where claims.isOutboundFederation: allCases
        case nil: []
        default: [.chainctl, .terraform, .json]
        }
    }

    /// - Parameter issuer: Chainguard's, which the policy lets tokens be made for.
    /// - Returns: a text that ends with a line end.
    public func text(_ identity: AssumableIdentity, bindings: [RoleBinding], issuer: String) -> String {
        switch self {
        case .chainctl: Recipes.chainctl(identity, bindings: bindings)
        case .terraform: Recipes.terraform(identity, bindings: bindings)
        case .json: Recipes.apiJSON(identity)
        case .policy: Recipes.policy(issuer: issuer)
        }
    }

    /// - Parameter issuer: Chainguard's, which the policy lets tokens be made for.
    /// - Returns: a text that ends with a line end.
    public func text(_ draft: IdentityDraft, issuer: String) -> String {
        switch self {
        case .chainctl: Recipes.chainctl(draft)
        case .terraform: Recipes.terraform(draft)
        case .json: Recipes.apiJSON(draft)
        case .policy: Recipes.policy(issuer: issuer)
        }
    }
}
