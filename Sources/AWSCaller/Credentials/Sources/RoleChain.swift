/// One role to be assumed, as a profile tells it.
struct RoleStep: Sendable, Hashable {
    var section: ConfigSection
    var role: ConfigValue

    /// A profile with a web identity token file is the base of a chain, not a step in it.
    static func isRole(_ section: ConfigSection) -> Bool {
        section["role_arn"] != nil && section["web_identity_token_file"] == nil
    }
}

/// The roles between a profile and the credentials everything starts with.
struct RoleChain: Sendable, Hashable {
    /// The profile asked for first; the role next to the base last.
    var steps: [RoleStep]
    var base: Base

    enum Base: Sendable, Hashable {
        case profile(ConfigSection)
        /// What `credential_source` named.
        case source(CredentialSource, ConfigValue)

        var title: String {
            switch self {
            case .profile(let section): "The source profile '\(section.name)'"
            case .source(_, let value): "The credential_source \(value.text)"
            }
        }
    }

    private static let sources: [String: CredentialSource] = [
        "environment": .environment, "ec2instancemetadata": .imds, "ecscontainer": .container,
    ]

    /// Follows the profiles from `name` to the base.
    /// - Throws: `Failure` for a loop, a missing profile, or both or neither of the two ways to a base.
    static func read(_ name: String, _ shared: SharedConfig) throws(Failure) -> RoleChain {
        var steps: [RoleStep] = []
        var visited: [String] = []
        var current = name
        while let section = shared.profiles[current] {
            // A source profile's own keys beat its own role; the first profile's keys count only if it names itself.
            let hasKeys = section["aws_access_key_id"] != nil || section["aws_secret_access_key"] != nil
            if visited.contains(current), !hasKeys || visited.last != current {
                throw loop(visited + [current], section)
            }
            guard RoleStep.isRole(section), let role = section["role_arn"], steps.isEmpty || !hasKeys else {
                return RoleChain(steps: steps, base: .profile(section))
            }
            visited.append(current)
            steps.append(RoleStep(section: section, role: role))
            switch (section["source_profile"], section["credential_source"]) {
            case (let source?, nil):
                guard shared.profiles[source.text] != nil else { throw missing(source, shared) }
                current = source.text
            case (nil, let source?):
                guard let known = sources[source.text.lowercased()] else { throw unknown(source) }
                return RoleChain(steps: steps, base: .source(known, source))
            case (.some, .some): throw ambiguous(section, "both source_profile and credential_source")
            case (nil, nil): throw ambiguous(section, "a role_arn, but neither source_profile nor credential_source")
            }
        }
        throw Failure("There is no profile '\(current)'", category: .noCredentials)
    }

    /// From what the first role is assumed with to the role asked for, each role by its ARN.
    var path: [String] {
        let start: [String] =
            switch base {
            case .profile(let section):
                ["profile \(section.name)"]
                    + (section["web_identity_token_file"] == nil ? [] : [section["role_arn"]?.text ?? ""])
            case .source(let source, _): [source.title]
            }
        return start + steps.reversed().map(\.role.text)
    }

    /// Where each hop stands, the last role first.
    var origins: [ValueOrigin] {
        var origins: [ValueOrigin] = []
        for step in steps {
            origins.append(ValueOrigin(name: "role ARN", value: step.role.text, location: step.role.location))
            for (key, name) in [("source_profile", "source profile"), ("credential_source", "credential source")] {
                guard let value = step.section[key] else { continue }
                origins.append(ValueOrigin(name: name, value: value.text, location: value.location))
            }
        }
        return origins
    }

    private static func loop(_ visited: [String], _ section: ConfigSection) -> Failure {
        Failure(
            "The profiles' source_profile goes in a circle: \(visited.joined(separator: " → "))",
            remedy: "End the chain in a profile with keys; see \(section["source_profile"]?.location ?? "")",
            category: .noCredentials)
    }

    private static func missing(_ source: ConfigValue, _ shared: SharedConfig) -> Failure {
        let near = Suggestion.nearest(to: source.text, among: shared.profiles.keys)
        return Failure(
            "The source_profile '\(source.text)' (\(source.location)) does not exist",
            remedy: near.map { "Did you mean '\($0)'?" } ?? "Correct the name, or add the profile",
            category: .noCredentials)
    }

    private static func unknown(_ source: ConfigValue) -> Failure {
        Failure(
            "The credential_source '\(source.text)' (\(source.location)) is not known",
            remedy: "Use Environment, Ec2InstanceMetadata or EcsContainer", category: .noCredentials)
    }

    private static func ambiguous(_ section: ConfigSection, _ problem: String) -> Failure {
        Failure(
            "The profile '\(section.name)' (\(section.location)) has \(problem)",
            remedy: "Give exactly one of source_profile and credential_source", category: .noCredentials)
    }
}
