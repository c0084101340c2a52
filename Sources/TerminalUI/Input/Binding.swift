/// One line of a screen's key table: the footer, the help and the documentation are made from these, and so is what a
/// key does.
public struct Binding<Action: Sendable>: Sendable {
    public var keys: [Key]
    public var action: Action
    /// One or two words, for the footer.
    public var label: String
    /// One sentence, for the help.
    public var help: String
    public var showsInFooter: Bool

    public init(_ keys: Key..., action: Action, label: String, help: String, showsInFooter: Bool = true) {
        self.init(keys: keys, action: action, label: label, help: help, showsInFooter: showsInFooter)
    }

    public init(keys: [Key], action: Action, label: String, help: String, showsInFooter: Bool = true) {
        self.keys = keys
        self.action = action
        self.label = label
        self.help = help
        self.showsInFooter = showsInFooter
    }

    /// The keys as people write them, joined by `/`.
    public func keyNames(_ glyphs: Glyphs = .unicode) -> String {
        keys.map { $0.name(glyphs) }.joined(separator: "/")
    }

    public func hint(_ glyphs: Glyphs = .unicode) -> KeyHint {
        KeyHint(key: keys.first?.name(glyphs) ?? "", label: label)
    }
}

extension Binding: Equatable where Action: Equatable {}
extension Binding: Hashable where Action: Hashable {}

extension Array {
    /// What the key does, by this table; nil when it does nothing here.
    public func action<Action>(for key: Key) -> Action? where Element == Binding<Action> {
        first { $0.keys.contains(key) }?.action
    }

    /// The hints for the footer, in the table's order.
    public func footer<Action>(_ glyphs: Glyphs = .unicode) -> [KeyHint] where Element == Binding<Action> {
        filter(\.showsInFooter).map { $0.hint(glyphs) }
    }
}

/// A key and what it does, in a footer.
public struct KeyHint: Sendable, Hashable {
    public var key: String
    public var label: String

    public init(key: String, label: String) {
        self.key = key
        self.label = label
    }
}

extension [KeyHint] {
    /// As many hints as fit in the rectangle's first row, the earlier ones first; none is cut in the middle.
    public func draw(into surface: inout Surface, in rect: Rect, theme: Theme) {
        guard !rect.isEmpty else { return }
        var x = rect.x
        for hint in self {
            let width = Text.width(hint.key) + 1 + Text.width(hint.label)
            guard x + width <= rect.maxX else { return }
            x += surface.write([Span(hint.key, theme.key), " ", Span(hint.label, theme.dim)], at: Point(x, rect.y)) + 2
        }
    }
}
