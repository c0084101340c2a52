/// A key as a person names it.
public struct Key: Sendable, Hashable {
    public enum Code: Sendable, Hashable {
        /// One printable character, shift already applied.
        case character(Character)
        /// Control and a letter, in lower case: `^C` is `.control("c")`.
        case control(Character)
        case enter, tab, backTab, escape, backspace, delete, insert
        case up, down, left, right, home, end, pageUp, pageDown
        case function(Int)
    }
    public var code: Code
    /// Alt, or Escape sent before.
    public var alt: Bool

    public init(_ code: Code, alt: Bool = false) {
        self.code = code
        self.alt = alt
    }
}

public struct MouseEvent: Sendable, Hashable {
    public enum Action: Sendable, Hashable {
        case click, wheelUp, wheelDown
    }
    public var action: Action
    public var position: Point

    public init(_ action: Action, at position: Point) {
        self.action = action
        self.position = position
    }
}

/// What the terminal reports.
public enum InputEvent: Sendable, Hashable {
    case key(Key)
    /// Bracketed paste: goes into a field, never runs keys.
    case paste(String)
    case mouse(MouseEvent)
    case resize(Size)
    /// Back from a suspension: everything is drawn anew.
    case resumed
    /// SIGTERM, SIGHUP or a lost terminal: leave.
    case terminated
}
