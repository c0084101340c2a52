import TerminalUI
import Testing

@testable import Screens

/// Rows of a page, built at its width.
@Suite struct PageTests {
    private func rows(_ write: (inout Page) -> Void) -> [String] {
        var page = Page(width: 30, theme: .standard)
        page.labelWidth = 10
        write(&page)
        return page.rows.map { $0.map(\.text).joined() }
    }

    @Test func aLabelThatLeavesNoGapHasARowOfItsOwn() {
        #expect(rows { $0.exact("Issuer", "exactly x") } == ["Issuer    exactly x"])
        #expect(rows { $0.exact("repository_owner", "exactly x") } == ["repository_owner", "          exactly x"])
        #expect(rows { $0.pair("0123456789", "x") } == ["0123456789", "          x"])
    }

    @Test func aValueIsBrokenUnderItsBeginning() {
        #expect(
            rows { $0.exact("ARN", "0123456789012345678901") } == ["ARN       01234567890123456789", "          01"])
    }
}
