import FoundationEssentials

extension SourceReport.Outcome {
    /// In a word or two, for scripts too.
    package var title: String {
        switch self {
        case .notConfigured: "not configured"
        case .skipped: "skipped"
        case .used: "used"
        case .shadowed: "shadowed"
        case .failed: "failed"
        }
    }

    /// Why it came out so; `nil` when the outcome says it all.
    package var reason: String? {
        switch self {
        case .notConfigured(let why), .skipped(let why): why
        case .used: nil
        case .shadowed(let winner): "configured too, but \(winner.title) comes first"
        case .failed(let failure): failure.description
        }
    }
}

extension SourceReport.Probe {
    package var words: String {
        switch self {
        case .answered(let id, let expiration):
            "probed: it has credentials too, \(id)" + (expiration.map { " until \($0.formatted(.iso8601))" } ?? "")
        case .failed(let failure): "probed: \(failure)"
        }
    }
}

extension ValueOrigin {
    /// `role deploy, from http://169.254.169.254/…`
    package var words: String {
        "\(name)\(value.map { " \($0)" } ?? ""), from \(location)"
    }
}

extension CallerIdentity.Kind {
    package var title: String {
        switch self {
        case .root: "root"
        case .user: "user"
        case .assumedRole: "assumed role"
        case .federatedUser: "federated user"
        case .other: "other"
        }
    }
}

extension CallerIdentity {
    /// As one says it: `role deploy`.
    package var shortName: String {
        switch kind {
        case .root: "the root user"
        case .user(_, let name): "user \(name)"
        case .assumedRole(let name, _): "role \(name)"
        case .federatedUser(let name): "federated user \(name)"
        case .other: arn.resource
        }
    }
}
