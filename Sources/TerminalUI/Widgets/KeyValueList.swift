/// Labels in one column, values in the next; long values wrap under themselves.
public struct KeyValueList: Sendable, Hashable {
    public struct Item: Sendable, Hashable {
        public var label: String
        public var value: [Span]

        public init(_ label: String, _ value: String, _ style: Style = .plain) {
            self.init(label, [Span(value, style)])
        }

        public init(_ label: String, _ value: [Span]) {
            self.label = label
            self.value = value
        }
    }

    public var items: [Item]
    /// Columns of the labels; as wide as the longest when nil.
    public var labelWidth: Int?

    public init(_ items: [Item] = [], labelWidth: Int? = nil) {
        self.items = items
        self.labelWidth = labelWidth
    }

    /// The rows as they are drawn: for a `ScrollPane`, or to count them. Where labels would take more than half, values
    /// stand below them.
    public func lines(width: Int, theme: Theme) -> [[Span]] {
        let labels = labelWidth ?? items.map { Text.width($0.label) }.max() ?? 0
        let isNarrow = labels + 2 > width / 2
        let indent = isNarrow ? 2 : labels + 2
        return items.flatMap { item -> [[Span]] in
            let values = Text.wrapped(item.value, width: max(1, width - indent))
            if isNarrow {
                return [[Span(item.label, theme.label)]] + values.map { [Span("  ")] + $0 }
            }
            return values.enumerated().map { row, value in
                [Span(Text.padded(row == 0 ? item.label : "", to: labels) + "  ", theme.label)] + value
            }
        }
    }

    public func draw(into surface: inout Surface, in rect: Rect, theme: Theme) {
        for (row, line) in lines(width: rect.width, theme: theme).prefix(rect.height).enumerated() {
            surface.write(line, at: Point(rect.x, rect.y + row), limit: rect.width)
        }
    }
}
