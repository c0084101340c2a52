import AWSCaller
import TerminalUI

/// How the facts about a caller are put.
enum CallerWords {
    /// Kind, role and session, or user: what the ARN's resource says.
    static func parts(of identity: CallerIdentity) -> [(String, String)] {
        switch identity.kind {
        case .root: return [("Kind", "the account's root user")]
        case .user(let path, let name):
            return [("Kind", "IAM user"), ("User", name), ("Path", path)]
        case .assumedRole(let name, let session):
            let set = identity.permissionSet.map { [("Permission set", "\($0) (IAM Identity Center)")] } ?? []
            return [("Kind", "assumed role"), ("Role", name), ("Session", session)] + set
        case .federatedUser(let name): return [("Kind", "federated user"), ("User", name)]
        case .other: return [("Kind", "of a kind not known here")]
        }
    }

    /// For the header: `role deploy`.
    static func short(_ identity: CallerIdentity) -> String {
        switch identity.kind {
        case .root: "root"
        case .user(_, let name): "user \(name)"
        case .assumedRole(let name, _): "role \(name)"
        case .federatedUser(let name): "federated user \(name)"
        case .other: identity.arn.resource
        }
    }

    static func reason(_ reason: ProfileChoice.Reason) -> String {
        switch reason {
        case .flag: "asked for"
        case .variable, .olderVariable: "from \(reason.rawValue)"
        case .preference: "from \(reason.rawValue)"
        case .fallback: "nothing names another"
        }
    }

    static func clock(_ difference: Duration) -> String {
        let milliseconds = Format.milliseconds(difference)
        if abs(milliseconds) < 2000 { return "agrees with the server's" }
        let size = Format.span(abs(milliseconds) / 1000)
        return milliseconds > 0 ? "\(size) behind the server's" : "\(size) ahead of the server's"
    }

    /// One source of the chain: a sign, its name, what it said, where its values stand.
    static func row(_ report: SourceReport, _ page: inout Page) {
        let theme = page.theme
        let time = Format.milliseconds(report.elapsed) > 0 ? " (\(Format.elapsed(report.elapsed)))" : ""
        switch report.outcome {
        case .used: row(report.source, theme.glyphs.radioOn, theme.good, "used" + time, theme.good, "", &page)
        case .shadowed(let winner):
            let reason = "configured too, but \(winner.title) comes first"
            row(report.source, theme.glyphs.radioOff, theme.warning, "shadowed" + time, theme.warning, reason, &page)
        case .skipped(let reason):
            row(report.source, theme.glyphs.radioOff, theme.dim, "skipped" + time, theme.dim, reason, &page)
        case .notConfigured(let reason):
            row(report.source, theme.glyphs.radioOff, theme.dim, "not configured" + time, theme.dim, reason, &page)
        case .failed(let failure):
            row(report.source, theme.glyphs.cross, theme.bad, "failed" + time, theme.bad, failure.what, &page)
            if !failure.detail.isEmpty { page.text(failure.detail, theme.dim, indent: 4) }
            if !failure.remedy.isEmpty {
                page.item(theme.glyphs.arrow, theme.accent, [Span(failure.remedy)], indent: 2)
            }
        }
        for origin in report.origins {
            let value = origin.value.map { " \($0)" } ?? ""
            page.text("\(origin.name)\(value), from \(origin.location)", theme.dim, indent: 4)
        }
    }

    /// The outcomes stand in a column of their own; the reason behind it where there is room, else below.
    static func row(
        _ source: CredentialSource, _ sign: String, _ signStyle: Style, _ outcome: String, _ style: Style,
        _ reason: String, _ page: inout Page
    ) {
        let lead = [Span(sign + " ", signStyle), Span(Text.padded(source.title, to: 34)), Span(outcome, style)]
        let behind = lead + (reason.isEmpty ? [] : [Span(": \(reason)", page.theme.dim)])
        guard behind.width > page.width else {
            page.appendRow(behind)
            return
        }
        page.appendRow(lead)
        page.text(reason, page.theme.dim, indent: 4)
    }
}
