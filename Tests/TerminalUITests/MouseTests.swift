import TerminalUI
import Testing

/// What is drawn says itself where it stands: a click or the wheel there reaches it.
@Suite struct MouseTests {
    private static let place = Rect(x: 0, y: 2, width: 40, height: 11)

    private func hit(
        _ action: MouseEvent.Action, _ x: Int, _ y: Int, _ draw: (inout Surface) -> Void
    ) -> MouseHit? {
        var surface = Surface(size: Size(60, 16))
        surface.within(Place("here"), draw)
        return surface.hit(by: MouseEvent(action, at: Point(x, y)))
    }

    @Test func aTableTakesClicksAndTheWheel() throws {
        var table = TableView(columns: [TableColumn("Name", .flexible(min: 4))], rowCount: 100)
        func hitTable(_ action: MouseEvent.Action, _ x: Int, _ y: Int) -> MouseHit? {
            hit(action, x, y) { surface in
                table.draw(into: &surface, in: Self.place, theme: ascii, focused: true) { [TableCell("row \($0)")] }
            }
        }
        expect(table.selection.update(try #require(hitTable(.click, 3, 7))), true)
        #expect(table.selectedRow == 4)
        #expect(hitTable(.click, 3, 7)?.target.part == .key(.enter))
        expect(table.selection.update(try #require(hitTable(.wheelDown, 3, 7))), true)
        #expect(table.selectedRow == 7)
        #expect(hitTable(.click, 3, 2)?.target.part == .heading(0))
        #expect(hitTable(.click, 50, 5) == nil)
    }

    @Test func aTableWithoutTheKeysIsGivenThemFirst() {
        let table = TableView(columns: [TableColumn("Name", .flexible(min: 4))], rowCount: 3)
        let met = hit(.click, 3, 3) { surface in
            table.draw(into: &surface, in: Self.place, theme: ascii, focused: false) { [TableCell("row \($0)")] }
        }
        #expect(met?.clickedItem == 0)
        #expect(met?.place == Place("here"))
    }

    @Test(arguments: [(12, 0, 1), (0, 0, 0), (30, 0, 2), (34, 0, nil), (12, 1, nil), (50, 0, nil)])
    func tabsTellWhichOneIsClicked(_ x: Int, _ y: Int, _ expected: Int?) {
        let tabs = Tabs(["Caller", "Identities", "Token"], selected: 1)
        let met = hit(.click, x, y) { tabs.draw(into: &$0, in: Rect(Size(40, 1)), theme: ascii) }
        #expect(met?.clickedItem == expected)
    }

    @Test(arguments: [
        ("image-builder", 20, 5, 5), ("image-builder", 20, 19, 13), ("漢字かな", 20, 4, 2), ("漢字かな", 20, 5, 2),
        ("0123456789abcdef", 8, 1, 10), ("0123456789abcdef", 8, 7, 16), ("", 8, 3, 0),
    ])
    func aClickPutsTheCursorThere(_ text: String, _ width: Int, _ column: Int, _ cursor: Int) throws {
        var field = TextField(text)
        let met = hit(.click, 5 + column, 2) {
            field.draw(into: &$0, in: Rect(x: 5, y: 2, width: width, height: 1), theme: ascii, focused: true)
        }
        field.update(try #require(met))
        #expect(field.cursor == cursor)
    }

    @Test func buttonsArePressed() throws {
        var dialog = Dialog(
            title: "Delete", message: [["Gone for good."]], confirmLabel: "Delete", isDestructive: true,
            requiredText: "ci")
        func press(_ label: String) throws -> Dialog.Outcome {
            let rows = drawn(60, 16) { dialog.draw(into: &$0, in: $1, theme: ascii) }.split(
                separator: "\n", omittingEmptySubsequences: false)
            let y = try #require(rows.lastIndex { $0.contains(label) })
            let x = rows[y].distance(
                from: rows[y].startIndex, to: try #require(rows[y].firstRange(of: label)).lowerBound)
            let met = hit(.click, x, y) { dialog.draw(into: &$0, in: Rect(Size(60, 16)), theme: ascii) }
            return dialog.update(try #require(met))
        }
        expect(try press("Delete "), .open)
        dialog.paste("ci")
        expect(try press("Delete "), .confirmed)
        expect(try press("Cancel"), .cancelled)
    }

    @Test func whatLiesOverSomethingAnswersForIt() {
        var surface = Surface(size: Size(10, 3))
        surface.register(.ground, in: surface.bounds)
        surface.register(.item(1), in: Rect(x: 0, y: 0, width: 10, height: 1))
        #expect(surface.hit(by: MouseEvent(.click, at: Point(2, 0)))?.clickedItem == 1)
        #expect(surface.hit(by: MouseEvent(.wheelUp, at: Point(2, 0)))?.target.part == .ground)
        surface.forgetTargets()
        #expect(surface.hit(by: MouseEvent(.click, at: Point(2, 0))) == nil)
    }

    @Test func aFootersKeyIsPressed() {
        let hints = [
            KeyHint(.enter, label: "open"), KeyHint(.up, .down, label: "choose"), KeyHint(.escape, label: "close"),
        ]
        func met(_ x: Int) -> MouseHit? {
            hit(.click, x, 0) { hints.draw(into: &$0, in: Rect(Size(60, 1)), theme: ascii) }
        }
        #expect(met(2)?.target.part == .key(.enter))
        #expect(met(13) == nil)
        #expect(met(30)?.target.part == .key(.escape))
    }
}
