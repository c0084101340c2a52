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

    public var hint: KeyHint { KeyHint(keys: Array(keys.prefix(1)), label: label) }
}

extension Binding: Equatable where Action: Equatable {}
extension Binding: Hashable where Action: Hashable {}

extension Array {
    /// What the key does, by this table; nil when it does nothing here.
    public func action<Action>(for key: Key) -> Action? where Element == Binding<Action> {
        first { $0.keys.contains(key) }?.action
    }

    /// The hints for the footer, in the table's order.
    public func footer<Action>() -> [KeyHint] where Element == Binding<Action> {
        filter(\.showsInFooter).map(\.hint)
    }
}

/// A key and what it does, in a footer.
public struct KeyHint: Sendable, Hashable {
    /// Keys that do the same, or the one and its opposite.
    public var keys: [Key]
    public var label: String

    public init(keys: [Key], label: String) {
        self.keys = keys
        self.label = label
    }

    public init(_ keys: Key..., label: String) {
        self.init(keys: keys, label: label)
    }

    private func spans(_ theme: Theme) -> [Span] {
        let names = keys.map { $0.name(theme.glyphs) }.joined(separator: " ")
        return [Span(names, theme.key), " ", Span(label, theme.dim)]
    }

    /// - Returns: the columns used; 0 when there was no room.
    fileprivate func draw(into surface: inout Surface, in rect: Rect, theme: Theme) -> Int {
        let spans = spans(theme)
        let width = spans.width
        guard width <= rect.width else { return 0 }
        surface.write(spans, at: rect.origin)
        if keys.count == 1 { surface.register(.key(keys[0]), in: Rect(x: rect.x, y: rect.y, width: width, height: 1)) }
        return width
    }

    fileprivate func width(_ theme: Theme) -> Int { spans(theme).width }
}

extension [KeyHint] {
    /// As many hints as fit in the rectangle's first row, the earlier ones first; none is cut in the middle, and an
    /// ellipsis tells that there are more. A click on one is as good as its key.
    public func draw(into surface: inout Surface, in rect: Rect, theme: Theme) {
        guard !rect.isEmpty else { return }
        let fits = width(theme) <= rect.width
        var rest = fits ? rect : rect.splitLeft(rect.width - 3).left
        for hint in self {
            let width = hint.draw(into: &surface, in: rest, theme: theme)
            guard width > 0 else { break }
            rest = Rect(x: rest.x + width + 2, y: rest.y, width: rest.width - width - 2, height: 1)
        }
        if !fits { surface.write(theme.glyphs.ellipsis, at: rest.origin, style: theme.dim, limit: rect.maxX - rest.x) }
    }

    /// Columns that all of them take.
    public func width(_ theme: Theme) -> Int {
        reduce(0) { $0 + $1.width(theme) } + 2 * Swift.max(0, count - 1)
    }
}
