/// A short word about what just happened. Who shows it says for how long.
public struct Toast: Sendable, Hashable {
    public enum Kind: Sendable, Hashable { case done, note, warning, failed }

    public var text: String
    public var kind: Kind

    public init(_ text: String, kind: Kind = .note) {
        self.text = text
        self.kind = kind
    }

    /// In the last row of the rectangle, at its right end.
    public func draw(into surface: inout Surface, in rect: Rect, theme: Theme) {
        guard !rect.isEmpty else { return }
        let shown = Text.truncated(" \(sign(theme.glyphs)) \(text) ", to: rect.width, ellipsis: theme.glyphs.ellipsis)
        let style = style(theme).layered(over: Style(.standard, on: .standard, .reverse))
        surface.write(shown, at: Point(rect.maxX - Text.width(shown), rect.maxY - 1), style: style)
    }

    private func sign(_ glyphs: Glyphs) -> String {
        switch kind {
        case .done: glyphs.check
        case .note: glyphs.bullet
        case .warning: glyphs.warning
        case .failed: glyphs.cross
        }
    }

    private func style(_ theme: Theme) -> Style {
        switch kind {
        case .done: theme.good
        case .note: theme.text
        case .warning: theme.warning
        case .failed: theme.bad
        }
    }
}
