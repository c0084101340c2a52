import AWSCaller
import Chainguard
import TerminalUI

extension [IdentityCreation.StepUpdate] {
    /// What a step says takes the place of what it said before.
    mutating func note(_ update: IdentityCreation.StepUpdate) {
        if let index = firstIndex(where: { $0.step == update.step }) {
            self[index] = update
        } else {
            append(update)
        }
    }
}

/// Steps of longer work, each with a sign, what came of it, and its time.
enum StepRows {
    static func creation(_ update: IdentityCreation.StepUpdate, _ workspace: Workspace, _ page: inout Page) {
        switch update.state {
        case .running: running(update.step.title, elapsed: nil, &page)
        case .done(let detail): done(update.step.title, workspace.brief(detail), update.elapsed, &page)
        case .failed: failed(update.step.title, "failed", update.elapsed, &page)
        case .skipped: waiting(update.step.title, "skipped", &page)
        }
        if !update.note.isEmpty { page.text(update.note, page.theme.warning, indent: 2) }
    }

    static func done(_ title: String, _ detail: String, _ elapsed: Duration, _ page: inout Page) {
        row(page.theme.glyphs.check, page.theme.good, title, detail, elapsed, &page)
    }

    static func running(_ title: String, elapsed: Duration?, _ page: inout Page) {
        row(page.theme.glyphs.pointer, page.theme.accent, title, "running", elapsed, &page)
    }

    static func waiting(_ title: String, _ detail: String, _ page: inout Page) {
        row(page.theme.glyphs.radioOff, page.theme.dim, title, detail, nil, &page)
    }

    static func failed(_ title: String, _ detail: String, _ elapsed: Duration, _ page: inout Page) {
        row(page.theme.glyphs.cross, page.theme.bad, title, detail, elapsed, &page)
    }

    private static func row(
        _ sign: String, _ style: Style, _ title: String, _ detail: String, _ elapsed: Duration?, _ page: inout Page
    ) {
        let time = elapsed.map { TimeText.measured($0) } ?? ""
        let lead = [
            Span(Text.padded(title, to: 28) + " ", page.theme.text),
            Span(Text.padded(time, to: 8) + " ", page.theme.dim),
        ]
        let width = Text.width(sign) + 1 + lead.width
        guard !detail.isEmpty, width + min(Text.width(detail), 24) > page.width else {
            return page.item(sign, style, lead + [Span(detail, page.theme.dim)])
        }
        page.item(sign, style, lead)
        page.text(detail, page.theme.dim, indent: 2)
    }
}
