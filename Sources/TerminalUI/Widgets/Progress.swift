/// Work that goes on: nothing for the first 150 ms (most is done by then), then a moving sign and the time it took.
public struct Spinner: Sendable, Hashable {
    public static let delay = Duration.milliseconds(150)
    private static let frameLength = Duration.milliseconds(100)

    public var elapsed: Duration

    public init(elapsed: Duration) {
        self.elapsed = elapsed
    }

    public var isVisible: Bool { elapsed >= Spinner.delay }

    /// How long until it looks different: ask for a tick then.
    public var nextChange: Duration {
        isVisible ? Self.frameLength : Spinner.delay - elapsed
    }

    /// The sign and the seconds; empty while it is not visible.
    public func text(_ glyphs: Glyphs) -> String {
        guard isVisible, !glyphs.spinner.isEmpty else { return "" }
        let frame = Int(elapsed / Self.frameLength) % glyphs.spinner.count
        return glyphs.spinner[frame] + " " + elapsed.spoken
    }

    public func spans(_ theme: Theme) -> [Span] {
        isVisible ? [Span(text(theme.glyphs), theme.accent)] : []
    }
}

/// Part of a known whole.
public struct ProgressBar: Sendable, Hashable {
    public var done: Int
    public var total: Int

    public init(done: Int, total: Int) {
        self.done = done
        self.total = total
    }

    /// One row: the bar, and the two numbers behind it.
    public func draw(into surface: inout Surface, in rect: Rect, theme: Theme) {
        guard !rect.isEmpty else { return }
        let numbers = " \(done)/\(total)"
        let width = rect.width - Text.width(numbers)
        guard width > 2, total > 0 else {
            surface.write(numbers, at: rect.origin, style: theme.dim, limit: rect.width)
            return
        }
        let full = width * min(max(0, done), total) / total
        let bar = [
            Span(String(repeating: theme.glyphs.barFull, count: full), theme.accent),
            Span(String(repeating: theme.glyphs.barEmpty, count: width - full), theme.dim), Span(numbers, theme.dim),
        ]
        surface.write(bar, at: rect.origin, limit: rect.width)
    }
}

extension Duration {
    /// `0.4 s`, `12 s`, `3 min 05 s`, `2 h 04 min`: as exact as one needs while waiting.
    public var spoken: String {
        let tenths = Int(self / .milliseconds(100))
        let seconds = tenths / 10
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        if tenths < 100 { return "\(seconds).\(tenths % 10) s" }
        if seconds < 60 { return "\(seconds) s" }
        if seconds < 3600 { return "\(seconds / 60) min \(two(seconds % 60)) s" }
        return "\(seconds / 3600) h \(two(seconds / 60 % 60)) min"
    }
}
