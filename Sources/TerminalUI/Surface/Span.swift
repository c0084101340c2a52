/// A piece of text in one style. Sanitised when it is written.
public struct Span: Sendable, Hashable, ExpressibleByStringLiteral {
    public var text: String
    public var style: Style

    public init(_ text: String, _ style: Style = .plain) {
        self.text = text
        self.style = style
    }

    public init(stringLiteral value: String) {
        self.init(value)
    }
}

extension [Span] {
    /// Columns that the spans take, one after the other.
    public var width: Int { reduce(0) { $0 + Text.width($1.text) } }
}
