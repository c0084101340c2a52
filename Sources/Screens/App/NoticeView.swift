import AWSCaller
import FoundationEssentials
import TerminalUI

/// One row: the error at the left, the word about what was just done beside it, what runs at the right. None hides another.
struct NoticeView {
    var notices: Notices
    var context: Context

    private var theme: Theme { context.theme }

    func draw(into surface: inout Surface, in rect: Rect) {
        let room = drawRunning(into: &surface, in: rect)
        let rest = drawWord(into: &surface, in: room)
        drawError(into: &surface, in: rest)
    }

    /// - Returns: what is left of the row.
    private func drawRunning(into surface: inout Surface, in rect: Rect) -> Rect {
        let spans = running(width: rect.width)
        guard !spans.isEmpty else { return rect }
        let (rest, place) = rect.splitLeft(rect.width - spans.width)
        surface.write(spans, at: place.origin)
        surface.register(.key(.control("c")), in: place)
        return rest.splitLeft(rest.width - 2).left
    }

    /// The oldest job, how far it is where that is known, how long it takes.
    private func running(width: Int) -> [Span] {
        guard let foremost = context.work.foremost else { return [] }
        let elapsed = Duration.milliseconds(Int(max(0, context.now.timeIntervalSince(foremost.started)) * 1000))
        let spinner = Spinner(elapsed: elapsed)
        guard spinner.isVisible else { return [] }
        let count = context.work.running.count - 1
        let more = count > 0 ? " and \(count) more" : ""
        let bar = foremost.progress.map { $0.spans(width: width < 100 ? 8 : 20, theme: theme) + [" "] } ?? []
        return [Span("\(foremost.job.title)\(more) ", theme.text)] + bar + [
            Span("\(spinner.sign(theme.glyphs)) \(TimeText.waited(elapsed))", theme.accent),
            Span("  ^C", theme.key), Span(" cancels", theme.dim),
        ]
    }

    /// At the left when it is alone; else it leaves the error, which stays longer, room for its beginning.
    /// - Returns: what is left of the row.
    private func drawWord(into surface: inout Surface, in rect: Rect) -> Rect {
        guard let word = notices.word else { return rect }
        let room = notices.error == nil ? rect.width : max(rect.width * 3 / 5, rect.width - 24)
        let (sign, style) =
            word.kind == .done ? (theme.glyphs.check, theme.good) : (theme.glyphs.warning, theme.warning)
        let text = Text.truncated("\(sign) \(word.text)", to: room, ellipsis: theme.glyphs.ellipsis)
        let width = Text.width(text)
        let (left, right) = rect.splitLeft(notices.error == nil ? 0 : rect.width - width)
        surface.write(text, at: right.origin, style: style, limit: right.width)
        return left.splitLeft(left.width - 2).left
    }

    private func drawError(into surface: inout Surface, in rect: Rect) {
        guard let error = notices.error, !rect.isEmpty else { return }
        let hint = rect.width < 40 ? "  x" : "  x dismisses, 6 details"
        let room = rect.width - hint.count
        let text = Text.truncated(
            "\(theme.glyphs.cross) \(context.workspace.brief(error))", to: room, ellipsis: theme.glyphs.ellipsis)
        let width = surface.write([Span(text, theme.bad), Span(hint, theme.dim)], at: rect.origin, limit: rect.width)
        surface.register(.key(.character("x")), in: rect.splitLeft(width).left)
    }
}
