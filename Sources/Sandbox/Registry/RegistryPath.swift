/// What of a repository is asked for (OCI Distribution Specification 1.1, "Endpoints"), below `/v2`.
enum RegistryPath: Equatable {
    /// Whether a registry is there.
    case base
    case tags(repository: String)
    /// By tag or digest.
    case manifest(repository: String, reference: String)
    case blob(repository: String, digest: String)

    /// - Parameter segments: of the whole path, `v2` first.
    init?(_ segments: [String]) {
        let parts = segments.dropFirst()
        let repository = parts.dropLast(2).joined(separator: "/")
        switch (parts.dropLast().last, parts.last) {
        case (nil, nil): self = .base
        case ("tags", "list"): self = .tags(repository: repository)
        case ("manifests", let reference?): self = .manifest(repository: repository, reference: reference)
        case ("blobs", let digest?): self = .blob(repository: repository, digest: digest)
        default: return nil
        }
    }

    var repository: String? {
        switch self {
        case .base: nil
        case .tags(let repository), .manifest(let repository, _), .blob(let repository, _): repository
        }
    }
}
