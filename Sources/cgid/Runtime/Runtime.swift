import AWSCaller
import Chainguard
import FoundationEssentials
import Glibc
import Sandbox
import Transport

/// Everything outside the process that commands and effects work with, made once from the options.
struct Runtime: Sendable {
    let host: HostContext
    /// What `host.transport` sends with, for looking at the way itself.
    let client: HTTPClientTransport
    let profile: String?
    let region: String?
    let cache: TokenCache
    /// Half-done creations; `nil` when no home is known.
    let journal: CreationJournal?
    /// The wizard's draft; `nil` when no home is known.
    let drafts: DraftStore?
    /// The identities listed last; `nil` when no folder is known.
    let identityCache: IdentityListCache?
    /// Where `endpoints` and the default parent come from.
    let configuration: ChainctlConfiguration
    let preferences: Preferences
    let sandbox: SandboxHome?
    /// What was asked of servers in this run.
    let requests: RequestHistory
    /// The credentials of this run, fetched again before they end.
    let credentialStore = CredentialStore()

    var stateFolder: String? { journal?.folder }
    /// Where the sandbox is that this run works with: its own, or that of another process whose variables are set.
    var sandboxURL: String? {
        if let sandbox { return sandbox.sandbox.baseURL }
        return host.environment[Sandbox.variable].flatMap { endpoints.issuer.hasPrefix($0 + "/") ? $0 : nil }
    }
    var endpoints: ChainguardEndpoints { configuration.endpoints }
    var detector: CallerDetector { detector(profile: nil) }
    var issuer: IssuerClient { IssuerClient(issuer: endpoints.issuer, transport: host.transport) }

    /// - Parameter profile: beats the one the program was started with.
    func detector(profile: String?) -> CallerDetector {
        let own = ownAccounts
        return CallerDetector(
            context: host, profile: profile ?? self.profile, region: region, fallbackProfile: own?.profile?.value,
            fallbackRegion: own?.region.map { RegionChoice(name: $0.value, location: $0.origin) })
    }

    /// The preferences that are about the person's own accounts: nothing of them counts in the sandbox.
    private var ownAccounts: Preferences? { sandbox == nil ? preferences : nil }

    /// What makes this run read-only, if it is.
    func readOnlyOrigin(flag: Bool?) -> String? {
        if let flag { return flag ? "--read-only" : nil }
        return ownAccounts?.readOnly.flatMap { $0.value ? $0.origin : nil }
    }

    func loginFlow(profile: String? = nil) -> LoginFlow {
        LoginFlow(
            detector: detector(profile: profile), issuer: issuer, endpoints: endpoints, cache: cache,
            transport: host.transport, now: host.now)
    }

    static func make(_ options: CommonOptions, _ preferences: Preferences) async throws -> Runtime {
        guard options.sandbox else { return try makeOutside(options, preferences) }
        var sandbox = SandboxOptions(
            caller: (options.sandboxCaller ?? .standard).name, identities: options.identities)
        sandbox.add(options.sandboxFault)
        return try await makeInSandbox(options, preferences, sandbox)
    }

    private static func makeOutside(
        _ options: CommonOptions, _ preferences: Preferences
    ) throws(Failure) -> Runtime {
        let environment = Environment.ofProcess
        guard let cacheFolder = TokenCache.folder(environment: environment) else {
            throw Failure(
                "No folder for Chainguard's tokens is known", remedy: "Set HOME or XDG_CACHE_HOME", category: .usage)
        }
        return try Runtime(
            options, preferences, environment: environment, files: PosixFiles(), cacheFolder: cacheFolder,
            sandbox: nil)
    }

    /// Nothing of the person's own environment or files is read: the sandbox's variables are all there is.
    static func makeInSandbox(
        _ options: CommonOptions, _ preferences: Preferences, _ sandbox: SandboxOptions
    ) async throws -> Runtime {
        let home = try await SandboxHome.open(sandbox)
        return try Runtime(
            options, preferences, environment: Environment(home.environment), files: FolderFiles(folder: home.folder),
            cacheFolder: home.cacheFolder, sandbox: home, now: sandbox.now)
    }

    private init(
        _ options: CommonOptions, _ preferences: Preferences, environment: Environment, files: any FileReading,
        cacheFolder: String, sandbox: SandboxHome?, now: @escaping @Sendable () -> Date = { Date() }
    ) throws(Failure) {
        client = HTTPClientTransport(
            proxy: try Self.proxy(environment),
            trustRoots: try Self.trustRoots(options, environment: environment))
        requests = RequestHistory()
        let transport = ObservedTransport(
            base: client, limit: options.timeout.map { .seconds($0) },
            log: try RequestLog.make(options, environment: environment), history: requests)
        host = HostContext(
            environment: environment, files: files, transport: transport, now: now, writer: PrivateFiles())
        profile = options.profile
        region = options.region
        var configuration = try ConfigurationTrust(environment: environment, files: files).configuration(
            options.endpointFlags)
        if let parent = preferences.parent, sandbox == nil {
            let setting = ChainctlConfiguration.Setting(value: parent.value, origin: parent.origin)
            configuration.prefer(.defaultGroup, setting)
        }
        self.configuration = configuration
        self.preferences = preferences
        cache = TokenCache(folder: cacheFolder)
        let state = CreationJournal.folder(environment: environment)
        journal = state.map(CreationJournal.init)
        drafts = state.map(DraftStore.init)
        identityCache = IdentityListCache.folder(environment: environment).map(IdentityListCache.init)
        self.sandbox = sandbox
    }

    private static func proxy(_ environment: Environment) throws(Failure) -> ProxySettings? {
        do throws(ProxySettings.Unusable) {
            return try ProxySettings(environment: environment.variables)
        } catch {
            throw Failure(
                "\(error.variable) names no proxy that can be used",
                remedy: "Write it as http://HOST:PORT; proxies that are spoken to by TLS or SOCKS are not supported",
                category: .usage)
        }
    }

    private static func trustRoots(
        _ options: CommonOptions, environment: Environment
    ) throws(Failure) -> TrustRoots {
        guard let authorities = authorities(options, environment: environment) else { return .system }
        let wrong = { (what: String, detail: String) in
            Failure(
                "\(authorities.path), which should hold certificate authorities, \(what)",
                remedy: "Correct \(authorities.origin): it names a file of PEM certificates", detail: detail,
                category: .usage)
        }
        let bytes: [UInt8]?
        do throws(Failure) {
            bytes = try PosixFiles().read(authorities.path, limit: 16 << 20)
        } catch {
            throw wrong("can't be read", error.detail)
        }
        guard let bytes else { throw wrong("does not exist", "") }
        let roots = TrustRoots.pem(bytes)
        guard let count = try? roots.count(), count > 0 else { throw wrong("holds no PEM certificate", "") }
        return roots
    }

    private static func authorities(
        _ options: CommonOptions, environment: Environment
    ) -> (path: String, origin: String)? {
        if let path = options.caFile { return (path, "--ca-file") }
        for name in ["AWS_CA_BUNDLE", "SSL_CERT_FILE"] {
            if let path = environment[name], !path.isEmpty { return (path, name) }
        }
        return nil
    }

    /// A file's name as a person types it: `~/` is their home.
    func expanded(_ file: String) -> String {
        let home = file.hasPrefix("~/") ? Environment.ofProcess["HOME"] : nil
        return home.map { $0 + file.dropFirst() } ?? file
    }

    func close() async {
        await sandbox?.close()
    }
}

extension Environment {
    /// A missing `HOME` is looked up in the password database, as AWS's tools do.
    static var ofProcess: Environment {
        var variables = ProcessInfo.processInfo.environment
        if variables["HOME"] == nil, let entry = getpwuid(getuid()) {
            variables["HOME"] = String(cString: entry.pointee.pw_dir)
        }
        return Environment(variables)
    }
}

/// The files below one folder, and no others.
struct FolderFiles: FileReading {
    let folder: String

    func read(_ path: String, limit: Int) throws(Failure) -> [UInt8]? {
        guard path.hasPrefix(folder + "/"), !path.contains("/../") else { return nil }
        return try PosixFiles().read(path, limit: limit)
    }
}
