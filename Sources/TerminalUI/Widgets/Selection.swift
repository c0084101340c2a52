/// Where a list stands: which row is chosen and which is at the top. The keys are the same for every list.
public struct Selection: Sendable, Hashable {
    public private(set) var index: Int = 0
    /// The row at the top, as far as it was known at the last key; drawing corrects it for the height it has.
    public private(set) var top: Int = 0
    public private(set) var count: Int
    /// Rows that are seen at once, for paging. Set it when the layout changes.
    public var visibleRows: Int = 10 {
        didSet { follow() }
    }

    public init(count: Int = 0) {
        self.count = max(0, count)
    }

    /// The chosen row; nil when there is none.
    public var current: Int? { count > 0 ? index : nil }

    public mutating func select(_ row: Int) {
        index = min(max(0, row), max(0, count - 1))
        follow()
    }

    /// The list got longer or shorter; the chosen row stays if it is still there.
    public mutating func setCount(_ newCount: Int) {
        count = max(0, newCount)
        select(index)
    }

    /// Arrows, j k, g G, Home End, PgUp PgDn, ^U ^D (half a page), ^F ^B.
    /// - Parameter letters: false where letters are typed into a filter.
    /// - Returns: whether the key is one of these.
    public mutating func update(_ key: Key, letters: Bool = true) -> Bool {
        guard !key.alt else { return false }
        switch key.code {
        case .character(let letter) where letters: return update(letter: letter)
        case .up, .control("p"): select(index - 1)
        case .down, .control("n"): select(index + 1)
        case .home: select(0)
        case .end: select(count - 1)
        case .pageUp, .control("b"): page(-max(1, visibleRows - 1))
        case .pageDown, .control("f"): page(max(1, visibleRows - 1))
        case .control("u"): page(-max(1, visibleRows / 2))
        case .control("d"): page(max(1, visibleRows / 2))
        default: return false
        }
        return true
    }

    /// A row that was clicked is chosen, the wheel moves.
    /// - Returns: whether it was either.
    public mutating func update(_ hit: MouseHit) -> Bool {
        if case .scroll(let rows) = hit.action {
            select(index + rows)
        } else if let row = hit.clickedItem {
            select(row)
        } else {
            return false
        }
        return true
    }

    private mutating func update(letter: Character) -> Bool {
        switch letter {
        case "j": select(index + 1)
        case "k": select(index - 1)
        case "g": select(0)
        case "G": select(count - 1)
        default: return false
        }
        return true
    }

    private mutating func page(_ rows: Int) {
        top = min(max(0, top + rows), max(0, count - visibleRows))
        select(index + rows)
    }

    private mutating func follow() {
        top = top(height: visibleRows)
    }

    /// The row at the top when `height` rows are seen.
    public func top(height: Int) -> Int {
        let height = max(1, height)
        let seen = min(max(top, index - height + 1), index)
        return max(0, min(seen, count - height))
    }
}
