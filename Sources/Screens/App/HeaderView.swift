import AWSCaller
import Chainguard
import FoundationEssentials
import TerminalUI

/// The two rows that always answer: which AWS caller, which organization, signed in as whom until when.
struct HeaderView {
    var context: Context

    func draw(into surface: inout Surface) {
        let width = surface.size.width - 2
        let badges = badges()
        let badgeWidth = badges.width
        row("AWS", aws(), at: 0, into: &surface, width: width - badgeWidth - 1)
        surface.write(badges, at: Point(1 + width - badgeWidth, 0))
        row("Chainguard", chainguard(), at: 1, into: &surface, width: width)
        let line = String(repeating: context.theme.glyphs.horizontal, count: surface.size.width)
        surface.write(line, at: Point(0, 3), style: context.theme.border)
    }

    private func row(_ label: String, _ spans: [Span], at y: Int, into surface: inout Surface, width: Int) {
        let lead = Span(Text.padded(label, to: 12), context.theme.label)
        surface.write([lead] + spans, at: Point(1, y), limit: width)
    }

    private func badges() -> [Span] {
        var spans: [Span] = []
        if context.options.isSandbox { spans.append(Span(" SANDBOX ", context.theme.badge)) }
        if context.options.isReadOnly {
            if !spans.isEmpty { spans.append(" ") }
            spans.append(Span(" READ-ONLY ", context.theme.badge))
        }
        return spans
    }

    private func joined(_ parts: [Span]) -> [Span] {
        let separator = Span(" \(context.theme.glyphs.separator) ", context.theme.dim)
        return Array(parts.map { [$0] }.joined(separator: [separator]))
    }

    private func aws() -> [Span] {
        let theme = context.theme
        let caller = context.workspace.caller
        if let identity = caller.value?.answer?.identity {
            return joined([
                Span(identity.account, theme.title), Span(identity.partition, theme.text),
                Span(identity.shortName, theme.text),
            ])
        }
        if caller.isLoading { return [Span("finding out who calls …", theme.dim)] }
        return [Span(caller.value == nil ? "not looked yet" : "nobody: see 1 Caller", theme.warning)]
    }

    private func chainguard() -> [Span] {
        let theme = context.theme
        let subject = context.workspace.subject
        if let who = context.workspace.signedIn {
            let organization = context.workspace.organization.map { [Span($0, theme.title)] } ?? []
            return joined(organization + [Span(name(of: who), theme.text)] + until(who))
        }
        if subject.isLoading { return [Span("asking who is signed in …", theme.dim)] }
        if subject.failure != nil { return [Span("not known who is signed in: see 6 Messages", theme.warning)] }
        return [Span("nobody is signed in", theme.warning)]
    }

    private func name(of subject: AuthenticatedSubject) -> String {
        if case .alias(let alias) = context.workspace.session { return "as \(alias)" }
        return subject.email.isEmpty ? subject.subject : subject.email
    }

    private func until(_ subject: AuthenticatedSubject) -> [Span] {
        guard let expiry = subject.expiry else { return [] }
        let theme = context.theme
        let left = TimeText.remaining(to: expiry, now: context.now)
        if expiry <= context.now { return [Span(left, theme.bad)] }
        return [Span("until \(TimeText.clock(expiry, now: context.now)) (\(left))", theme.text)]
    }
}
