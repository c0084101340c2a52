import FoundationEssentials

/// Finds out who is calling: resolves credentials, region and endpoint as the AWS CLI does, and asks STS.
///
/// ```swift
/// let caller = await CallerDetector(context: context, profile: "prod").detect()
/// for report in caller.resolution.reports { print(report.source, report.outcome) }
/// if let failure = caller.failure { print(failure.what, failure.remedy) }
/// ```
public struct CallerDetector: Sendable {
    /// Environment, files, network, clock and processes.
    public var context: HostContext
    /// As given with `--profile`; beats the keys in the environment.
    public var profile: String?
    /// As given with `--region`.
    public var region: String?
    /// Where neither flag nor variable names a profile; the keys in the environment beat it.
    public var fallbackProfile: String?
    /// Where neither flag, variable nor profile names a region.
    public var fallbackRegion: RegionChoice?
    /// Whether sources of the network are asked even when an earlier one won.
    public var probes: Bool

    public init(
        context: HostContext, profile: String? = nil, region: String? = nil, fallbackProfile: String? = nil,
        fallbackRegion: RegionChoice? = nil, probes: Bool = false
    ) {
        self.context = context
        self.profile = profile
        self.region = region
        self.fallbackProfile = fallbackProfile
        self.fallbackRegion = fallbackRegion
        self.probes = probes
    }

    /// What is happening right now, for a screen that shows long waits.
    public enum Progress: Sendable, Hashable {
        case asking(CredentialSource)
        case report(SourceReport)
        case askingSTS(STSEndpoint)
    }
}

extension CallerDetector {
    /// The base URL that a variable or the config file sets for STS, as it stands there; `nil` when none does, or when
    /// the files can't be read.
    public var configuredSTSEndpoint: String? {
        guard case .success(let settings) = settings() else { return nil }
        return ConfiguredEndpoint.find("STS", settings, profile: settings.profile)?.value.text
    }

    /// Where STS is asked; `nil` when the files can't be read, or what they set is no address.
    public var stsEndpoint: STSEndpoint? {
        guard case .success(let settings) = settings() else { return nil }
        return try? STSEndpoint.resolve(settings, profile: settings.profile)
    }

    /// Walks the credential chain once.
    public func resolve(progress: @Sendable @escaping (Progress) -> Void = { _ in }) async -> CredentialResolution {
        switch settings() {
        case .success(let settings):
            return await CredentialChain(settings: settings, probes: probes, progress: progress).resolve()
        case .failure(let failure): return unreadable(failure, progress)
        }
    }

    /// Resolves the credentials and asks STS whose they are.
    public func detect(progress: @Sendable @escaping (Progress) -> Void = { _ in }) async -> DetectedCaller {
        let settings: ChainSettings
        switch self.settings() {
        case .success(let ready): settings = ready
        case .failure(let failure):
            return DetectedCaller(
                resolution: unreadable(failure, progress), failure: failure,
                findings: [CallerFinding(severity: .warning, text: failure.what, remedy: failure.remedy)])
        }
        let resolution = await CredentialChain(settings: settings, probes: probes, progress: progress).resolve()
        var caller = DetectedCaller(resolution: resolution, region: settings.region)
        caller.rolePath = Self.rolePath(settings)
        await ask(settings, &caller, progress)
        caller.findings = CallerFindings(settings: settings, caller: caller).all
        return caller
    }

    private static func rolePath(_ settings: ChainSettings) -> [String] {
        guard let profile = settings.profile, RoleStep.isRole(profile) else { return [] }
        return (try? RoleChain.read(profile.name, settings.shared))?.path ?? []
    }

    private func ask(
        _ settings: ChainSettings, _ caller: inout DetectedCaller, _ progress: @Sendable (Progress) -> Void
    ) async {
        guard let credentials = caller.resolution.credentials else {
            caller.failure = caller.resolution.failure
            return
        }
        do throws(Failure) {
            let endpoint = try STSEndpoint.resolve(settings, profile: settings.profile)
            caller.endpoint = endpoint
            progress(.askingSTS(endpoint))
            caller.answer = try await STSClient(context: context).getCallerIdentity(
                credentials: credentials, endpoint: endpoint)
        } catch {
            caller.failure = error
        }
    }

    private func settings() -> Result<ChainSettings, Failure> {
        do throws(Failure) {
            return .success(
                ChainSettings(
                    context: context, shared: try SharedConfig.load(context), choice: choice, regionFlag: region,
                    fallbackRegion: fallbackRegion))
        } catch {
            var failure = error
            failure.category = .noCredentials
            return .failure(failure)
        }
    }

    private func unreadable(_ failure: Failure, _ progress: (Progress) -> Void) -> CredentialResolution {
        let reports = CredentialChain.stopped(at: .sharedProfile, failure)
        for report in reports { progress(.report(report)) }
        return CredentialResolution(credentials: nil, reports: reports, profile: choice)
    }

    private var choice: ProfileChoice {
        ChainSettings.choice(flag: profile, environment: context.environment, fallback: fallbackProfile)
    }
}

extension CredentialResolution {
    /// Why there are no credentials: the source the chain stopped at, or that none was configured.
    public var failure: Failure? {
        guard credentials == nil else { return nil }
        for report in reports {
            guard case .failed(var failure) = report.outcome else { continue }
            // Every host asks the metadata service last, so its silence alone does not say what is wrong.
            if report.source == .imds {
                failure.what = "\(Problem.noCredentials.what). \(failure.what)"
                failure.code = Problem.noCredentials.code
                failure.remedy = "Configure some (aws configure), or set AWS_PROFILE; on EC2: \(failure.remedy)"
            }
            return failure
        }
        let tried = reports.map(\.source.title).joined(separator: ", ")
        return Problem.noCredentials.failure([
            "hint": "Set AWS_PROFILE, or run on a host with a role; tried: \(tried)"
        ])
    }
}
