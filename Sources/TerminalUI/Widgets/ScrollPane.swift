/// Lines to read, longer than the place for them. Long lines wrap unless `wraps` is false.
public struct ScrollPane: Sendable, Hashable {
    public var lines: [[Span]]
    public var wraps: Bool
    /// The first row seen; drawing corrects it for the size it has.
    public private(set) var offset: Int = 0
    /// The size it is drawn in, for paging. Set it when the layout changes.
    public var viewport: Size = Size(80, 10)

    public init(_ lines: [[Span]] = [], wraps: Bool = true) {
        self.lines = lines
        self.wraps = wraps
    }

    /// One string, split at its newlines.
    public init(text: String, style: Style = .plain, wraps: Bool = true) {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        self.init(lines.map { [Span(String($0), style)] }, wraps: wraps)
    }

    /// Arrows, j k, g G, Home End, PgUp PgDn, Space, ^U ^D, ^F ^B.
    /// - Returns: whether the key is one of these.
    public mutating func update(_ key: Key) -> Bool {
        guard !key.alt else { return false }
        let page = max(1, viewport.height - 1)
        switch key.code {
        case .up, .character("k"): scroll(-1)
        case .down, .character("j"): scroll(1)
        case .home, .character("g"): scroll(to: 0)
        case .end, .character("G"): scroll(to: .max)
        case .pageUp, .control("b"): scroll(-page)
        case .pageDown, .control("f"), .character(" "): scroll(page)
        case .control("u"): scroll(-max(1, viewport.height / 2))
        case .control("d"): scroll(max(1, viewport.height / 2))
        default: return false
        }
        return true
    }

    public mutating func scroll(_ rows: Int) {
        scroll(to: offset + rows)
    }

    public mutating func scroll(to row: Int) {
        offset = min(max(0, row), maximumOffset(viewport))
    }

    /// Rows that it takes at this width.
    public func height(width: Int) -> Int {
        rows(width: width).count
    }

    private func maximumOffset(_ size: Size) -> Int {
        max(0, fitted(size).rows.count - size.height)
    }

    private func rows(width: Int) -> [[Span]] {
        wraps ? lines.flatMap { Text.wrapped($0, width: width) } : lines
    }

    /// The rows, one column less when a scroll bar is needed.
    private func fitted(_ size: Size) -> (rows: [[Span]], width: Int) {
        let rows = rows(width: size.width)
        guard rows.count > size.height, size.width > 1 else { return (rows, size.width) }
        return (self.rows(width: size.width - 1), size.width - 1)
    }

    public func draw(into surface: inout Surface, in rect: Rect, theme: Theme, focused: Bool = false) {
        guard !rect.isEmpty else { return }
        surface.register(.ground, in: rect)
        let (rows, width) = fitted(rect.size)
        let top = min(offset, max(0, rows.count - rect.height))
        for (line, row) in rows.dropFirst(top).prefix(rect.height).enumerated() {
            surface.write(row, at: Point(rect.x, rect.y + line), limit: width)
        }
        Scrollbar.draw(into: &surface, in: rect, top: top, count: rows.count, theme: theme)
    }
}
