import AWSCaller
import TerminalUI

/// A page of rows to read, built at the width it is shown in: what is too long is wrapped here, with its indentation.
struct Page: Sendable {
    let width: Int
    let theme: Theme
    private(set) var rows: [[Span]] = []
    /// The rows that answer the mouse.
    private var parts: [Int: Target.Part] = [:]
    /// Columns of the labels of `pair`.
    var labelWidth = standardLabelWidth
    static let standardLabelWidth = 14

    init(width: Int, theme: Theme) {
        self.width = max(10, width)
        self.theme = theme
    }

    mutating func heading(_ text: String) {
        if !rows.isEmpty { blank() }
        rows.append([Span(text, theme.title)])
    }

    mutating func blank() {
        rows.append([])
    }

    /// A label and its value; the value's further rows stand under its first.
    mutating func pair(_ label: String, _ value: [Span]) {
        labelled(label, Text.wrapped(value, width: max(8, width - labelWidth)))
    }

    mutating func pair(_ label: String, _ value: String) {
        pair(label, [Span(value.isEmpty ? "none" : value, value.isEmpty ? theme.dim : theme.text)])
    }

    /// A label and an id, a pattern or a URL: broken at the edge only, so that it can be read as one word.
    mutating func exact(_ label: String, _ value: String) {
        let chunks = Page.chunks(Text.sanitised(value), width: max(8, width - labelWidth))
        labelled(label, chunks.map { [Span($0, theme.text)] })
    }

    /// A label that leaves no gap to its value, as a claim's name may, has a row of its own.
    private mutating func labelled(_ label: String, _ lines: [[Span]]) {
        let isLong = Text.width(label) >= labelWidth
        if isLong { text(label, theme.label) }
        for (index, line) in lines.enumerated() {
            rows.append([Span(Text.padded(index == 0 && !isLong ? label : "", to: labelWidth), theme.label)] + line)
        }
    }

    /// Text wrapped at words, each row indented.
    mutating func text(_ spans: [Span], indent: Int = 0) {
        for line in Text.wrapped(spans, width: max(8, width - indent)) {
            rows.append(indent == 0 ? line : [Span(String(repeating: " ", count: indent))] + line)
        }
    }

    mutating func text(_ string: String, _ style: Style? = nil, indent: Int = 0) {
        text([Span(string, style ?? theme.text)], indent: indent)
    }

    /// The first row at the margin, the further ones a little to the right.
    mutating func hanging(_ spans: [Span]) {
        let lines = Text.wrapped(spans, width: width)
        guard lines.count > 1 else {
            rows += lines
            return
        }
        for (index, line) in Text.wrapped(spans, width: max(8, width - 4)).enumerated() {
            rows.append(index == 0 ? line : [Span("    ")] + line)
        }
    }

    /// A sign in front, the text hanging behind it.
    mutating func item(_ sign: String, _ signStyle: Style, _ spans: [Span], indent: Int = 0) {
        let lead = Text.width(sign) + 1
        for (index, line) in Text.wrapped(spans, width: max(8, width - indent - lead)).enumerated() {
            let mark =
                index == 0 ? Span(sign + " ", signStyle) : Span(String(repeating: " ", count: lead), theme.text)
            rows.append([Span(String(repeating: " ", count: indent)), mark] + line)
        }
    }

    /// A line of a difference: a sign, then the value broken at the edge only.
    mutating func signed(_ sign: String, _ style: Style, _ value: String) {
        for (index, chunk) in Page.chunks(Text.sanitised(value), width: max(8, width - 4)).enumerated() {
            rows.append([Span(index == 0 ? "  \(sign) " : "    ", style), Span(chunk, theme.text)])
        }
    }

    /// Text to copy: kept line by line, long lines broken at the edge and nowhere else.
    mutating func code(_ string: String, _ style: Style? = nil) {
        for line in string.split(separator: "\n", omittingEmptySubsequences: false) {
            for chunk in Self.chunks(Text.sanitised(String(line)), width: width) {
                rows.append([Span(chunk, style ?? theme.text)])
            }
        }
    }

    /// Broken at exactly the width, so that columns can be counted. The text is sanitised already.
    static func chunks(_ text: String, width: Int) -> [String] {
        var rows: [String] = []
        var row = ""
        var used = 0
        for character in text {
            let columns = Text.width(String(character))
            if used + columns > width, !row.isEmpty {
                rows.append(row)
                (row, used) = ("", 0)
            }
            row.append(character)
            used += columns
        }
        return rows + [row]
    }

    /// A failure in full: what, the other side's words, what to do.
    mutating func failure(_ failure: Failure) {
        item(theme.glyphs.cross, theme.bad, [Span(failure.what, theme.text)])
        if !failure.detail.isEmpty { text(failure.detail, theme.dim, indent: 2) }
        if !failure.remedy.isEmpty { item(theme.glyphs.arrow, theme.accent, [Span(failure.remedy, theme.text)]) }
    }

    mutating func warning(_ text: String) {
        item(theme.glyphs.warning, theme.warning, [Span(text, theme.text)])
    }

    mutating func note(_ text: String) {
        item(theme.glyphs.bullet, theme.dim, [Span(text, theme.text)])
    }

    /// A row that is known to fit.
    mutating func appendRow(_ spans: [Span]) {
        rows.append(spans)
    }

    /// The rows written by `write` answer the mouse.
    mutating func answering(_ part: Target.Part, _ write: (inout Page) -> Void) {
        let start = rows.count
        write(&self)
        for row in start..<rows.count { parts[row] = part }
    }
}

/// How far a page is scrolled. The rows are built anew for each frame, so only the offset is kept.
struct Scroll: Sendable, Equatable {
    private(set) var offset = 0

    /// - Returns: whether the key scrolls. Nothing moves beyond the last row.
    mutating func update(_ key: Key, rows: Int, height: Int) -> Bool {
        guard !key.alt else { return false }
        let page = max(1, height - 1)
        switch key.code {
        case .up, .character("k"): offset -= 1
        case .down, .character("j"): offset += 1
        case .pageUp, .control("b"): offset -= page
        case .pageDown, .control("f"), .character(" "): offset += page
        case .control("u"): offset -= max(1, height / 2)
        case .control("d"): offset += max(1, height / 2)
        case .home, .character("g"): offset = 0
        case .end, .character("G"): offset = rows
        default: return false
        }
        offset = min(max(0, offset), max(0, rows - height))
        return true
    }

    mutating func reset() {
        offset = 0
    }
}

extension Page {
    func draw(into surface: inout Surface, in rect: Rect, scroll: Scroll) {
        draw(into: &surface, in: rect, from: scroll.offset)
    }

    /// - Parameter row: the one at the top, as far as there are rows below it.
    func draw(into surface: inout Surface, in rect: Rect, from row: Int) {
        var pane = ScrollPane(rows, wraps: false)
        pane.viewport = rect.size
        pane.scroll(to: row)
        pane.draw(into: &surface, in: rect, theme: theme)
        for (row, part) in parts where (0..<rect.height).contains(row - pane.offset) {
            surface.register(part, in: Rect(x: rect.x, y: rect.y + row - pane.offset, width: rect.width, height: 1))
        }
    }
}
