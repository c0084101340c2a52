/// Asks the sources one after the other. "Not configured" moves on; "configured but failing" stops: going on would
/// give the host another identity than the one it was configured with.
///
/// A named profile that no file has, and a file that does not parse, stop the chain even when the environment holds
/// keys: so does the AWS CLI v2; other SDKs use the keys.
struct CredentialChain: Sendable {
    let settings: ChainSettings
    /// Whether sources of the network are asked even when the chain has been decided.
    var probes = false
    let progress: @Sendable (CallerDetector.Progress) -> Void

    /// What decided the outcome so far.
    private enum Standing {
        case open
        case won(CredentialSource)
        case stopped(CredentialSource)
    }

    func resolve() async -> CredentialResolution {
        var resolution = CredentialResolution(credentials: nil, reports: [], profile: settings.choice)
        if let failure = settings.missingProfile {
            resolution.reports = Self.stopped(at: .sharedProfile, failure)
            for report in resolution.reports { progress(.report(report)) }
            return resolution
        }
        var standing = Standing.open
        for source in CredentialSource.allCases {
            let (report, credentials) = await ask(source, standing)
            if case .open = standing {
                switch report.outcome {
                case .used: standing = .won(source)
                case .failed: standing = .stopped(source)
                default: break
                }
            }
            resolution.credentials = resolution.credentials ?? credentials
            resolution.reports.append(report)
            progress(.report(report))
        }
        return resolution
    }

    /// The reports of a chain that stopped before its first source, because of the files.
    static func stopped(at failing: CredentialSource, _ failure: Failure) -> [SourceReport] {
        CredentialSource.allCases.map { source in
            SourceReport(
                source: source,
                outcome: source == failing ? .failed(failure) : .skipped("the AWS files stop the chain"))
        }
    }

    private func ask(_ source: CredentialSource, _ standing: Standing) async -> (SourceReport, AWSCredentials?) {
        if source == .environment, settings.choice.reason == .flag {
            return (SourceReport(source: source, outcome: .skipped("--profile was given")), nil)
        }
        let examination = settings.examine(source)
        switch standing {
        case .open: return await ask(source, examination)
        case .won(let winner):
            let report = Self.report(source, examination, winner: winner)
            return (await probe(examination, report, answered: .shadowed(by: winner)), nil)
        case .stopped(let failed):
            let reason = "the chain stopped at \(failed.title)"
            let report = Self.report(source, examination, otherwise: .skipped(reason))
            return (await probe(examination, report, answered: report.outcome), nil)
        }
    }

    /// Asks a source of the network whose answer no longer decides anything.
    private func probe(
        _ examination: Examination, _ report: SourceReport, answered: SourceReport.Outcome
    ) async -> SourceReport {
        guard probes, report.source.isOfNetwork, case .ready(_, let load) = examination, !Task.isCancelled else {
            return report
        }
        progress(.asking(report.source))
        let started = settings.context.now()
        var report = report
        do throws(Failure) {
            switch try await load() {
            case .loaded(let loaded):
                report.outcome = answered
                report.origins += loaded.origins
                report.probe = .answered(
                    accessKeyID: loaded.credentials.accessKeyID, expiration: loaded.credentials.expiration)
            case .absent(let reason): report.outcome = .notConfigured(reason)
            }
        } catch {
            report.probe = .failed(error)
        }
        report.elapsed = settings.context.elapsed(since: started)
        return report
    }

    private func ask(_ source: CredentialSource, _ examination: Examination) async -> (SourceReport, AWSCredentials?) {
        switch examination {
        case .absent(let reason): return (SourceReport(source: source, outcome: .notConfigured(reason)), nil)
        case .broken(let failure, let origins):
            return (SourceReport(source: source, outcome: .failed(failure), origins: origins), nil)
        case .deferred(let winner, let origins):
            return (SourceReport(source: source, outcome: .shadowed(by: winner), origins: origins), nil)
        case .ready(let origins, let load):
            progress(.asking(source))
            let started = settings.context.now()
            var report = SourceReport(source: source, outcome: .used, origins: origins)
            var credentials: AWSCredentials?
            do throws(Failure) {
                switch try await load() {
                case .loaded(let loaded):
                    credentials = loaded.credentials
                    report.origins += loaded.origins
                    report.findings = loaded.findings
                case .absent(let reason): report.outcome = .notConfigured(reason)
                }
            } catch {
                report.outcome = .failed(error)
            }
            if source.isAskedElsewhere { report.elapsed = settings.context.elapsed(since: started) }
            return (report, credentials)
        }
    }

    private static func report(
        _ source: CredentialSource, _ examination: Examination, winner: CredentialSource
    ) -> SourceReport {
        // Whether an instance has credentials is not known before it is asked.
        if source == .imds, case .ready = examination {
            return report(source, examination, otherwise: .skipped("\(winner.title) won"))
        }
        return report(source, examination, otherwise: .shadowed(by: winner))
    }

    private static func report(
        _ source: CredentialSource, _ examination: Examination, otherwise outcome: SourceReport.Outcome
    ) -> SourceReport {
        switch examination {
        case .absent(let reason): SourceReport(source: source, outcome: .notConfigured(reason))
        case .broken(_, let origins), .deferred(_, let origins), .ready(let origins, _):
            SourceReport(source: source, outcome: outcome, origins: origins)
        }
    }
}

extension ChainSettings {
    /// Looks at one source without asking anybody.
    func examine(_ source: CredentialSource) -> Examination {
        switch source {
        case .environment: EnvironmentSource.examine(self)
        case .assumeRole: AssumeRoleSource.examine(self)
        case .webIdentity: WebIdentitySource.examine(self, scope)
        case .sso: SSOSource.examine(self, scope)
        case .sharedProfile: SharedProfileSource.examine(self, scope)
        case .loginSession: LoginSessionSource.examine(self, scope)
        case .process: ProcessSource.examine(self, scope)
        case .container: ContainerSource.examine(self)
        case .imds: InstanceMetadataSource.examine(self)
        }
    }
}

extension CredentialSource {
    /// Whether asking it leaves this process, so that the time it takes matters.
    var isAskedElsewhere: Bool {
        switch self {
        case .environment, .sharedProfile, .loginSession: false
        default: true
        }
    }

    /// Whether asking it means a request over the network or to a service beside this process.
    var isOfNetwork: Bool { isAskedElsewhere && self != .process }
}
