import AWSCaller
import Chainguard

extension Recipe {
    /// What it is, for `Copied …`.
    var noun: String {
        switch self {
        case .chainctl: "the chainctl command"
        case .terraform: "the Terraform configuration"
        case .json: "the API request's JSON"
        case .policy: "the IAM policy"
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
