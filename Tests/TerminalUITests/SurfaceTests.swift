import TerminalUI
import Testing

@Suite struct SurfaceTests {
    private let red = Style(.ansi(1))

    @Test func writesAndReads() {
        var surface = Surface(size: Size(10, 2))
        #expect(surface.write("ab漢e\u{301}", at: Point(1, 1), style: red) == 5)
        #expect(surface.plainText() == "\n ab漢e\u{301}")
        #expect(surface[3, 1] == Cell(text: "漢", width: 2, style: red))
        #expect(surface[4, 1] == Cell(text: "", width: 0, style: red))
        #expect(surface[5, 1].text == "e\u{301}")
        #expect(surface[0, 0] == Cell(text: " ", width: 1, style: .plain))
    }

    @Test func cutsAtTheEdgeWithAnEllipsis() {
        var surface = Surface(size: Size(6, 1))
        #expect(surface.write("too long", at: Point(2, 0)) == 4)
        #expect(surface.plainText() == "  too…")
    }

    @Test func cutsSpansWhereTheyNoLongerFit() {
        var surface = Surface(size: Size(10, 1))
        surface.write([Span("abc", red), Span("def")], at: Point(0, 0), limit: 3)
        #expect(surface.plainText() == "ab…")
        #expect(surface[2, 0].style == red)
    }

    @Test func fillsAWholeSpanAndNoMore() {
        var surface = Surface(size: Size(10, 1))
        #expect(surface.write([Span("abc", red), Span("def")], at: Point(0, 0), limit: 6) == 6)
        #expect(surface.plainText() == "abcdef")
    }

    @Test func ignoresWhatIsOutside() {
        var surface = Surface(size: Size(4, 1))
        surface.write("x", at: Point(0, 1))
        surface.write("x", at: Point(0, -1))
        surface.write("x", at: Point(9, 0))
        surface.write("漢b", at: Point(-1, 0))
        surface.fill(Rect(x: -5, y: -5, width: 6, height: 20), style: red)
        #expect(surface.plainText() == " b")
        #expect(surface[0, 0].style == red)
    }

    @Test(arguments: [(0, " x"), (1, "x")])
    func leavesNoHalfOfAWideCharacter(_ place: Int, _ expected: String) {
        var surface = Surface(size: Size(4, 1))
        surface.write("漢", at: Point(0, 0))
        surface.write("x", at: Point(1 - place, 0))
        #expect(surface.plainText() == expected)
    }

    @Test func comparesWhatIsSeen() {
        var one = Surface(size: Size(8, 2))
        var other = one
        one.write("e\u{301}", at: Point(0, 0))
        other.write("o\u{308}", at: Point(0, 0))
        #expect(one != other)
        other.write("e\u{301}", at: Point(0, 0))
        #expect(one == other)
        other.write("x", at: Point(0, 1), style: red)
        #expect(one.row(0, equals: other))
        #expect(!one.row(1, equals: other))
    }

    @Test func hasNoCellsWithoutASize() {
        var surface = Surface(size: Size(-3, 0))
        surface.write("x", at: Point(0, 0))
        #expect(surface.plainText() == "")
    }

    @Test func keepsAllStyles() {
        let style = Style(.palette(200), on: .ansi(9), [.bold, .dim, .italic, .underline, .reverse])
        var surface = Surface(size: Size(1, 1))
        surface.write("x", at: Point(0, 0), style: style)
        #expect(surface[0, 0].style == style)
    }

    @Test func drawsAPicture() {
        var surface = Surface(size: Size(20, 2))
        surface.write("<a & b>", at: Point(0, 0), style: Style(.palette(28), on: .ansi(15), .bold))
        surface.write("漢", at: Point(18, 1), style: .plain)
        let picture = surface.svg(title: "cgid \u{1B}\"x\"")
        #expect(picture.hasPrefix("<svg "))
        #expect(picture.hasSuffix("</svg>\n"))
        #expect(picture.contains(">&lt;a</text>") && picture.contains(">&amp;</text>") && picture.contains("#008700"))
        #expect(picture.contains("textLength=\"18\""))
        #expect(picture.contains("<title>cgid ␛&quot;x&quot;</title>"))
        #expect(!picture.contains("\u{1B}"))
    }
}
