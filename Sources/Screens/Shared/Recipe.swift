import AWSCaller
import Chainguard

/// What to paste elsewhere so that it makes an identity, or what AWS needs for it.
enum Recipe: String, Sendable, CaseIterable {
    case chainctl, terraform, json, policy

    var title: String {
        switch self {
        case .chainctl: "chainctl"
        case .terraform: "Terraform"
        case .json: "API JSON"
        case .policy: "IAM policy"
        }
    }

    /// What it is, for `Copied …`.
    var noun: String {
        switch self {
        case .chainctl: "the chainctl command"
        case .terraform: "the Terraform configuration"
        case .json: "the API request's JSON"
        case .policy: "the IAM policy"
        }
    }

    /// Those that there are for an identity. The policy lets a principal get the tokens of outbound federation.
    static func all(of identity: AssumableIdentity) -> [Recipe] {
        switch identity.relationship {
        case .aws: allCases
        case .claimMatch(let claims) where claims.isOutboundFederation: allCases
        case nil: []
        default: [.chainctl, .terraform, .json]
        }
    }

    func text(_ identity: AssumableIdentity, bindings: [RoleBinding], issuer: String) -> String {
        switch self {
        case .chainctl: Recipes.chainctl(identity, bindings: bindings)
        case .terraform: Recipes.terraform(identity, bindings: bindings)
        case .json: Recipes.apiJSON(identity)
        case .policy: Recipes.policy(issuer: issuer)
        }
    }

    func text(_ draft: IdentityDraft, issuer: String) -> String {
        switch self {
        case .chainctl: Recipes.chainctl(draft)
        case .terraform: Recipes.terraform(draft)
        case .json: Recipes.apiJSON(draft)
        case .policy: Recipes.policy(issuer: issuer)
        }
    }

    /// `deploy-prod.tf`: what a file of it is called in the current folder.
    func fileName(for name: String) -> String {
        let safe = name.map { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) ? $0 : "-" }
        let bare = String(safe.drop { $0 == "." || $0 == "-" })
        let stem = bare.isEmpty ? "identity" : bare
        return switch self {
        case .chainctl: stem + ".sh"
        case .terraform: stem + ".tf"
        case .json: stem + ".json"
        case .policy: stem + "-policy.json"
        }
    }

    /// What `y` and `w` ask for.
    func copying(_ text: String) -> Request { .copy(Secret(text), said: "Copied \(noun)") }

    func saving(_ text: String, name: String) -> Request { .prompt(.save(text, as: fileName(for: name))) }
}
