import AWSCaller
import ArgumentParser
import Chainguard
import FoundationEssentials

struct TokenInspect: ServiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect", abstract: "What a token says and everything wrong with it, offline.")

    @OptionGroup var common: CommonOptions
    @ParentCommand var root: CgidCommand
    @OptionGroup var input: TokenArgument
    @OptionGroup var now: NowOption

    @Option(help: "The identity it should be for.")
    var identity: String?

    @Option(help: "An audience it may be for; the issuer unless given.")
    var audience: [String] = []

    @Flag(help: "List the codes of all findings, with severity and meaning, and stop.")
    var listRules = false

    func run(in runtime: Runtime) async throws {
        if listRules { return try printRules() }
        let text = try input.read()
        let moment = now.moment(runtime.host.now)
        let linter = TokenLinter(
            identity: identity, audiences: audience.isEmpty ? [runtime.endpoints.issuer] : audience, now: moment,
            credentialExpirations: Self.expirations(runtime.host.environment))
        let inspection = TokenInspection(
            request: (try? TokenDecoder.decode(text))?.request, findings: linter.lint(text), now: moment)
        switch output {
        case .json: try JSONOutput.print(inspection)
        case .text, .id: Console.answer(inspection.text)
        }
        if inspection.errors > 0 {
            throw Failure(
                "Chainguard would refuse this token: \(inspection.errors) error\(inspection.errors == 1 ? "" : "s")",
                remedy: "Each finding above says how to mend it", category: .verdict)
        }
    }

    /// When the keys in the environment end, which is said there by the tools that export them.
    private static func expirations(_ environment: Environment) -> [String: Date] {
        guard let key = environment["AWS_ACCESS_KEY_ID"],
            let end = environment["AWS_CREDENTIAL_EXPIRATION"].flatMap(Timestamp.parse)
        else { return [:] }
        return [key: end]
    }

    private func printRules() throws {
        let rules = TokenRule.allCases.map(RuleDocument.init)
        guard output != .json else { return try JSONOutput.print(rules) }
        let table = TextTable(
            header: ["CODE", "SEVERITY", "MEANING"], rows: rules.map { [$0.code, $0.severity, $0.summary] })
        Console.answer(table.text)
    }
}

/// One rule of `token inspect --list-rules`.
private struct RuleDocument: Encodable {
    let code: String
    let severity: String
    let summary: String

    init(_ rule: TokenRule) {
        code = rule.code
        severity = rule.severity.rawValue
        summary = rule.summary
    }
}

/// What `token inspect` answers: the opened token, secrets left out, and the findings.
struct TokenInspection: Encodable {
    struct Finding: Encodable {
        let code: String
        let severity: String
        let place: String
        let offset: Int?
        let explanation: String
        let fix: String
    }
    let requestLine: String?
    let host: String?
    let audience: String?
    let identity: String?
    let signedAt: Date?
    let expires: Date?
    let expired: Bool?
    let accessKeyId: String?
    let credentialScope: String?
    let signedHeaders: [String]?
    let hasSecurityToken: Bool?
    let findings: [Finding]

    init(request: TokenRequest?, findings: [TokenFinding], now: Date) {
        requestLine = request.map { "\($0.method) \($0.target) \($0.version)" }
        host = request?.host
        audience = request?.audience
        identity = request?.identity
        signedAt = request?.date
        expires = request?.date.map {
            $0.addingTimeInterval(TimeInterval(CallerTokenGenerator.lifetime.components.seconds))
        }
        expired = expires.map { $0 < now }
        accessKeyId = request?.authorization?.accessKeyID
        credentialScope = request?.authorization?.credentialScope
        signedHeaders = request?.authorization?.signedHeaders
        hasSecurityToken = request.map { $0.securityToken != nil }
        self.findings = findings.map { finding in
            Finding(
                code: finding.code, severity: finding.severity.rawValue, place: finding.place,
                offset: finding.offset, explanation: finding.explanation, fix: finding.fix)
        }
    }

    var errors: Int { findings.count { $0.severity == TokenFinding.Severity.error.rawValue } }

    var text: String {
        var fields = TextFields()
        fields.add("request", requestLine)
        fields.add("host", host)
        fields.add("audience", audience)
        fields.add("identity", identity)
        fields.add("signed at", signedAt?.formatted(.iso8601))
        fields.add("valid until", expires.map { $0.formatted(.iso8601) + (expired == true ? " (over)" : "") })
        fields.add("access key", accessKeyId)
        fields.add("scope", credentialScope)
        fields.add("signed headers", signedHeaders?.joined(separator: ";"))
        fields.add("security token", hasSecurityToken.map { $0 ? "present" : "absent" })
        let lines = findings.flatMap { finding in
            let place = finding.place + (finding.offset.map { ", byte \($0)" } ?? "")
            let words = "\(finding.severity) \(finding.code) (\(place)): \(finding.explanation)"
            return finding.fix.isEmpty ? [words] : [words, "    fix: \(finding.fix)"]
        }
        return ([fields.text, ""] + (lines.isEmpty ? ["no findings"] : lines)).joined(separator: "\n")
    }
}
