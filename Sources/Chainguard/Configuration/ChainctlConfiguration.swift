import AWSCaller

/// chainctl's configuration: endpoints and the parent used when none is given, each with the place that set it.
public struct ChainctlConfiguration: Sendable, Hashable {
    /// The settings that are read, by chainctl's names.
    public enum Key: String, Sendable, Hashable, CaseIterable {
        case api = "platform.api"
        case audience = "platform.audience"
        case issuer = "platform.issuer"
        case console = "platform.console"
        case registry = "platform.registry"
        case defaultGroup = "default.group"

        /// `CHAINGUARD_PLATFORM_API` for `platform.api`.
        public var variable: String { "CHAINGUARD_" + rawValue.uppercased().replacing(".", with: "_") }
    }

    /// A value and where it was set.
    public struct Setting: Sendable, Hashable {
        /// As it is used.
        public var value: String
        /// A flag, a variable, or `file:line`.
        public var origin: String

        public init(value: String, origin: String) {
            self.value = value
            self.origin = origin
        }
    }

    /// What the command line says; it beats everything else.
    public struct Flags: Sendable, Hashable {
        /// `--config`
        public var config: String?
        /// `--api`
        public var api: String?
        /// `--issuer`
        public var issuer: String?

        public init(config: String? = nil, api: String? = nil, issuer: String? = nil) {
            self.config = config
            self.api = api
            self.issuer = issuer
        }
    }

    /// The file that was read; `nil` when there is none.
    public var path: String?
    /// The file stands in the current folder: whoever wrote that folder chose the endpoints.
    public var isFromWorkingFolder: Bool
    public var settings: [Key: Setting]

    public init(path: String? = nil, isFromWorkingFolder: Bool = false, settings: [Key: Setting] = [:]) {
        self.path = path
        self.isFromWorkingFolder = isFromWorkingFolder
        self.settings = settings
    }

    /// The file of the current folder, where it leads to other hosts: to be asked for before it is used.
    /// - Parameter folder: the current one, absolute.
    /// - Throws: when the file can't be read any more.
    public func untrusted(
        files: any FileReading, folder: String
    ) throws(Failure) -> UntrustedConfiguration? {
        guard isFromWorkingFolder, let path else { return nil }
        let content = try files.read(path, limit: Self.maximumBytes) ?? []
        return UntrustedConfiguration(self, content: content, folder: folder)
    }

    /// The endpoints in force; what nothing sets has chainctl's default.
    public var endpoints: ChainguardEndpoints {
        let defaults = ChainguardEndpoints()
        return ChainguardEndpoints(
            api: base(.api) ?? defaults.api, issuer: base(.issuer) ?? defaults.issuer,
            audience: settings[.audience]?.value, registry: base(.registry) ?? defaults.registry,
            console: base(.console) ?? defaults.console)
    }

    /// Name or UIDP of the parent used when none is given.
    public var defaultGroup: String? { settings[.defaultGroup]?.value }

    /// A tool's own configuration beats chainctl's file, but neither variable nor flag.
    public mutating func prefer(_ key: Key, _ setting: Setting) {
        let isFromFile = settings[key].map { known in path.map(known.origin.hasPrefix) ?? false } ?? true
        if isFromFile { settings[key] = setting }
    }

    private func base(_ key: Key) -> String? {
        settings[key].map { $0.value.hasSuffix("/") ? String($0.value.dropLast()) : $0.value }
    }
}

extension ChainctlConfiguration {
    static let maximumBytes = 1 << 20
    /// Relative to the current folder.
    static let workingFolderPath = "./chainctl/config.yaml"

    /// Reads what is configured: flags beat the environment, the environment beats the file.
    /// - Throws: `.usage` naming file and line, or the variable, that is wrong.
    public static func load(
        environment: Environment, files: any FileReading, flags: Flags = Flags()
    ) throws(Failure) -> ChainctlConfiguration {
        var configuration = try fromFile(environment, files, flags)
        for key in Key.allCases {
            guard let value = environment[key.variable] else { continue }
            configuration.settings[key] = Setting(value: value, origin: key.variable)
        }
        if let api = flags.api { configuration.settings[.api] = Setting(value: api, origin: "--api") }
        if let issuer = flags.issuer { configuration.settings[.issuer] = Setting(value: issuer, origin: "--issuer") }
        try configuration.check()
        return configuration
    }

    /// Where a file is looked for when nothing names one, in order.
    public static func searchPaths(environment: Environment) -> [String] {
        let home = environment["HOME"]
        let config = environment["XDG_CONFIG_HOME"] ?? home.map { $0 + "/.config" }
        return [workingFolderPath] + (config.map { [$0 + "/chainctl/config.yaml"] } ?? [])
            + (home.map { [$0 + "/.chainguard/config.yaml"] } ?? [])
    }

    private static func fromFile(
        _ environment: Environment, _ files: any FileReading, _ flags: Flags
    ) throws(Failure) -> ChainctlConfiguration {
        let variable = "CHAINCTL_CONFIG"
        if let (path, origin) = flags.config.map({ ($0, "--config") }) ?? environment[variable].map({ ($0, variable) })
        {
            guard let bytes = try files.read(path, limit: maximumBytes) else {
                throw Failure(
                    "The configuration file \(path) does not exist", remedy: "Correct \(origin)", category: .usage)
            }
            return ChainctlConfiguration(path: path, settings: try ConfigurationFile.settings(bytes, path: path))
        }
        for path in searchPaths(environment: environment) {
            guard let bytes = try files.read(path, limit: maximumBytes) else { continue }
            return ChainctlConfiguration(
                path: path, isFromWorkingFolder: path == workingFolderPath,
                settings: try ConfigurationFile.settings(bytes, path: path))
        }
        return ChainctlConfiguration()
    }

    private func check() throws(Failure) {
        for key in [Key.api, .issuer, .console, .registry] {
            guard let setting = settings[key] else { continue }
            let hasHost = ["https://", "http://"].contains { scheme in
                setting.value.hasPrefix(scheme) && setting.value.utf8.count > scheme.utf8.count
            }
            guard hasHost, !setting.value.contains(where: \.isWhitespace) else {
                throw Failure(
                    "\(key.rawValue) is not a URL: \(setting.value)",
                    remedy: "Correct it in \(setting.origin); it begins with https://", category: .usage)
            }
        }
    }
}
