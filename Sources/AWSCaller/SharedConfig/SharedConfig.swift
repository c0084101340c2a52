/// The AWS config and credentials files, merged.
public struct SharedConfig: Sendable, Hashable {
    /// By name; `default` is one of them.
    public var profiles: [String: ConfigSection]
    /// The `sso-session` sections by name.
    public var ssoSessions: [String: ConfigSection]
    /// The `services` sections by name.
    public var services: [String: ConfigSection]
    /// The files as they were named, config first, whether they exist or not.
    public var configFile: AWSFile
    /// See `configFile`.
    public var credentialsFile: AWSFile

    /// One of the two files and what decided its place.
    public struct AWSFile: Sendable, Hashable {
        /// As it was named, `~` included.
        public var path: String
        /// A variable's name, or `default`.
        public var location: String
        /// Whether it was there to read.
        public var exists: Bool
    }

    /// Reads both files; a missing one counts as empty. Values of the credentials file win over the config file's,
    /// each for itself.
    /// - Throws: `Failure` naming file and line when a file can't be read or does not parse.
    public static func load(_ context: HostContext) throws(Failure) -> SharedConfig {
        let environment = context.environment
        let configFile = AWSFile.choose("AWS_CONFIG_FILE", "~/.aws/config", environment)
        let credentialsFile = AWSFile.choose("AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials", environment)
        var shared = SharedConfig(
            profiles: [:], ssoSessions: [:], services: [:], configFile: configFile, credentialsFile: credentialsFile)
        if let sections = try read(configFile, as: .config, context) {
            shared.configFile.exists = true
            shared.profiles = sections[.profile] ?? [:]
            shared.ssoSessions = sections[.ssoSession] ?? [:]
            shared.services = sections[.services] ?? [:]
        }
        if let sections = try read(credentialsFile, as: .credentials, context) {
            shared.credentialsFile.exists = true
            shared.merge(sections[.profile] ?? [:])
        }
        return shared
    }

    private mutating func merge(_ credentials: [String: ConfigSection]) {
        for (name, section) in credentials {
            guard var merged = profiles[name] else {
                profiles[name] = section
                continue
            }
            merged.properties.merge(section.properties) { _, winner in winner }
            profiles[name] = merged
        }
    }

    private static func read(
        _ file: AWSFile, as kind: ConfigParser.FileKind, _ context: HostContext
    ) throws(Failure) -> ConfigParser.Sections? {
        guard let path = HomePath.expand(file.path, context.environment),
            let bytes = try context.files.read(path, limit: 4 << 20)
        else { return nil }
        return try ConfigParser.parse(bytes, as: kind, file: file.path)
    }
}

extension SharedConfig.AWSFile {
    static func choose(_ variable: String, _ fallback: String, _ environment: Environment) -> Self {
        if let path = environment[variable] { return Self(path: path, location: variable, exists: false) }
        return Self(path: fallback, location: "default", exists: false)
    }
}

/// `~` at a path's start.
enum HomePath {
    /// - Returns: the path with `~` or `~/` replaced by `HOME`; `nil` when `HOME` is needed and unset.
    static func expand(_ path: String, _ environment: Environment) -> String? {
        guard path == "~" || path.hasPrefix("~/") else { return path }
        return environment["HOME"].map { $0 + path.dropFirst() }
    }
}
