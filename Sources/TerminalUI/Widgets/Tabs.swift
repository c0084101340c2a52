/// A row of titles, one of them current.
public struct Tabs: Sendable, Hashable {
    public var titles: [String]
    public var selected: Int
    /// Whether each title is preceded by the number key that opens it.
    public var isNumbered: Bool

    public init(_ titles: [String], selected: Int = 0, isNumbered: Bool = true) {
        self.titles = titles
        self.selected = selected
        self.isNumbered = isNumbered
    }

    /// One row. Where the titles do not fit, the current one is written out and the others by their number alone.
    public func draw(into surface: inout Surface, in rect: Rect, theme: Theme) {
        guard !rect.isEmpty else { return }
        let isShort = places(isShort: false, from: rect.x).last.map { $0.columns.upperBound - 1 > rect.maxX } ?? false
        for place in places(isShort: isShort, from: rect.x) where place.columns.lowerBound < rect.maxX {
            let isSelected = place.index == selected
            let style = isSelected ? theme.title.layered(over: Style(.standard, on: .standard, .reverse)) : theme.dim
            surface.write(
                place.text, at: Point(place.columns.lowerBound, rect.y), style: style,
                limit: rect.maxX - place.columns.lowerBound)
            let width = min(place.columns.upperBound, rect.maxX) - place.columns.lowerBound
            surface.register(
                .item(place.index), in: Rect(x: place.columns.lowerBound, y: rect.y, width: width, height: 1))
        }
    }

    private func places(isShort: Bool, from start: Int) -> [(index: Int, text: String, columns: Range<Int>)] {
        var x = start
        return titles.indices.map { index in
            let number = isNumbered ? "\(index + 1)" : ""
            let title = isShort && isNumbered && index != selected ? "" : titles[index]
            let text = " " + [number, title].filter { !$0.isEmpty }.joined(separator: " ") + " "
            defer { x += Text.width(text) }
            return (index, text, x..<x + Text.width(text))
        }
    }
}
