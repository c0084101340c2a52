import AWSCaller
import Chainguard
import FoundationEssentials
import TerminalUI

extension App {
    /// Draw the frame for this moment. Drawing changes nothing.
    public func draw(into surface: inout Surface, now: Date) {
        let theme = options.theme
        surface.ellipsis = theme.glyphs.ellipsis
        surface.cursor = nil
        surface.fill(surface.bounds, style: theme.text)
        guard !Chrome.isTooSmall(surface.size) else {
            drawTooSmall(into: &surface)
            if theme.glyphs.isASCII { surface.replaceTypography() }
            return
        }
        var context = context
        context.now = now
        context.content = Chrome.content(of: surface.size)
        HeaderView(context: context).draw(into: &surface)
        Chrome.tabs(for: screen).draw(into: &surface, in: Chrome.tabRow(of: surface.size), theme: theme)
        current.draw(into: &surface, context)
        drawNotice(into: &surface, in: Chrome.noticeRow(of: surface.size), now: now)
        drawFooter(into: &surface, in: Chrome.footerRow(of: surface.size))
        drawOverlay(into: &surface)
        if theme.glyphs.isASCII { surface.replaceTypography() }
    }

    private func drawTooSmall(into surface: inout Surface) {
        let words = "cgid needs 60×16; this is \(surface.size.width)×\(surface.size.height)"
        for (row, line) in Text.wrapped(words, width: max(1, surface.size.width)).enumerated() {
            surface.write(line, at: Point(0, row))
        }
    }

    /// What runs and for how long at the right, the error or the last word at the left.
    private func drawNotice(into surface: inout Surface, in rect: Rect, now: Date) {
        let theme = options.theme
        let running = runningSpans(now: now)
        let runningWidth = running.isEmpty ? 0 : running.width + 2
        if let notice, notice.end.map({ $0 > now }) ?? true {
            let hint = notice.kind == .error ? "  x dismisses, 6 details" : ""
            let sign = notice.kind == .error ? theme.glyphs.cross : theme.glyphs.check
            let style = notice.kind == .error ? theme.bad : theme.good
            let room = rect.width - runningWidth - hint.count
            let text = Text.truncated("\(sign) \(notice.text)", to: room, ellipsis: theme.glyphs.ellipsis)
            surface.write(
                [Span(text, style), Span(hint, theme.dim)], at: rect.origin, limit: rect.width - runningWidth)
        }
        surface.write(running, at: Point(rect.maxX - running.width, rect.y))
    }

    private func runningSpans(now: Date) -> [Span] {
        guard let oldest = work.oldest else { return [] }
        let theme = options.theme
        let elapsed = Duration.milliseconds(Int(max(0, now.timeIntervalSince(oldest.started)) * 1000))
        let spinner = Spinner(elapsed: elapsed)
        guard spinner.isVisible else { return [] }
        let more = work.running.count > 1 ? " and \(work.running.count - 1) more" : ""
        let time = "\(spinner.sign(theme.glyphs)) \(TimeText.waited(elapsed))"
        return [
            Span("\(oldest.job.title)\(more) ", theme.text), Span(time, theme.accent),
            Span("  ^C", theme.key), Span(" cancels", theme.dim),
        ]
    }

    private func drawFooter(into surface: inout Surface, in rect: Rect) {
        let theme = options.theme
        var hints: [KeyHint] = []
        if let overlay {
            overlay.hints.draw(into: &surface, in: rect, theme: theme)
            return
        } else if current.isTyping {
            hints = current.typingHints + [KeyHint(key: "F1", label: "help")]
        } else {
            let own = Keymap.bindings(of: screen).allowed(options.isReadOnly)
            hints = own.filter { objection(to: $0.action) == nil }.footer(theme.glyphs)
        }
        let always = Keymap.global.filter { current.isTyping ? false : $0.showsInFooter }.footer(theme.glyphs)
        let alwaysWidth = always.reduce(0) { $0 + Text.width($1.key) + Text.width($1.label) + 3 }
        hints.draw(
            into: &surface, in: Rect(x: rect.x, y: rect.y, width: rect.width - alwaysWidth, height: 1), theme: theme)
        always.draw(into: &surface, in: rect.splitLeft(rect.width - alwaysWidth + 2).rest, theme: theme)
    }

    private func drawOverlay(into surface: inout Surface) {
        let rect = Chrome.content(of: surface.size)
        if case .confirm = overlay {
        } else if case .prompt = overlay {
        } else if case .facets = overlay {
        } else if overlay != nil {
            surface.fill(
                Rect(x: 0, y: rect.y, width: surface.size.width, height: rect.height), style: options.theme.text)
        }
        switch overlay {
        case .help(let help): help.draw(into: &surface, in: rect, theme: options.theme)
        case .palette(let palette): palette.draw(into: &surface, in: rect, theme: options.theme)
        case .confirm(let confirmation): confirmation.dialog.draw(into: &surface, in: rect, theme: options.theme)
        case .facets(let menu): menu.draw(into: &surface, in: rect, theme: options.theme)
        case .profiles(let menu): menu.draw(into: &surface, in: rect, theme: options.theme)
        case .prompt(let prompt): prompt.draw(into: &surface, in: rect, theme: options.theme)
        case nil: break
        }
    }
}
