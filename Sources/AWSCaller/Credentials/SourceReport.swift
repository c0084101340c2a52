import FoundationEssentials

/// The places credentials come from, in the order the AWS CLI v2 asks them (botocore's `create_credential_resolver`).
/// The SDKs disagree with one another on profiles that have several at once: others let a profile's static keys win
/// over its SSO settings. Here the AWS CLI v2 is followed.
public enum CredentialSource: String, Sendable, Hashable, CaseIterable, Codable {
    case environment
    case assumeRole = "assume-role"
    case webIdentity = "web-identity"
    case sso
    case sharedProfile = "shared-profile"
    case loginSession = "login-session"
    case process
    case container
    case imds

    /// As a person calls it.
    public var title: String {
        switch self {
        case .environment: "Environment variables"
        case .assumeRole: "Assume-role profile"
        case .webIdentity: "Web identity (IRSA)"
        case .sso: "IAM Identity Center (SSO)"
        case .sharedProfile: "Keys in a profile"
        case .loginSession: "Login session (aws login)"
        case .process: "Credential process"
        case .container: "Container (ECS, EKS Pod Identity)"
        case .imds: "EC2 instance metadata (IMDS)"
        }
    }
}

/// One value that a source was configured with and where it stands; never the secret itself.
public struct ValueOrigin: Sendable, Hashable, Codable {
    /// What it is: `access key`, `role ARN`, `endpoint`.
    public var name: String
    /// The value when it may be shown, `nil` for secrets.
    public var value: String?
    /// `AWS_ACCESS_KEY_ID`, `~/.aws/credentials:12`, `http://169.254.169.254/…`.
    public var location: String

    public init(name: String, value: String?, location: String) {
        self.name = name
        self.value = value
        self.location = location
    }
}

/// What one source said when the chain was resolved.
public struct SourceReport: Sendable, Hashable {
    /// What became of a source.
    public enum Outcome: Sendable, Hashable {
        /// Nothing there; why not, as a short clause.
        case notConfigured(String)
        /// Not asked; because of what.
        case skipped(String)
        /// Its credentials are the ones in use.
        case used
        /// Configured too, but something earlier won.
        case shadowed(by: CredentialSource)
        /// Configured but unable to give credentials: the chain stops here.
        case failed(Failure)
    }

    public var source: CredentialSource
    public var outcome: Outcome
    public var origins: [ValueOrigin]
    /// How long asking took; zero when it needed no network.
    public var elapsed: Duration
    /// What a person should know about this source, in plain words.
    public var findings: [CallerFinding]
    /// What came of asking it although the chain had been decided; `nil` when it was not asked for that.
    public var probe: Probe?

    /// The answer of a source that was only probed.
    public enum Probe: Sendable, Hashable {
        /// It has credentials too.
        case answered(accessKeyID: String, expiration: Date?)
        case failed(Failure)
    }

    public init(
        source: CredentialSource, outcome: Outcome, origins: [ValueOrigin] = [], elapsed: Duration = .zero,
        findings: [CallerFinding] = []
    ) {
        self.source = source
        self.outcome = outcome
        self.origins = origins
        self.elapsed = elapsed
        self.findings = findings
    }
}

/// The outcome of walking the credential provider chain once.
public struct CredentialResolution: Sendable, Hashable {
    /// The winner's credentials; `nil` when no source had any or the chain stopped at a failure.
    public var credentials: AWSCredentials?
    /// One report a source, in chain order.
    public var reports: [SourceReport]
    /// The profile in force and what named it (`--profile`, `AWS_PROFILE`, `default`).
    public var profile: ProfileChoice

    public init(credentials: AWSCredentials?, reports: [SourceReport], profile: ProfileChoice) {
        self.credentials = credentials
        self.reports = reports
        self.profile = profile
    }

    /// The source whose credentials are used.
    public var winner: CredentialSource? {
        reports.first { $0.outcome == .used }?.source
    }
}

/// Which profile the AWS files are read for, and what decided it.
public struct ProfileChoice: Sendable, Hashable {
    /// Why a source gave nothing, or was not asked.
    public enum Reason: String, Sendable, Hashable, Codable {
        case flag = "--profile"
        case variable = "AWS_PROFILE"
        /// The AWS CLI's older variable.
        case olderVariable = "AWS_DEFAULT_PROFILE"
        /// What the program that asks takes where neither flag nor variable names one.
        case preference = "the preferences"
        case fallback = "default"
    }
    public var name: String
    public var reason: Reason

    public init(name: String, reason: Reason) {
        self.name = name
        self.reason = reason
    }
}
