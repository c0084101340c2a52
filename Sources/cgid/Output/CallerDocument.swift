import AWSCaller
import FoundationEssentials

/// `whoami -o json`. `sources` and `findings` are there with `--explain`.
struct CallerDocument: Encodable {
    let account: String?
    let arn: String?
    let userId: String?
    let partition: String?
    let kind: String?
    let role: String?
    let permissionSet: String?
    let session: String?
    let user: String?
    let source: String?
    let profile: String
    let profileFrom: String
    let expires: Date?
    let region: String?
    let endpoint: String?
    let clockDifferenceSeconds: Int64?
    let error: String?
    let sources: [Source]?
    let findings: [Finding]?

    struct Source: Encodable {
        let source: String
        let outcome: String
        let reason: String?
        let origins: [ValueOrigin]
        /// What came of `--probe`.
        let probe: String?
    }

    struct Finding: Encodable {
        let severity: String
        let text: String
        let remedy: String
    }

    init(_ caller: DetectedCaller, explain: Bool) {
        let identity = caller.answer?.identity
        account = identity?.account
        arn = identity?.arn.description
        userId = identity?.userID
        partition = identity?.partition
        kind = identity?.kind.title
        role = identity?.roleName
        permissionSet = identity?.permissionSet
        session = identity?.sessionName
        user = identity?.userName
        source = caller.resolution.winner?.rawValue
        profile = caller.resolution.profile.name
        profileFrom = caller.resolution.profile.reason.rawValue
        expires = caller.resolution.credentials?.expiration
        region = caller.region?.name
        endpoint = caller.answer?.endpoint.url
        clockDifferenceSeconds = caller.answer?.clockDifference?.components.seconds
        error = caller.failure?.description
        sources = explain ? caller.resolution.reports.map(Source.init) : nil
        findings = explain ? caller.findings.map(Finding.init) : nil
    }
}

extension CallerDocument.Source {
    init(_ report: SourceReport) {
        self.init(
            source: report.source.rawValue, outcome: report.outcome.title, reason: report.outcome.reason,
            origins: report.origins, probe: report.probe?.words)
    }
}

extension CallerDocument.Finding {
    init(_ finding: CallerFinding) {
        self.init(
            severity: finding.severity == .warning ? "warning" : "note", text: finding.text, remedy: finding.remedy)
    }
}
