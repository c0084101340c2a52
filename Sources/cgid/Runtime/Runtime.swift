import AWSCaller
import Chainguard
import FoundationEssentials
import Sandbox
import Transport

/// Everything outside the process that commands and effects work with, made once from the options.
struct Runtime: Sendable {
    let host: HostContext
    let profile: String?
    let region: String?
    let cache: TokenCache
    /// Half-done creations; `nil` when no home is known.
    let journal: CreationJournal?
    /// Where `endpoints` and the default parent come from.
    let configuration: ChainctlConfiguration
    let sandbox: SandboxHome?

    var endpoints: ChainguardEndpoints { configuration.endpoints }
    var detector: CallerDetector { detector(profile: nil) }
    var issuer: IssuerClient { IssuerClient(issuer: endpoints.issuer, transport: host.transport) }

    /// - Parameter profile: beats the one the program was started with.
    func detector(profile: String?) -> CallerDetector {
        CallerDetector(context: host, profile: profile ?? self.profile, region: region)
    }

    func loginFlow(profile: String? = nil) -> LoginFlow {
        LoginFlow(
            detector: detector(profile: profile), issuer: issuer, endpoints: endpoints, cache: cache,
            transport: host.transport, now: host.now)
    }

    static func make(_ options: CommonOptions) async throws -> Runtime {
        options.sandbox ? try await makeInSandbox(options) : try make(options, environment: .ofProcess)
    }

    private static func make(_ options: CommonOptions, environment: Environment) throws(Failure) -> Runtime {
        guard let cacheFolder = TokenCache.folder(environment: environment) else {
            throw Failure(
                "no folder for Chainguard's tokens is known", remedy: "set HOME or XDG_CACHE_HOME", category: .usage)
        }
        return try Runtime(
            options, environment: environment, files: PosixFiles(), cacheFolder: cacheFolder, sandbox: nil)
    }

    /// Nothing of the person's own environment or files is read: the sandbox's variables are all there is.
    private static func makeInSandbox(_ options: CommonOptions) async throws -> Runtime {
        let home = try await SandboxHome.open(SandboxOptions(caller: (options.sandboxCaller ?? .standard).name))
        return try Runtime(
            options, environment: Environment(home.environment), files: NoFiles(), cacheFolder: home.cacheFolder,
            sandbox: home)
    }

    private init(
        _ options: CommonOptions, environment: Environment, files: any FileReading, cacheFolder: String,
        sandbox: SandboxHome?
    ) throws(Failure) {
        host = HostContext(
            environment: environment, files: files, transport: Self.transport(options, environment: environment),
            now: { Date() })
        profile = options.profile
        region = options.region
        configuration = try ChainctlConfiguration.load(
            environment: environment, files: files,
            flags: ChainctlConfiguration.Flags(config: options.config, api: options.api, issuer: options.issuer))
        cache = TokenCache(folder: cacheFolder)
        journal = CreationJournal.folder(environment: environment).map(CreationJournal.init)
        self.sandbox = sandbox
    }

    private static func transport(_ options: CommonOptions, environment: Environment) -> any HTTPTransport {
        let client = HTTPClientTransport(
            proxy: ProxySettings(environment: environment.variables),
            trustRootsFile: environment["AWS_CA_BUNDLE"] ?? environment["SSL_CERT_FILE"])
        return ObservedTransport(
            base: client, limit: options.timeout.map { .seconds($0) }, log: RequestLog.make(options))
    }

    func close() async {
        await sandbox?.close()
    }
}

extension Environment {
    static var ofProcess: Environment { Environment(ProcessInfo.processInfo.environment) }
}

/// A machine without files.
struct NoFiles: FileReading {
    func read(_ path: String, limit: Int) throws(Failure) -> [UInt8]? { nil }
}
