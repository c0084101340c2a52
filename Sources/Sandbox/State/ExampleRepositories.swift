import Chainguard
import FoundationEssentials

/// The images that the organization can see, with tags and digests.
struct ExampleRepositories: Sendable {
    let now: Date

    var all: [(RepositoryRecord, [TagRecord])] {
        Self.catalog.map { image in
            let repository = RepositoryRecord(
                id: ExampleOrganization.below(image.parent, "repository \(image.name)"), name: image.name,
                catalogTier: image.tier, bundles: image.bundles,
                readme: "# \(image.name)\n\nAn example image of the sandbox.\n")
            return (repository, tags(of: image, in: repository.id))
        }
    }

    private struct Image: Sendable {
        var name: String
        var tier: String
        var bundles: [String]
        /// Newest first; the newest is also `latest`.
        var versions: [String]
        var parent = ExampleOrganization.root
    }

    private static let catalog = [
        Image(name: "chainguard-base", tier: "BASE", bundles: ["base"], versions: ["20260801"]),
        Image(name: "static", tier: "FREE", bundles: ["base"], versions: ["latest-glibc", "latest-musl"]),
        Image(
            name: "go", tier: "APPLICATION", bundles: ["application"], versions: ["1.26.1", "1.26", "1.25.8", "1.25"]),
        Image(
            name: "python", tier: "AI", bundles: ["ai", "application"],
            versions: ["3.14.2", "3.14", "3.13.9", "3.13", "3.12"]),
        Image(
            name: "node", tier: "APPLICATION", bundles: ["application"], versions: ["24.7.0", "24", "22.19.0", "22"]),
        Image(
            name: "jdk", tier: "APPLICATION", bundles: ["application"],
            versions: ["openjdk-25", "openjdk-21", "openjdk-17"]),
        Image(name: "nginx", tier: "APPLICATION", bundles: ["application"], versions: ["1.29.1", "1.29", "1.28"]),
        Image(
            name: "postgres", tier: "APPLICATION", bundles: ["application"],
            versions: ["18.0", "18", "17.6", "17", "16"]),
        Image(name: "redis", tier: "APPLICATION", bundles: ["application"], versions: ["8.2.1", "8.2", "7.4"]),
        Image(name: "curl", tier: "FREE", bundles: [], versions: ["8.16.0", "8.16"]),
        Image(name: "git", tier: "FREE", bundles: [], versions: ["2.51.0", "2.51"]),
        Image(name: "kubectl", tier: "FIPS", bundles: ["fips"], versions: ["1.34.1", "1.34", "1.33"]),
        Image(
            name: "ledger-api", tier: "", bundles: [], versions: ["4.11.0", "4.10.3"],
            parent: ExampleOrganization.payments),
    ]

    private func tags(of image: Image, in repository: UIDP) -> [TagRecord] {
        Self.tagged(image).enumerated().map { index, tag in
            TagRecord(
                id: ExampleOrganization.below(repository, "tag \(tag.name)"), name: tag.name,
                digest: tag.image.manifest.digest,
                lastUpdated: Timestamp.format(now.addingTimeInterval(Double(-index * 17 - 3) * 3600)),
                deprecated: index > 8)
        }
    }

    /// What the tags of a repository stand for.
    static func images(of repository: String) -> [ExampleImage] {
        catalog.first { $0.name == repository }.map { tagged($0).map(\.image) } ?? []
    }

    private static func tagged(_ image: Image) -> [(name: String, image: ExampleImage)] {
        let build = { ExampleImage(repository: image.name, version: $0) }
        let newest = build(image.versions[0])
        var tags = [("latest", newest), ("latest-dev", build(image.versions[0] + "-dev"))]
        for version in image.versions {
            tags += [(version, build(version)), ("\(version)-dev", build("\(version)-dev"))]
        }
        tags.append(("\(image.versions[0])-20260801", newest))
        tags.append((newest.manifest.digest.replacing(":", with: "-") + ".sig", build("signature")))
        return tags
    }
}
