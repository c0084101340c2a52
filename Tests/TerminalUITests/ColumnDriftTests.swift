import TerminalUI
import TestSupport
import Testing

/// Whatever the text is made of (CJK, marks, emoji, right-to-left, control sequences): what stands behind it stays in
/// its column.
@Suite struct ColumnDriftTests {
    private let fixed = "###"

    /// Every row is full, and a wide character has both its halves.
    private func expectWhole(_ surface: Surface, at location: SourceLocation = #_sourceLocation) {
        for y in 0..<surface.size.height {
            var x = 0
            while x < surface.size.width {
                let cell = surface[x, y]
                #expect(
                    cell.width > 0 && !cell.text.isEmpty, "half a character at \(x), \(y)", sourceLocation: location)
                #expect(Text.width(cell.text) == cell.width, sourceLocation: location)
                #expect(
                    cell.width == 1 || (x + 1 < surface.size.width && surface[x + 1, y].width == 0),
                    sourceLocation: location)
                x += max(1, cell.width)
            }
        }
    }

    private func text(_ surface: Surface, x: Int, y: Int, columns: Int) -> String {
        (x..<x + columns).map { surface[$0, y].text }.joined()
    }

    @Test func tablesKeepTheirColumns() {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<200 {
            let width = Int.random(in: 14...60, using: &generator)
            let rows = (0..<6).map { _ in [hostileText(using: &generator), fixed, hostileText(using: &generator)] }
            var table = TableView(
                columns: [
                    TableColumn("Name", .flexible(min: 4)), TableColumn("Fix", .fixed(3)),
                    TableColumn("Rest", .flexible(min: 2)),
                ], rowCount: rows.count)
            table.selection.select(Int.random(in: 0..<6, using: &generator))
            var surface = Surface(size: Size(width, 7))
            table.draw(into: &surface, in: surface.bounds, theme: .standard, focused: true) { row in
                rows[row].map { TableCell($0) }
            }
            expectWhole(surface)
            let column = (0..<width).first { text(surface, x: $0, y: 0, columns: min(3, width - $0)) == "Fix" }
            guard let column else { continue }
            for y in 1...6 { #expect(text(surface, x: column, y: y, columns: 3) == fixed) }
        }
    }

    @Test func panesStayBesideEachOther() {
        var generator = SeededGenerator(seed: 12)
        for round in 0..<200 {
            let (left, right) = (Rect(x: 0, y: 0, width: 17, height: 6), Rect(x: 18, y: 0, width: 16, height: 6))
            let foreign = (0..<8).map { _ in hostileText(using: &generator) }
            var surface = Surface(size: Size(34, 6))
            for y in 0..<6 { surface.write("|", at: Point(17, y)) }
            for place in [left, right] {
                switch round % 4 {
                case 0:
                    ScrollPane(text: foreign.joined(separator: "\n")).draw(into: &surface, in: place, theme: .standard)
                case 1:
                    let options = foreign.map { ChoiceOption($0, detail: $0) }
                    Choice(options).draw(into: &surface, in: place, theme: .standard, focused: true)
                case 2:
                    MultiChoice(foreign.map { ChoiceOption($0) }).draw(
                        into: &surface, in: place, theme: .standard, focused: true)
                default:
                    TextField(foreign.joined(), placeholder: foreign[0]).draw(
                        into: &surface, in: place, theme: .standard, focused: true)
                }
            }
            expectWhole(surface)
            for y in 0..<6 { #expect(surface[17, y].text == "|") }
        }
    }

    @Test func listsUnderAFieldKeepWhatStandsAtTheRight() {
        var generator = SeededGenerator(seed: 13)
        for _ in 0..<100 {
            let titles = (0..<5).map { _ in hostileText(using: &generator) }
            let list = FilterList(titles)
            var surface = Surface(size: Size(30, 6))
            list.draw(into: &surface, in: surface.bounds, theme: .standard, none: "none") { index, _ in
                ([Span(titles[index])], [Span(fixed)])
            }
            expectWhole(surface)
            for y in 1...5 { #expect(text(surface, x: 25, y: y, columns: 3) == fixed) }
        }
    }
}
