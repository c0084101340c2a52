import TerminalUI
import Testing

@Suite struct WidgetTests {
    private let options = [
        ChoiceOption("role", detail: "for machines"), ChoiceOption("root", disabledReason: "never accepted"),
        ChoiceOption("user"),
    ]

    @Test func choicePassesOverWhatCannotBeChosen() {
        var choice = Choice(options)
        expect(choice.update(.down), true)
        #expect(choice.selected == 2)
        expect(choice.update(.down), true)
        #expect(choice.selected == 2)
        expect(choice.update(.character("k")), true)
        #expect(choice.selected == 0)
        choice.select(1)
        #expect(choice.selected == 0)
        expect(choice.update(.enter), false)
        #expect(
            drawn(26, 3) { choice.draw(into: &$0, in: $1, theme: ascii, focused: true) } == """
                (*) role  for machines
                ( ) root  never accepted
                ( ) user
                """)
    }

    @Test func multiChoiceFiltersAndChecks() {
        var roles = MultiChoice(
            ["viewer", "owner", "registry.pull", "registry.push"].map { ChoiceOption($0) }, checked: [0])
        for key in [Key.character("/"), .character("p"), .character("u"), .character("s")] {
            expect(roles.update(key), true)
        }
        #expect(
            drawn(40, 4) { roles.draw(into: &$0, in: $1, theme: ascii, focused: true) } == """
                / pus                      1 of 4 chosen
                > [ ] registry.push


                """)
        expect(roles.update(.enter), true)
        expect(roles.update(.space), true)
        #expect(roles.checked == [0, 3])
        expect(roles.update(.escape), true)
        #expect(roles.current == 3 || roles.current == 0)
        expect(roles.update(.escape), false)
        #expect(roles.checked == [0, 3])
    }

    @Test func multiChoiceKeepsDisabledOnesUnchecked() {
        var choice = MultiChoice(options)
        _ = choice.update(.down)
        _ = choice.update(.space)
        #expect(choice.checked.isEmpty)
    }

    @Test func tabsShowNumbersAloneWhereTheyDoNotFit() {
        let tabs = Tabs(["Caller", "Identities", "Token"], selected: 1)
        #expect(drawn(40, 1) { tabs.draw(into: &$0, in: $1, theme: ascii) } == " 1 Caller  2 Identities  3 Token")
        #expect(drawn(24, 1) { tabs.draw(into: &$0, in: $1, theme: ascii) } == " 1  2 Identities  3")
    }

    @Test func scrollPaneScrollsToItsEndAndNoFurther() {
        var pane = ScrollPane(text: (1...9).map { "line \($0)" }.joined(separator: "\n"))
        pane.viewport = Size(8, 3)
        expect(pane.update(.character("j")), true)
        #expect(drawn(8, 3) { pane.draw(into: &$0, in: $1, theme: ascii) } == "line 2 #\nline 3 |\nline 4 |")
        expect(pane.update(.character("G")), true)
        #expect(drawn(8, 3) { pane.draw(into: &$0, in: $1, theme: ascii) } == "line 7 |\nline 8 |\nline 9 #")
        expect(pane.update(.down), true)
        #expect(pane.offset == 6)
        expect(pane.update(Key(.pageUp)), true)
        #expect(pane.offset == 4)
        expect(pane.update(.character("g")), true)
        #expect(pane.offset == 0)
        expect(pane.update(.enter), false)
        #expect(drawn(4, 2) { pane.draw(into: &$0, in: $1, theme: ascii) } == "lin#\ne 1|")
    }

    @Test(arguments: [
        (0, "", 150), (149, "", 1), (150, "/", 100), (2_340, "\\", 100), (12_000, "|", 100), (185_250, "|", 100),
    ])
    func spinnerKeepsQuietAtFirst(_ milliseconds: Int, _ text: String, _ next: Int) {
        let spinner = Spinner(elapsed: .milliseconds(milliseconds))
        #expect(spinner.sign(.ascii) == text)
        #expect(spinner.nextChange == .milliseconds(next))
    }

    @Test(arguments: [
        (0, "------- 0 of 10"), (5, "###---- 5 of 10"), (10, "####### 10 of 10"), (30, "####### 30 of 10"),
    ])
    func progressBarFills(_ done: Int, _ bar: String) {
        #expect(ProgressBar(done: done, total: 10).spans(width: 7, theme: ascii).map(\.text).joined() == bar)
    }

    @Test func progressOfAnEmptyWholeIsNone() {
        #expect(ProgressBar(done: 0, total: 0).spans(width: 3, theme: ascii).map(\.text).joined() == "--- 0 of 0")
    }

    @Test func dialogStartsOnCancel() {
        var dialog = Dialog(title: "Log out", message: "Forget the token?", confirmLabel: "Log out")
        expect(dialog.update(.enter), .cancelled)
        expect(dialog.update(.tab), .open)
        expect(dialog.update(.enter), .confirmed)
        expect(dialog.update(.escape), .cancelled)
        #expect(
            drawn(44, 7) { dialog.draw(into: &$0, in: $1, theme: ascii) } == """
                  +- Log out ----------------------------+
                  | Forget the token?                    |
                  |                                      |
                  |                                      |
                  |                  Cancel   > Log out  |
                  +--------------------------------------+

                """)
    }

    @Test func dialogSaysWhatThereIsNoRoomFor() {
        let message = ["one", "two", "three", "four", "five"].map { [Span($0)] }
        let dialog = Dialog(title: "Delete", message: message, confirmLabel: "Delete", requiredText: "ci")
        let low = drawn(44, 8) { dialog.draw(into: &$0, in: $1, theme: ascii) }
        #expect(low.contains("one") && !low.contains("two") && low.contains("4 more rows: enlarge"), "\(low)")
        let high = drawn(44, 16) { dialog.draw(into: &$0, in: $1, theme: ascii) }
        #expect(high.contains("five") && !high.contains("more rows"), "\(high)")
    }

    @Test func dialogWantsTheNameTyped() {
        var dialog = Dialog(
            title: "Delete", message: [["Gone for good."]], confirmLabel: "Delete", isDestructive: true,
            requiredText: "ci")
        _ = dialog.update(.tab)
        expect(dialog.update(.enter), .open)
        #expect(!dialog.isReady)
        for key in [Key.character("c"), .character("x"), Key(.backspace)] { expect(dialog.update(key), .open) }
        dialog.paste("i\n")
        #expect(dialog.isReady)
        expect(dialog.update(.enter), .open)
        expect(dialog.update(.enter), .confirmed)
    }
}
