/// What each part of a screen looks like, by its role. No role is told from another by colour alone: the glyph or the
/// words beside it say the same.
public struct Theme: Sendable, Hashable {
    public var name: String
    public var text, dim, title, label, border: Style
    public var accent, key, badge: Style
    public var selected, selectedUnfocused, focus: Style
    public var good, warning, bad: Style
    public var glyphs: Glyphs

    /// The person's own foreground and background, and colours of middle lightness that can be read on light and on
    /// dark (contrast at least 3.8 to 1 on white and on black).
    public static let standard = Theme(
        name: "standard",
        text: .plain, dim: Style(.palette(243)), title: Style(.standard, on: .standard, .bold),
        label: Style(.palette(243)), border: Style(.palette(243)),
        accent: Style(.palette(31)), key: Style(.palette(31), on: .standard, .bold),
        badge: Style(.palette(16), on: .palette(214), .bold),
        selected: Style(.palette(231), on: .palette(24), .bold),
        selectedUnfocused: Style(.palette(231), on: .palette(241)),
        focus: Style(.palette(31), on: .standard, .underline),
        good: Style(.palette(28)), warning: Style(.palette(166)), bad: Style(.palette(160), on: .standard, .bold),
        glyphs: .unicode)

    /// Nothing dim; the sixteen named colours only, marked by weight as well.
    public static let highContrast = Theme(
        name: "high-contrast",
        text: .plain, dim: .plain, title: Style(.standard, on: .standard, [.bold, .underline]),
        label: Style(.standard, on: .standard, .bold), border: .plain,
        accent: Style(.standard, on: .standard, .bold), key: Style(.standard, on: .standard, [.bold, .underline]),
        badge: Style(.ansi(0), on: .ansi(11), .bold),
        selected: Style(.standard, on: .standard, [.reverse, .bold]),
        selectedUnfocused: Style(.standard, on: .standard, .reverse),
        focus: Style(.standard, on: .standard, [.bold, .underline]),
        good: Style(.ansi(2), on: .standard, .bold), warning: Style(.ansi(5), on: .standard, .bold),
        bad: Style(.ansi(15), on: .ansi(1), .bold),
        glyphs: .unicode)

    /// No colour at all: for `NO_COLOR`, and for terminals without.
    public static let mono = Theme(
        name: "mono",
        text: .plain, dim: Style(.standard, on: .standard, .dim), title: Style(.standard, on: .standard, .bold),
        label: Style(.standard, on: .standard, .dim), border: Style(.standard, on: .standard, .dim),
        accent: Style(.standard, on: .standard, .bold), key: Style(.standard, on: .standard, .bold),
        badge: Style(.standard, on: .standard, [.reverse, .bold]),
        selected: Style(.standard, on: .standard, .reverse),
        selectedUnfocused: Style(.standard, on: .standard, [.bold, .underline]),
        focus: Style(.standard, on: .standard, [.bold, .underline]),
        good: .plain, warning: Style(.standard, on: .standard, .bold),
        bad: Style(.standard, on: .standard, [.bold, .reverse]),
        glyphs: .unicode)

    public static let all: [Theme] = [.standard, .highContrast, .mono]

    /// The parts of a screen that a theme gives a style to, as people write them.
    public enum Role: String, Sendable, Hashable, CaseIterable {
        case text, dim, title, label, border, accent, key, badge, selected
        case selectedUnfocused = "selected-unfocused"
        case focus, good, warning, bad

        fileprivate var path: WritableKeyPath<Theme, Style> {
            switch self {
            case .text: \.text
            case .dim: \.dim
            case .title: \.title
            case .label: \.label
            case .border: \.border
            case .accent: \.accent
            case .key: \.key
            case .badge: \.badge
            case .selected: \.selected
            case .selectedUnfocused: \.selectedUnfocused
            case .focus: \.focus
            case .good: \.good
            case .warning: \.warning
            case .bad: \.bad
            }
        }
    }

    public subscript(role: Role) -> Style {
        get { self[keyPath: role.path] }
        set { self[keyPath: role.path] = newValue }
    }

    /// - Parameter name: `standard`, `high-contrast` or `mono`; nil for any other.
    public init?(named name: String) {
        guard let theme = Theme.all.first(where: { $0.name == name }) else { return nil }
        self = theme
    }

    init(
        name: String, text: Style, dim: Style, title: Style, label: Style, border: Style, accent: Style, key: Style,
        badge: Style, selected: Style, selectedUnfocused: Style, focus: Style, good: Style, warning: Style, bad: Style,
        glyphs: Glyphs
    ) {
        self.name = name
        (self.text, self.dim, self.title, self.label, self.border) = (text, dim, title, label, border)
        (self.accent, self.key, self.badge) = (accent, key, badge)
        (self.selected, self.selectedUnfocused, self.focus) = (selected, selectedUnfocused, focus)
        (self.good, self.warning, self.bad, self.glyphs) = (good, warning, bad, glyphs)
    }

    public func with(glyphs: Glyphs) -> Theme {
        var theme = self
        theme.glyphs = glyphs
        return theme
    }

    /// What a filter has found in a text.
    public var found: Style { Style(key.foreground, on: key.background, key.attributes.union(.underline)) }

    public func selection(focused: Bool) -> Style { focused ? selected : selectedUnfocused }
}
