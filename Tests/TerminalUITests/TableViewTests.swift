import TerminalUI
import Testing

@Suite struct TableViewTests {
    private let columns = [
        TableColumn("Name", .flexible(min: 6, max: 12)), TableColumn("Type", .fixed(4), priority: 1),
        TableColumn("UIDP", .flexible(min: 8), priority: 2),
        TableColumn("Uses", .fixed(4), priority: 3, alignsRight: true),
    ]

    private func row(_ index: Int) -> [TableCell] {
        [TableCell("name-\(index)"), "role", TableCell("0123456789abcdef/\(index)"), TableCell("\(index)")]
    }

    private func drawnTable(_ table: TableView, _ width: Int, _ height: Int) -> String {
        drawn(width, height) { table.draw(into: &$0, in: $1, theme: ascii, focused: true, row: row) }
    }

    @Test func showsAllColumnsWhereThereIsRoom() {
        let table = TableView(columns: columns, rowCount: 2)
        #expect(
            drawnTable(table, 52, 4) == """
                  Name          Type  UIDP                      Uses
                > name-0        role  0123456789abcdef/0           0
                  name-1        role  0123456789abcdef/1           1

                """)
    }

    @Test(arguments: [
        (30, ["Name", "Type", "UIDP", "Uses"]), (29, ["Name", "Type", "UIDP"]), (23, ["Name", "Type"]), (13, ["Name"]),
        (5, ["Na…"]),
    ])
    func dropsTheLeastImportantFirst(_ width: Int, _ titles: [String]) {
        let table = TableView(columns: columns, rowCount: 1)
        let header = drawnTable(table, width, 2).split(separator: "\n")[0]
        #expect(header.split(separator: " ").map(String.init) == titles)
    }

    @Test func asksOnlyForRowsThatAreSeen() {
        var table = TableView(columns: columns, rowCount: 100_000)
        table.selection.visibleRows = 9
        expect(table.update(.character("G")), true)
        var asked: [Int] = []
        _ = drawn(60, 10) { surface, rect in
            table.draw(into: &surface, in: rect, theme: ascii, focused: true) { index in
                asked.append(index)
                return row(index)
            }
        }
        #expect(asked == Array(99_991..<100_000))
    }

    @Test(arguments: [
        ([Key.down, .character("j")], 2), ([.character("G")], 99), ([.character("G"), .up, .character("k")], 97),
        ([Key(.pageDown)], 9), ([.control("d")], 5), ([.control("d"), .control("u"), .up], 0),
        ([Key(.end), .character("g")], 0), ([Key(.end), Key(.pageUp)], 90),
    ])
    func moves(_ keys: [Key], _ selected: Int) {
        var table = TableView(columns: columns, rowCount: 100)
        table.selection.visibleRows = 10
        for key in keys { expect(table.update(key), true) }
        #expect(table.selectedRow == selected)
    }

    @Test func keepsTheSelectionSeenAndTheRowsStill() {
        var table = TableView(columns: columns, rowCount: 100)
        table.selection.visibleRows = 10
        for _ in 0..<12 { _ = table.update(.down) }
        #expect(table.selection.top(height: 10) == 3)
        for _ in 0..<5 { _ = table.update(.up) }
        #expect(table.selection.top(height: 10) == 3)
        #expect(table.selection.top(height: 2) == 6)
        table.rowCount = 5
        #expect(table.selectedRow == 4)
        table.rowCount = 0
        #expect(table.selectedRow == nil)
        #expect(drawnTable(table, 30, 2).hasSuffix("\n  Nothing here."))
    }

    @Test func marksTheColumnItIsSortedBy() {
        var table = TableView(columns: columns, rowCount: 1)
        table.sorted = (0, false)
        #expect(drawnTable(table, 60, 1).hasPrefix("  Name Down"))
    }
}
