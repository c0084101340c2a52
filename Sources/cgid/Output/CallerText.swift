import AWSCaller
import FoundationEssentials

/// The AWS caller in words, for `whoami`.
enum CallerText {
    static func summary(_ caller: DetectedCaller, now: Date) -> String {
        guard let answer = caller.answer else { return "" }
        let identity = answer.identity
        var fields = TextFields()
        fields.add("account", identity.account)
        fields.add("arn", identity.arn.description)
        fields.add("user id", identity.userID)
        fields.add("partition", identity.partition)
        fields.add("kind", identity.kind.title)
        fields.add("role", identity.roleName)
        fields.add("permission set", identity.permissionSet)
        fields.add("session", identity.sessionName)
        fields.add("user", identity.userName)
        fields.add("source", source(caller))
        fields.add("expires", caller.resolution.credentials?.expiration.map { Moment.text($0, now: now) })
        fields.add("region", caller.region.map { "\($0.name) (\($0.location))" })
        fields.add("asked", "\(answer.endpoint.url) (\(answer.endpoint.origin))")
        fields.add("clock", answer.clockDifference.map(Moment.clock))
        return fields.text
    }

    private static func source(_ caller: DetectedCaller) -> String? {
        caller.resolution.reports.first { $0.outcome == .used }.map { report in
            let origins = report.origins.map(\.location).reduce(into: [String]()) { list, location in
                if !list.contains(location) { list.append(location) }
            }
            return origins.isEmpty ? report.source.title : "\(report.source.title): \(origins.joined(separator: ", "))"
        }
    }

    static func chain(_ caller: DetectedCaller) -> String {
        var table = TextTable(header: ["SOURCE", "OUTCOME", "WHY"], rows: [])
        for report in caller.resolution.reports {
            table.rows.append([report.source.title, report.outcome.title, why(report)])
        }
        return table.text
    }

    private static func why(_ report: SourceReport) -> String {
        let origins = report.origins.map { origin in
            origin.value.map { "\(origin.name) \($0) (\(origin.location))" } ?? "\(origin.name) (\(origin.location))"
        }
        return ([report.outcome.reason, report.probe?.words].compactMap { $0 } + origins).joined(separator: "; ")
    }

    /// One line a finding, warnings first.
    static func findings(_ caller: DetectedCaller) -> String {
        caller.findings.map { finding in
            "\(finding.severity.rawValue): \(finding.text)" + (finding.remedy.isEmpty ? "" : ". \(finding.remedy)")
        }.joined(separator: "\n")
    }
}

extension SourceReport.Probe {
    var words: String {
        switch self {
        case .answered(let id, let expiration):
            "probed: it has credentials too, \(id)" + (expiration.map { " until \($0.formatted(.iso8601))" } ?? "")
        case .failed(let failure): "probed: \(failure)"
        }
    }
}

extension CallerIdentity.Kind {
    var title: String {
        switch self {
        case .root: "root"
        case .user: "user"
        case .assumedRole: "assumed role"
        case .federatedUser: "federated user"
        case .other: "other"
        }
    }
}

extension SourceReport.Outcome {
    var title: String {
        switch self {
        case .notConfigured: "not configured"
        case .skipped: "skipped"
        case .used: "used"
        case .shadowed: "shadowed"
        case .failed: "failed"
        }
    }

    /// Why it came out so; `nil` when the outcome says it all.
    var reason: String? {
        switch self {
        case .notConfigured(let why), .skipped(let why): why
        case .used: nil
        case .shadowed(let winner): "\(winner.title) came first"
        case .failed(let failure): failure.description
        }
    }
}
