import Chainguard
import FoundationEssentials
import Transport

/// Every service of the sandbox, and which of them a request is for.
struct Services: Sendable {
    let baseURL: String
    let endpoints: ChainguardEndpoints
    let issuer: IssuerService
    private let platform: PlatformService
    private let registry: RegistryService
    private let sts: STSService
    private let metadata: MetadataService
    private let container: ContainerService
    let identityCenter: IdentityCenter
    private let cluster: ClusterIssuer

    init(baseURL: String, store: Store, options: SandboxOptions) async throws {
        self.baseURL = baseURL
        let endpoints = ChainguardEndpoints(
            api: "\(baseURL)/api", issuer: "\(baseURL)/issuer", registry: baseURL, console: "\(baseURL)/console")
        self.endpoints = endpoints
        let tokens = try await TokenMint(
            issuer: endpoints.issuer, key: IssuerKey(pem: store.current.signingKey), lifetime: options.tokenLifetime)
        let transport = HTTPClientTransport(trustRoots: options.tls.map { .pem(Array($0.authority.utf8)) } ?? .system)
        let aws = AWSProofCheck(audience: endpoints.issuer, stsEndpoint: baseURL, transport: transport)
        let workloadKeys = try await IssuerKey.workload.collection()
        issuer = IssuerService(
            store: store, tokens: tokens,
            proofs: ProofCheck(store: store, tokens: tokens, aws: aws, workloadKeys: workloadKeys),
            refreshTokens: RefreshTokens(store: store, now: options.now), now: options.now)
        platform = PlatformService(store: store, tokens: tokens, audience: endpoints.audience, now: options.now)
        registry = RegistryService(store: store, tokens: tokens, baseURL: baseURL, now: options.now)
        cluster = try await ClusterIssuer(url: ClusterIssuer.url(baseURL))
        sts = STSService(
            roles: RoleAssumption(cluster: cluster, now: options.now),
            federation: try await OutboundFederation(keys: workloadKeys, now: options.now), now: options.now)
        identityCenter = IdentityCenter(now: options.now)
        metadata = MetadataService(
            now: options.now, allowsVersion1: options.allowsIMDSv1, hasRole: options.caller != nil)
        container = ContainerService(now: options.now)
    }

    func answer(_ request: Incoming) async -> Reply {
        if request.path == "/" { return await sts.answer(request) }
        if let request = request.below("/issuer") { return await issuer.answer(request) }
        if let request = request.below("/api") { return await platform.answer(request) }
        if let request = request.below("/v2/credentials") { return container.answer(request) }
        if request.below("/v2") != nil || request.path == RegistryService.tokenPath {
            return await registry.answer(request)
        }
        if let request = request.below("/oidc") { return cluster.answer(request) }
        if let reply = identityCenter.answer(request) { return reply }
        return metadata.answer(request)
    }
}
