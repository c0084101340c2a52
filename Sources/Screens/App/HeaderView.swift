import AWSCaller
import Chainguard
import FoundationEssentials
import TerminalUI

/// The two rows that always answer: which AWS caller, which organization, signed in as whom until when. Where there is
/// no room for all of it, what can be done without goes first, and none of the answers is cut off.
struct HeaderView {
    var context: Context

    private var theme: Theme { context.theme }

    func draw(into surface: inout Surface) {
        let width = surface.size.width - 2
        let line = String(repeating: theme.glyphs.horizontal, count: surface.size.width)
        surface.write(line, at: Point(0, 3), style: theme.border)
        let badges = badges()
        let isNarrow = width < 78
        surface.write(badges, at: Point(1 + width - badges.width, isNarrow ? 3 : 0))
        let room = isNarrow || badges.isEmpty ? width : width - badges.width - 1
        row("AWS", aws(), at: 0, into: &surface, width: room)
        row("Chainguard", chainguard(), at: 1, into: &surface, width: width)
    }

    /// One part of a row. The one of the highest priority is left out first; 0 stays.
    private struct Part {
        var span: Span
        var priority = 0
        /// A name, which may be cut: the longest first.
        var isName = false

        var columns: Int { Text.width(span.text) }
    }

    private func row(_ label: String, _ parts: [Part], at y: Int, into surface: inout Surface, width: Int) {
        let lead = Span(Text.padded(label, to: 12), theme.label)
        let spans = fitting(parts, width: width - 12)
        surface.write([lead] + spans, at: Point(1, y), limit: width)
    }

    private func fitting(_ parts: [Part], width: Int) -> [Span] {
        var parts = parts
        while joined(parts).width > width,
            let least = parts.indices.filter({ parts[$0].priority > 0 }).max(by: {
                parts[$0].priority < parts[$1].priority
            })
        {
            parts.remove(at: least)
        }
        let names = parts.indices.filter { parts[$0].isName }
        for name in names.sorted(by: { parts[$0].columns > parts[$1].columns }) {
            let excess = max(0, joined(parts).width - width)
            let room = max(min(12, parts[name].columns), parts[name].columns - excess)
            parts[name].span.text = Text.truncated(
                parts[name].span.text, to: room, ellipsis: theme.glyphs.ellipsis)
        }
        return joined(parts)
    }

    private func joined(_ parts: [Part]) -> [Span] {
        let separator = Span(" \(theme.glyphs.separator) ", theme.dim)
        return Array(parts.map { [$0.span] }.joined(separator: [separator]))
    }

    private func badges() -> [Span] {
        var spans: [Span] = []
        if context.options.isSandbox { spans.append(Span(" SANDBOX ", theme.badge)) }
        if context.options.isReadOnly {
            if !spans.isEmpty { spans.append(" ") }
            spans.append(Span(" READ-ONLY ", theme.badge))
        }
        return spans
    }

    private func aws() -> [Part] {
        let caller = context.workspace.caller
        if let identity = caller.value?.answer?.identity {
            return [
                Part(span: Span(identity.account, theme.title)),
                Part(span: Span(identity.partition, theme.text), priority: identity.partition == "aws" ? 1 : 0),
                Part(span: Span(identity.shortName, theme.text), isName: true),
            ]
        }
        if caller.isLoading { return [Part(span: Span("finding out who calls …", theme.dim))] }
        return [Part(span: Span(caller.value == nil ? "not looked yet" : "nobody: see 1 Caller", theme.warning))]
    }

    private func chainguard() -> [Part] {
        let subject = context.workspace.subject
        if let who = context.workspace.signedIn {
            let organization =
                context.workspace.organization.map {
                    [Part(span: Span($0, theme.title), isName: true)]
                } ?? []
            return organization + [Part(span: Span(name(of: who), theme.text), isName: true)] + until(who)
        }
        if subject.isLoading { return [Part(span: Span("asking who is signed in …", theme.dim))] }
        if subject.failure != nil {
            return [Part(span: Span("not known who is signed in: see 6 Messages", theme.warning))]
        }
        return [Part(span: Span("nobody is signed in", theme.warning))]
    }

    private func name(of subject: AuthenticatedSubject) -> String {
        if case .alias(let alias) = context.workspace.session { return "as \(alias)" }
        return subject.email.isEmpty ? subject.subject : subject.email
    }

    private func until(_ subject: AuthenticatedSubject) -> [Part] {
        guard let expiry = subject.expiry else { return [] }
        let left = TimeText.remaining(to: expiry, now: context.now)
        if expiry <= context.now { return [Part(span: Span(left, theme.bad))] }
        return [
            Part(span: Span("until \(TimeText.clock(expiry, now: context.now))", theme.text)),
            Part(span: Span(left, theme.text), priority: 1),
        ]
    }
}
