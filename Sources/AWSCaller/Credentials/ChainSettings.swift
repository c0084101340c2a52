import FoundationEssentials

/// What the credential sources are configured from: the environment, the merged files and the profile in force.
struct ChainSettings: Sendable {
    var context: HostContext
    var shared: SharedConfig
    var choice: ProfileChoice
    /// As given with `--region`.
    var regionFlag: String?
    /// For where nothing else names a region.
    var fallbackRegion: RegionChoice?

    var environment: Environment { context.environment }
    var profile: ConfigSection? { shared.profiles[choice.name] }

    /// The scope of the profile in force. A profile given as a flag switches off the credentials of the environment,
    /// those of its web identity variables too (botocore's `disable_env_vars`).
    var scope: ProfileScope {
        ProfileScope(name: choice.name, section: profile, usesEnvironment: choice.reason != .flag)
    }

    /// A setting that a variable or the profile may give; the variable wins.
    func setting(_ variable: String, _ key: String) -> ConfigValue? {
        environment[variable].map { ConfigValue(text: $0, location: variable) } ?? profile?[key]
    }

    /// `true`, in any case of letters, is the only yes.
    func isSet(_ variable: String, _ key: String) -> Bool {
        setting(variable, key)?.text.lowercased() == "true"
    }

    /// The region of calls: the flag, `AWS_REGION`, `AWS_DEFAULT_REGION`, then the profile (AWS CLI v2; v1 knows
    /// `AWS_DEFAULT_REGION` only), then the caller's own fallback.
    var region: RegionChoice? {
        if let regionFlag { return RegionChoice(name: regionFlag, location: "--region") }
        for variable in ["AWS_REGION", "AWS_DEFAULT_REGION"] {
            if let name = environment[variable] { return RegionChoice(name: name, location: variable) }
        }
        return profile?["region"].map { RegionChoice(name: $0.text, location: $0.location) } ?? fallbackRegion
    }

    /// The flag, `AWS_PROFILE`, `AWS_DEFAULT_PROFILE` (AWS CLI v2; v1 and botocore read the older variable first), then
    /// the caller's own fallback.
    static func choice(flag: String?, environment: Environment, fallback: String? = nil) -> ProfileChoice {
        if let flag { return ProfileChoice(name: flag, reason: .flag) }
        if let name = environment["AWS_PROFILE"] { return ProfileChoice(name: name, reason: .variable) }
        if let name = environment["AWS_DEFAULT_PROFILE"] { return ProfileChoice(name: name, reason: .olderVariable) }
        if let fallback { return ProfileChoice(name: fallback, reason: .preference) }
        return ProfileChoice(name: "default", reason: .fallback)
    }

    /// Why the profile in force can't be used, if it was named and is in neither file.
    var missingProfile: Failure? {
        guard profile == nil, choice.reason != .fallback else { return nil }
        let names = shared.profiles.keys.sorted()
        let remedy =
            if let near = Suggestion.nearest(to: choice.name, among: names) {
                "Did you mean '\(near)'?"
            } else if names.isEmpty {
                "Neither \(shared.configFile.path) nor \(shared.credentialsFile.path) holds any profile"
            } else {
                "The profiles there are: \(names.prefix(12).joined(separator: ", "))\(names.count > 12 ? ", …" : "")"
            }
        return Problem.profileUnknown.failure(
            ["name": choice.name, "origin": choice.reason.rawValue, "hint": remedy])
    }
}

/// The profile whose keys a source reads.
struct ProfileScope: Sendable {
    var name: String
    /// `nil` when no file has it.
    var section: ConfigSection?
    /// Whether variables that name credentials count too.
    var usesEnvironment: Bool
}
