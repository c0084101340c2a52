import AWSCaller
import Chainguard
import FoundationEssentials
import JWTKit
import Synchronization

/// AWS and Chainguard on loopback: real sockets, real signatures, an organization of example data.
///
/// One port serves everything: AWS STS at `/`, the metadata service below `/latest`, the container credentials
/// endpoint below `/v2/credentials`, IAM Identity Center at `/federation/credentials` and `/token`, the OIDC issuer of
/// a Kubernetes cluster below `/oidc`, Chainguard's issuer below `/issuer`, its API below `/api` and its registry below
/// `/v2`.
public final class Sandbox: Sendable {
    /// Chainguard's services, as they are reached here.
    public let endpoints: ChainguardEndpoints
    /// `http://127.0.0.1:PORT`, or https, where AWS's services are.
    public let baseURL: String
    let options: SandboxOptions
    private let server: LoopbackServer
    private let failures: FailureRules
    private let issuer: IssuerService
    let identityCenter: IdentityCenter

    /// Binds the port and answers from then on.
    /// - Throws: `SandboxError` when the port is taken or the state file can't be used.
    public static func start(_ options: SandboxOptions = SandboxOptions()) async throws -> Sandbox {
        try await Sandbox(options)
    }

    private init(_ asked: SandboxOptions) async throws {
        let options = asked.onServersClock
        let store = try Store(file: options.stateFile) {
            var state = ExampleOrganization(now: options.now()).state(signingKey: IssuerKey.makePEM())
            let missing = (options.identities ?? 0) - state.identities.count
            if missing > 0 { ManyIdentities(now: options.now()).add(missing, to: &state) }
            if options.holdsHostileText { HostileText.add(to: &state) }
            return state
        }
        let failures = FailureRules(options.failures)
        let started = Mutex<Services?>(nil)
        let scheme = options.tls == nil ? "http" : "https"
        server = try await LoopbackServer(port: options.port ?? 0, tls: options.tls, now: options.now) { port in
            let services = try await Services(
                baseURL: "\(scheme)://127.0.0.1:\(port)", store: store, options: options)
            started.withLock { $0 = services }
            return { request in
                guard let mode = failures.next(for: request.path) else { return await services.answer(request) }
                return await mode.spoil(request) { await services.answer(request) }
            }
        }
        guard let services = started.withLock({ $0 }) else { preconditionFailure("a server without services") }
        self.options = options
        self.failures = failures
        issuer = services.issuer
        identityCenter = services.identityCenter
        baseURL = services.baseURL
        endpoints = services.endpoints
    }

    /// The certificate authority that signed the server's certificate, PEM; `nil` without TLS.
    public var authority: String? { options.tls?.authority }

    /// API tokens of `operator@acme.example`, the organization's owner, as a finished sign-in would have left them.
    public func operatorTokens() async throws -> IssuedTokens {
        let person = PersonRecord(uid: ExampleOrganization.operatorUID, email: ExampleOrganization.operatorEmail)
        let issued = try await issuer.issue(to: person, audience: endpoints.audience)
        return IssuedTokens(
            token: Secret(issued.text), refreshToken: Secret(issued.refreshToken), expiry: issued.expiry)
    }

    /// An OIDC token as another identity provider would give it to a workload: every provider but the sandbox's own
    /// issuer signs with one key that the sandbox trusts.
    /// - Parameters:
    ///   - audience: `nil` for the sandbox's issuer.
    ///   - lifetime: from the sandbox's now on.
    public func workloadToken(
        issuer: String, subject: String, audience: String? = nil, claims: [String: String] = [:],
        lifetime: Duration = .seconds(300)
    ) async throws -> Secret {
        let payload = ForeignPayload(
            issuer: issuer, subject: subject, audience: [audience ?? endpoints.issuer],
            expiry: options.now().timeIntervalSince1970.rounded(.down) + Double(lifetime.components.seconds),
            texts: claims)
        return Secret(
            try await IssuerKey.workload.collection().sign(
                payload, kid: JWKIdentifier(string: IssuerKey.workload.id)))
    }

    /// Replaces what goes wrong on purpose.
    public func fail(_ rules: [FailureRule]) {
        failures.replace(with: rules)
    }

    /// Closes the port and every connection.
    public func stop() async {
        await server.stop()
    }
}
