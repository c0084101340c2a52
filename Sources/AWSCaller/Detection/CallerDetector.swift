import FoundationEssentials

/// Finds out who is calling: resolves credentials, region and endpoint as the AWS CLI does, and asks STS.
public struct CallerDetector: Sendable {
    public var context: HostContext
    /// As given with `--profile`; beats the keys in the environment.
    public var profile: String?
    /// As given with `--region`.
    public var region: String?

    public init(context: HostContext, profile: String? = nil, region: String? = nil) {
        self.context = context
        self.profile = profile
        self.region = region
    }

    /// What is happening right now, for a screen that shows long waits.
    public enum Progress: Sendable, Hashable {
        case asking(CredentialSource)
        case report(SourceReport)
        case askingSTS(STSEndpoint)
    }
}

extension CallerDetector {
    /// Walks the credential chain once.
    public func resolve(progress: @Sendable (Progress) -> Void = { _ in }) async -> CredentialResolution {
        let environment = context.environment
        let choice = ProfileChoice(
            name: profile ?? environment["AWS_PROFILE"] ?? "default",
            reason: profile != nil ? .flag : environment["AWS_PROFILE"] != nil ? .variable : .fallback)
        guard let id = environment["AWS_ACCESS_KEY_ID"], let secret = environment["AWS_SECRET_ACCESS_KEY"] else {
            return CredentialResolution(credentials: nil, reports: [], profile: choice)
        }
        let credentials = AWSCredentials(
            accessKeyID: id, secretAccessKey: Secret(secret),
            sessionToken: environment["AWS_SESSION_TOKEN"].map { Secret($0) })
        let report = SourceReport(source: .environment, outcome: .used)
        progress(.report(report))
        return CredentialResolution(credentials: credentials, reports: [report], profile: choice)
    }

    /// Resolves the credentials and asks STS whose they are.
    public func detect(progress: @Sendable (Progress) -> Void = { _ in }) async -> DetectedCaller {
        let resolution = await resolve(progress: progress)
        guard let credentials = resolution.credentials else { return DetectedCaller(resolution: resolution) }
        let endpoint = STSEndpoint.global
        progress(.askingSTS(endpoint))
        var caller = DetectedCaller(resolution: resolution, endpoint: endpoint)
        do throws(Failure) {
            caller.answer = try await STSClient(context: context).getCallerIdentity(
                credentials: credentials, endpoint: endpoint)
        } catch {
            caller.failure = error
        }
        return caller
    }
}
