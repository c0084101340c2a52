/// Work that goes on: nothing for the first 150 ms (most is done by then), then a moving sign.
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

    /// The sign; empty while it is not visible.
    public func sign(_ glyphs: Glyphs) -> String {
        guard isVisible, !glyphs.spinner.isEmpty else { return "" }
        return glyphs.spinner[Int(elapsed / Self.frameLength) % glyphs.spinner.count]
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

    /// The bar in `width` columns, and the two numbers behind it.
    public func spans(width: Int, theme: Theme) -> [Span] {
        let full = total > 0 ? width * min(max(0, done), total) / total : 0
        return [
            Span(String(repeating: theme.glyphs.barFull, count: full), theme.accent),
            Span(String(repeating: theme.glyphs.barEmpty, count: width - full), theme.dim),
            Span(" \(done) of \(total)", theme.dim),
        ]
    }
}
