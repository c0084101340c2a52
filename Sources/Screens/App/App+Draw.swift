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
        surface.within(.screens) {
            Chrome.tabs(for: screen).draw(into: &$0, in: Chrome.tabRow(of: $0.size), theme: theme)
        }
        if overlay?.coversScreen != true { current.draw(into: &surface, context) }
        NoticeView(notices: notices, context: context).draw(
            into: &surface, in: Chrome.noticeRow(of: surface.size))
        drawOverlay(into: &surface)
        footer.draw(into: &surface, in: Chrome.footerRow(of: surface.size), theme: theme)
        if theme.glyphs.isASCII { surface.replaceTypography() }
    }

    private func drawTooSmall(into surface: inout Surface) {
        let words = "cgid needs 60×16; this is \(surface.size.width)×\(surface.size.height)"
        for (row, line) in Text.wrapped(words, width: max(1, surface.size.width)).enumerated() {
            surface.write(line, at: Point(0, row))
        }
    }

    private func drawOverlay(into surface: inout Surface) {
        let rect = Chrome.content(of: surface.size)
        if overlay != nil { surface.forgetTargets() }
        switch overlay {
        case .help(let help): help.draw(into: &surface, in: rect, theme: options.theme)
        case .palette(let palette): palette.draw(into: &surface, in: rect, theme: options.theme)
        case .confirm(let confirmation): confirmation.dialog.draw(into: &surface, in: rect, theme: options.theme)
        case .facets(let menu): menu.draw(into: &surface, in: rect, theme: options.theme)
        case .profiles(let menu): menu.draw(into: &surface, in: rect, theme: options.theme)
        case .identities(let menu): menu.draw(into: &surface, in: rect, theme: options.theme)
        case .prompt(let prompt): prompt.draw(into: &surface, in: rect, theme: options.theme)
        case nil: break
        }
    }
}
