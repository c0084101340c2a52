/// One place on the screen as it is drawn.
public struct Cell: Sendable, Hashable {
    /// A character and the marks on it; empty in the second half of a wide one.
    public var text: String
    /// 1 or 2 columns; 0 in the second half of a wide character.
    public var width: Int
    public var style: Style

    public init(text: String, width: Int, style: Style) {
        self.text = text
        self.width = width
        self.style = style
    }
}

/// A frame: a grid of cells that widgets write into. What is written outside it is not kept.
public struct Surface: Sendable {
    public let size: Size
    /// Where the terminal's cursor stands; nil hides it.
    public var cursor: Point?
    /// What a cut text ends in.
    public var ellipsis: String
    private(set) var cells: [PackedCell]
    private(set) var clusters: [String] = []
    var targets: [Target] = []
    /// By what name parts are registered.
    var place = Place("")

    /// A blank frame; negative sizes count as zero.
    public init(size: Size, ellipsis: String = "…") {
        self.size = Size(max(0, size.width), max(0, size.height))
        self.ellipsis = ellipsis
        cells = Array(repeating: .blank(style: Style.plain.packed), count: self.size.width * self.size.height)
    }

    public var bounds: Rect { Rect(size) }

    public subscript(x: Int, y: Int) -> Cell {
        let cell = cells[y * size.width + x]
        return Cell(
            text: cell.isContinuation ? "" : text(of: cell), width: cell.isContinuation ? 0 : cell.isWide ? 2 : 1,
            style: Style(packed: cell.style))
    }

    func text(of cell: PackedCell) -> String {
        cell.cluster.map { clusters[$0] } ?? String(Character(cell.scalar))
    }

    /// Blanks in the style.
    public mutating func fill(_ rect: Rect, style: Style = .plain) {
        let packed = PackedCell.blank(style: style.packed)
        let columns = max(0, rect.x)..<max(max(0, rect.x), min(size.width, rect.maxX))
        for y in max(0, rect.y)..<max(max(0, rect.y), min(size.height, rect.maxY)) where !columns.isEmpty {
            set(packed, columns: columns, y: y)
        }
    }

    /// Writes one row of text, sanitised.
    /// - Parameter limit: columns it may take, to the right edge of the frame when nil. A text cut by either ends in
    ///   the ellipsis.
    /// - Returns: the columns used.
    @discardableResult
    public mutating func write(_ text: String, at point: Point, style: Style = .plain, limit: Int? = nil) -> Int {
        write([Span(text, style)], at: point, limit: limit)
    }

    /// Writes spans one after the other in one row, as `write` does for one.
    /// - Returns: the columns used.
    @discardableResult
    public mutating func write(_ spans: [Span], at point: Point, limit: Int? = nil) -> Int {
        let room = min(limit ?? Int.max, size.width - point.x)
        guard room > 0 else { return 0 }
        let isCut = spans.width > room
        let tail = isCut ? Text.truncated(ellipsis, to: room, ellipsis: "") : ""
        let end = point.x + room - Text.width(tail)
        var x = point.x
        var style = Style.plain
        for span in spans where x < end && !span.text.isEmpty {
            style = span.style
            let next = put(span.text, x: x, y: point.y, end: end, style: style.packed)
            let isWhole = next - x == Text.width(span.text)
            x = next
            if !isWhole { break }
        }
        if isCut { x = put(tail, x: x, y: point.y, end: point.x + room, style: style.packed) }
        return x - point.x
    }

    private mutating func put(_ text: String, x start: Int, y: Int, end: Int, style: UInt32) -> Int {
        var x = start
        for cluster in Clusters(text) {
            guard x + cluster.width <= end else { break }
            if (0..<size.height).contains(y), x >= 0, x + cluster.width <= size.width {
                set(cluster, x: x, y: y, style: style)
            }
            x += cluster.width
        }
        return x
    }

    private mutating func set(_ cluster: Cluster, x: Int, y: Int, style: UInt32) {
        let isWide = cluster.width == 2
        if isWide || !cluster.marks.isEmpty || cells[y * size.width + x].isWide
            || cells[y * size.width + x].isContinuation
        {
            set(.blank(style: style), columns: x..<x + cluster.width, y: y)
        }
        if cluster.marks.isEmpty {
            cells[y * size.width + x] = PackedCell(scalar: cluster.base, wide: isWide, style: style)
        } else {
            cells[y * size.width + x] = PackedCell(cluster: clusters.count, wide: isWide, style: style)
            clusters.append(cluster.string)
        }
        if isWide { cells[y * size.width + x + 1] = .continuation(style: style) }
    }

    /// Overwrites cells; a wide character half covered loses its other half.
    private mutating func set(_ cell: PackedCell, columns: Range<Int>, y: Int) {
        let row = y * size.width
        if columns.lowerBound > 0, cells[row + columns.lowerBound].isContinuation {
            cells[row + columns.lowerBound - 1] = .blank(style: cells[row + columns.lowerBound - 1].style)
        }
        if columns.upperBound < size.width, cells[row + columns.upperBound].isContinuation {
            cells[row + columns.upperBound] = .blank(style: cells[row + columns.upperBound].style)
        }
        for x in columns { cells[row + x] = cell }
    }
}

extension Surface: Equatable {
    public static func == (left: Surface, right: Surface) -> Bool {
        left.size == right.size && left.cursor == right.cursor
            && (0..<left.size.height).allSatisfy { left.row($0, equals: right) }
    }

    /// Whether a row would be drawn the same from both; they must be of one width.
    public func row(_ y: Int, equals other: Surface) -> Bool {
        let range = y * size.width..<(y + 1) * size.width
        for index in range {
            let (mine, its) = (cells[index], other.cells[index])
            if mine == its && mine.cluster == nil { continue }
            guard mine.style == its.style, mine.isWide == its.isWide, mine.cluster != nil, its.cluster != nil,
                text(of: mine) == other.text(of: its)
            else { return false }
        }
        return true
    }

    /// The rows as text, without the blanks at their ends, joined by newlines. For tests and for people who copy.
    public func plainText() -> String {
        (0..<size.height).map(rowText).joined(separator: "\n")
    }

    private func rowText(_ y: Int) -> String {
        var text = ""
        for x in 0..<size.width where !cells[y * size.width + x].isContinuation {
            text += self.text(of: cells[y * size.width + x])
        }
        while text.last == " " { text.removeLast() }
        return text
    }
}
