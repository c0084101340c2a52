/// The region in force and what named it.
public struct RegionChoice: Sendable, Hashable {
    /// As AWS calls it: `us-east-1`.
    public var name: String
    /// A variable, `file:line`, or `--region`.
    public var location: String

    public init(name: String, location: String) {
        self.name = name
        self.location = location
    }
}

/// Something a person should know about how this caller came to be, in plain words.
public struct CallerFinding: Sendable, Hashable {
    /// How much a finding matters.
    public enum Severity: String, Sendable, Hashable, Codable {
        case warning
        case note
    }

    /// How much it matters.
    public var severity: Severity
    /// What is so, one sentence without a final stop.
    public var text: String
    /// What to do about it; empty when nothing needs doing.
    public var remedy: String

    public init(severity: Severity, text: String, remedy: String = "") {
        self.severity = severity
        self.text = text
        self.remedy = remedy
    }
}

/// Everything found out about who is calling.
public struct DetectedCaller: Sendable, Hashable {
    /// Every source of credentials in order, and which one won.
    public var resolution: CredentialResolution
    /// `nil` when nothing names a region.
    public var region: RegionChoice?
    /// `nil` when STS was not asked.
    public var endpoint: STSEndpoint?
    /// What STS said; `nil` when it was not asked or refused.
    public var answer: CallerAnswer?
    /// Why there is no answer.
    public var failure: Failure?
    /// What the person should know about, warnings first.
    public var findings: [CallerFinding]
    /// What the profile's roles are assumed with, then the ARN of each role in the order of the calls; empty for a
    /// profile without `role_arn`.
    public var rolePath: [String]

    public init(
        resolution: CredentialResolution, region: RegionChoice? = nil, endpoint: STSEndpoint? = nil,
        answer: CallerAnswer? = nil, failure: Failure? = nil, findings: [CallerFinding] = [], rolePath: [String] = []
    ) {
        self.resolution = resolution
        self.rolePath = rolePath
        self.region = region
        self.endpoint = endpoint
        self.answer = answer
        self.failure = failure
        self.findings = findings
    }
}
