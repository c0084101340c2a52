import FoundationEssentials

/// Profiles with a `role_arn`: the role is assumed with the credentials of another profile (`source_profile`) or of
/// another source (`credential_source`), through as many profiles as it takes.
enum AssumeRoleSource {
    static func examine(_ settings: ChainSettings) -> Examination {
        guard let profile = settings.profile, RoleStep.isRole(profile) else {
            return .absent("the profile '\(settings.choice.name)' has no role_arn")
        }
        do throws(Failure) {
            let chain = try RoleChain.read(profile.name, settings.shared)
            return .ready(chain.origins) { () async throws(Failure) in
                .loaded(try await assume(chain, settings))
            }
        } catch {
            let role = profile["role_arn"]
            return .broken(
                error, role.map { [ValueOrigin(name: "role ARN", value: $0.text, location: $0.location)] } ?? [])
        }
    }

    private static func assume(_ chain: RoleChain, _ settings: ChainSettings) async throws(Failure) -> LoadedCredentials
    {
        var current = try await base(chain, settings)
        for step in chain.steps.reversed() {
            current.credentials = try await assume(step, with: current.credentials, settings)
        }
        if chain.path.count > 2 {
            let path = chain.path.joined(separator: " → ")
            current.findings.append(
                CallerFinding(severity: .note, text: "A chain of roles, each assumed with the one before: \(path)"))
        }
        return current
    }

    private static func assume(
        _ step: RoleStep, with credentials: AWSCredentials, _ settings: ChainSettings
    ) async throws(Failure) -> AWSCredentials {
        if let device = step.section["mfa_serial"] {
            throw Failure(
                "The profile '\(step.section.name)' asks for a code of the MFA device \(device.text)",
                remedy: "Run: eval \"$(aws configure export-credentials --profile \(step.section.name) --format env)\"",
                category: .noCredentials)
        }
        var parameters = [
            ("RoleArn", step.role.text),
            ("RoleSessionName", step.section["role_session_name"]?.text ?? RoleSession.defaultName(settings.context)),
        ]
        if let id = step.section["external_id"] { parameters.append(("ExternalId", id.text)) }
        if let seconds = step.section["duration_seconds"], Int(seconds.text) != nil {
            parameters.append(("DurationSeconds", seconds.text))
        }
        let endpoint = try STSEndpoint.resolve(settings, profile: settings.profile)
        do throws(Failure) {
            return try await STSClient(context: settings.context).roleCredentials(
                "AssumeRole", parameters, credentials: credentials, endpoint: endpoint
            ).credentials
        } catch {
            var failure = error
            failure.what = "Assuming \(step.role.text) (\(step.role.location)) failed: \(error.what)"
            throw failure
        }
    }

    private static func base(_ chain: RoleChain, _ settings: ChainSettings) async throws(Failure) -> LoadedCredentials {
        for examination in examinations(chain.base, settings) {
            switch examination {
            case .absent, .deferred: continue
            case .broken(let failure, _): throw failure
            case .ready(_, let load):
                if case .loaded(let loaded) = try await load() { return loaded }
            }
        }
        throw Failure(
            "\(chain.base.title) has no credentials to assume \(chain.steps.last?.role.text ?? "the role") with",
            remedy: "Give it credentials, or name another source", category: .noCredentials)
    }

    private static func examinations(_ base: RoleChain.Base, _ settings: ChainSettings) -> [Examination] {
        switch base {
        case .source(.environment, _): return [EnvironmentSource.examine(settings)]
        case .source(.container, _): return [ContainerSource.examine(settings)]
        case .source: return [InstanceMetadataSource.examine(settings)]
        case .profile(let section):
            let scope = ProfileScope(name: section.name, section: section, usesEnvironment: false)
            return [
                WebIdentitySource.examine(settings, scope), SSOSource.examine(settings, scope),
                SharedProfileSource.examine(settings, scope), LoginSessionSource.examine(settings, scope),
                ProcessSource.examine(settings, scope),
            ]
        }
    }
}
