import AWSCaller
import Chainguard
import FoundationEssentials
import Transport

/// Whether every service can be reached from here (`info --check`).
struct ReachabilityDocument: Encodable {
    struct Step: Encodable {
        /// `passed`, `skipped`, `failed` or `not reached`.
        let outcome: String
        let detail: String?
        let milliseconds: Int?
    }
    struct Endpoint: Encodable {
        let service: String
        let url: String
        let ok: Bool
        let dns: Step
        let tcp: Step
        let tls: Step
        let http: Step
        /// The server's clock minus this host's.
        let clockOffsetSeconds: Int?
        /// The code of the error catalogue, and what to do.
        let problem: String?
        let remedy: String?
    }
    let endpoints: [Endpoint]

    var isReachable: Bool { endpoints.allSatisfy(\.ok) }

    var text: String {
        var table = TextTable(header: ["SERVICE", "DNS", "TCP", "TLS", "HTTP", "CLOCK"], rows: [])
        for endpoint in endpoints {
            let steps = [endpoint.dns, endpoint.tcp, endpoint.tls, endpoint.http].map(Self.cell)
            table.rows.append([endpoint.service] + steps + [Self.clock(endpoint.clockOffsetSeconds)])
        }
        let remarks = endpoints.flatMap { endpoint in
            let failed = [endpoint.dns, endpoint.tcp, endpoint.tls, endpoint.http].first { $0.outcome == "failed" }
            let what = failed?.detail.map { "\n\($0)\n  \(endpoint.remedy ?? "")" }
            let skew = Endpoint.skew(endpoint.clockOffsetSeconds, service: endpoint.service).map { "\n\($0)" }
            return [what, skew].compactMap(\.self)
        }
        let certificates = endpoints.filter { $0.tls.outcome == "passed" }.compactMap { endpoint in
            endpoint.tls.detail.map { "\(endpoint.service): certificate \($0)" }
        }
        let parts = [table.text, certificates.joined(separator: "\n"), remarks.joined(separator: "\n")]
        return parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    private static func cell(_ step: Step) -> String {
        switch step.outcome {
        case "passed": step.milliseconds.map { "ok \($0) ms" } ?? "ok"
        case "failed": "FAILED"
        default: "-"
        }
    }

    private static func clock(_ offset: Int?) -> String {
        guard let offset else { return "-" }
        return abs(offset) <= 2 ? "agrees" : "\(TimeText.exact(abs(offset))) \(offset > 0 ? "behind" : "ahead")"
    }
}

extension Runtime {
    /// Asks every service side by side.
    func reachability(limit: Duration) async -> ReachabilityDocument {
        let services = services()
        let check = EndpointCheck(transport: client, now: host.now)
        let reports = await withTaskGroup(of: (Int, EndpointCheck.Report).self) { group in
            for (index, service) in services.enumerated() {
                group.addTask { (index, await check.run(service.url, limit: limit)) }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        return ReachabilityDocument(
            endpoints: services.enumerated().compactMap { index, service in
                reports[index].map { ReachabilityDocument.Endpoint($0, service: service.name) }
            })
    }

    private func services() -> [(name: String, url: String)] {
        let sts = detector.stsEndpoint?.url ?? STSEndpoint.global.url
        return [
            ("Chainguard's issuer", endpoints.issuer + "/.well-known/openid-configuration"),
            ("Chainguard's API", endpoints.api + "/"),
            ("Chainguard's registry", endpoints.registry + "/v2/"),
            ("AWS STS", sts + "/"),
        ]
    }
}

extension ReachabilityDocument.Endpoint {
    init(_ report: EndpointCheck.Report, service: String) {
        self.service = service
        url = report.url
        let failure = report.failure.map { Failure(unreachable: $0, service: service) }
        let step = { (step: EndpointCheck.Step) in ReachabilityDocument.Step(report, step, failure) }
        dns = step(.dns)
        tcp = step(.tcp)
        tls = step(.tls)
        http = step(.http)
        if let answeredAt = report.answeredAt, let date = report.date.flatMap(HTTPDate.parse) {
            clockOffsetSeconds = Int(date.timeIntervalSince(answeredAt).rounded())
        } else {
            clockOffsetSeconds = nil
        }
        let skew = Self.skew(clockOffsetSeconds, service: service)
        ok = failure == nil && skew == nil
        problem = failure?.code ?? skew?.code
        remedy = failure?.remedy
    }

    /// What a clock that is too far off is called in the catalogue.
    fileprivate static func skew(_ offset: Int?, service: String) -> Failure? {
        offset.flatMap { Problem.clock(.seconds($0), whose: "\(service)'s", detail: "") }
    }
}

extension ReachabilityDocument.Step {
    fileprivate init(_ report: EndpointCheck.Report, _ step: EndpointCheck.Step, _ failure: Failure?) {
        milliseconds = report.elapsed[step]?.wholeMilliseconds
        switch report.steps[step] {
        case .passed(let words): (outcome, detail) = ("passed", words)
        case .skipped(let words): (outcome, detail) = ("skipped", words)
        case .failed: (outcome, detail) = ("failed", failure.map { "\($0.what) [\($0.code ?? "")]" })
        case .notReached, nil: (outcome, detail) = ("not reached", nil)
        }
    }
}
