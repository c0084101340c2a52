/// Names what answers the mouse, as the one who draws it calls it.
public struct Place: Sendable, Hashable {
    public var name: String
    /// Which of several of that name.
    public var number: Int

    public init(_ name: String, _ number: Int = 0) {
        self.name = name
        self.number = number
    }
}

/// A part of a frame that answers the mouse. It is registered by what draws it, so that only that knows where it stands.
public struct Target: Sendable, Hashable {
    public enum Part: Sendable, Hashable {
        /// The whole of it: a click gives it the keys, the wheel scrolls it.
        case ground
        /// A row, an option, a title.
        case item(Int)
        /// The title of a table's column.
        case heading(Int)
        /// A line to type in: a click puts the cursor there.
        case text
        /// A click is as good as the key.
        case key(Key)
    }

    public var place: Place
    public var part: Part
    public var rect: Rect
}

/// What the mouse does to a target.
public struct MouseHit: Sendable, Hashable {
    public enum Action: Sendable, Hashable {
        case click
        /// By so many rows, downwards when positive.
        case scroll(Int)
    }

    public var action: Action
    public var target: Target
    public var position: Point

    public init(_ action: Action, _ target: Target, at position: Point) {
        self.action = action
        self.target = target
        self.position = position
    }

    public var place: Place { target.place }
    /// Which item was clicked; `nil` for the wheel, and beside items.
    public var clickedItem: Int? {
        guard action == .click, case .item(let index) = target.part else { return nil }
        return index
    }
}

extension Surface {
    /// Draws something that answers the mouse by this name.
    public mutating func within(_ name: Place, _ draw: (inout Surface) -> Void) {
        let outer = place
        place = name
        draw(&self)
        place = outer
    }

    /// The rectangle answers the mouse from now on, before all that was registered earlier.
    public mutating func register(_ part: Target.Part, in rect: Rect) {
        if !rect.isEmpty { targets.append(Target(place: place, part: part, rect: rect)) }
    }

    /// What was drawn so far answers the mouse no longer: something lies over it.
    public mutating func forgetTargets() {
        targets = []
    }

    /// What the mouse meets; the wheel passes through to what scrolls.
    public func hit(by mouse: MouseEvent) -> MouseHit? {
        let isWheel = mouse.action == .wheelUp || mouse.action == .wheelDown
        let met = targets.last { $0.rect.contains(mouse.position) && (!isWheel || $0.part == .ground) }
        guard let met else { return nil }
        let action: MouseHit.Action =
            switch mouse.action {
            case .click: .click
            case .wheelUp: .scroll(-3)
            case .wheelDown: .scroll(3)
            }
        return MouseHit(action, met, at: mouse.position)
    }
}
