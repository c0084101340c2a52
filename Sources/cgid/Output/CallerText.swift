import AWSCaller
import FoundationEssentials
import TerminalUI

/// The AWS caller in words, for `whoami`: what the Caller screen shows, in its order.
enum CallerText {
    static func summary(_ caller: DetectedCaller, now: Date) -> String {
        var fields = TextFields()
        for fact in caller.facts(now: now) { fields.add(fact.label.lowercased(), fact.value) }
        return fields.text
    }

    /// Each source with what it said; lines below it say where its values stand.
    static func chain(_ caller: DetectedCaller) -> String {
        let lines = caller.resolution.reports.flatMap { report in
            let told = caller.explanation(of: report)
            let reason = told.reason.isEmpty ? "" : ": \(told.reason)"
            return ["\(sign(report)) \(Text.padded(told.title, to: 34))\(told.outcome)\(reason)"]
                + told.details.map { "    \(words($0))" }
        }
        return (["Where credentials come from, first to last"] + lines).joined(separator: "\n")
    }

    private static func sign(_ report: SourceReport) -> String {
        switch report.outcome {
        case .used: "*"
        case .failed: "x"
        case .shadowed, .skipped, .notConfigured: "-"
        }
    }

    private static func words(_ detail: SourceExplanation.Detail) -> String {
        switch detail {
        case .start(let text), .origin(let text), .cause(let text), .probe(let text, _): text
        case .hop(let role): "→ \(role)"
        case .remedy(let text): "→ \(text)"
        }
    }

    /// One line a finding, warnings first.
    static func findings(_ caller: DetectedCaller) -> String {
        let lines = caller.findings.map { finding in
            "\(finding.severity.rawValue): \(finding.text)" + (finding.remedy.isEmpty ? "" : ". \(finding.remedy)")
        }
        return (["Worth knowing"] + lines).joined(separator: "\n")
    }
}
