extension Surface {
    /// What the terminal's own two colours are in a picture.
    public enum Paper: Sendable, Hashable {
        case dark, light

        var background: String { self == .dark ? "#14181d" : "#ffffff" }
        var foreground: String { self == .dark ? "#d7dae0" : "#1c1f24" }
    }

    /// The frame as a picture: a grid of cells in DejaVu Sans Mono (or the reader's own monospace font), the title
    /// above it.
    public func svg(title: String, paper: Paper = .dark) -> String {
        SVGWriter(surface: self, paper: paper).document(title: title)
    }
}

/// One rectangle and one text for each run of cells of one style. Each text states its length, so that no font can
/// make a row drift.
private struct SVGWriter {
    let surface: Surface
    let paper: Surface.Paper

    private struct Run {
        var x: Int
        var columns: Int
        var text: String
        var style: Style
    }

    private let cellWidth = 9
    private let cellHeight = 18
    private let margin = 12
    private let titleHeight = 26

    func document(title: String) -> String {
        let width = surface.size.width * cellWidth + 2 * margin
        let height = surface.size.height * cellHeight + 2 * margin + titleHeight
        let name = escaped(Text.sanitised(title))
        var lines = [
            """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" \
            viewBox="0 0 \(width) \(height)" font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" \
            font-size="15">
            """,
            "<title>\(name)</title>",
            """
            <rect width="\(width)" height="\(height)" rx="8" fill="\(paper.background)"/>
            """,
            """
            <text x="\(width / 2)" y="\(margin + 8)" text-anchor="middle" font-size="12" fill="#8a8f98">\(name)</text>
            """,
        ]
        for y in 0..<surface.size.height {
            let runs = runs(y)
            lines += runs.compactMap { background($0, y: y) }
            lines += runs.flatMap { text($0, y: y) }
        }
        if let cursor = surface.cursor, surface.bounds.contains(cursor) { lines.append(mark(cursor)) }
        return (lines + ["</svg>"]).joined(separator: "\n") + "\n"
    }

    private func runs(_ y: Int) -> [Run] {
        var runs: [Run] = []
        for x in 0..<surface.size.width {
            let cell = surface[x, y]
            if cell.width == 0 { continue }
            // What is wide or beyond ASCII stands in a run of its own, held to its columns.
            let isPlain = cell.width == 1 && cell.text.utf8.count == 1
            if let last = runs.last, last.style == cell.style, isPlain, last.text.utf8.count == last.columns {
                runs[runs.count - 1].columns += 1
                runs[runs.count - 1].text += cell.text
            } else {
                runs.append(Run(x: x, columns: cell.width, text: cell.text, style: cell.style))
            }
        }
        return runs
    }

    private func background(_ run: Run, y: Int) -> String? {
        let fill = colors(run.style).background
        guard fill != paper.background else { return nil }
        return """
            <rect x="\(left(run.x))" y="\(top(y))" width="\(run.columns * cellWidth)" height="\(cellHeight)" \
            fill="\(fill)"/>
            """
    }

    /// The words of a run, each held to its columns: blanks at a text's ends have no width in SVG.
    private func text(_ run: Run, y: Int) -> [String] {
        let isUnderlined = run.style.attributes.contains(.underline)
        if run.text.allSatisfy({ $0 == " " }) && !isUnderlined { return [] }
        let line = isUnderlined ? [underline(run, y: y)] : []
        guard run.text.utf8.count == run.columns else {
            return line + [element(run.text, x: run.x, columns: run.columns, style: run.style, y: y)]
        }
        let letters = Array(run.text)
        var words: [String] = []
        var start = 0
        while start < letters.count {
            let end = letters[start...].firstIndex(of: " ") ?? letters.count
            if end > start {
                let word = String(letters[start..<end])
                words.append(element(word, x: run.x + start, columns: end - start, style: run.style, y: y))
            }
            start = end + 1
        }
        return line + words
    }

    private func element(_ text: String, x: Int, columns: Int, style: Style, y: Int) -> String {
        var attributes = "x=\"\(left(x))\" y=\"\(top(y) + 14)\" fill=\"\(colors(style).foreground)\""
        if columns > 1 { attributes += " textLength=\"\(columns * cellWidth)\" lengthAdjust=\"spacingAndGlyphs\"" }
        if style.attributes.contains(.bold) { attributes += " font-weight=\"bold\"" }
        if style.attributes.contains(.italic) { attributes += " font-style=\"italic\"" }
        if style.attributes.contains(.dim) { attributes += " opacity=\"0.65\"" }
        return "<text \(attributes)>\(escaped(text))</text>"
    }

    private func underline(_ run: Run, y: Int) -> String {
        """
        <rect x="\(left(run.x))" y="\(top(y) + 16)" width="\(run.columns * cellWidth)" height="1" \
        fill="\(colors(run.style).foreground)"/>
        """
    }

    private func mark(_ cursor: Point) -> String {
        """
        <rect x="\(left(cursor.x))" y="\(top(cursor.y))" width="2" height="\(cellHeight)" fill="\(paper.foreground)"/>
        """
    }

    private func left(_ x: Int) -> Int { margin + x * cellWidth }
    private func top(_ y: Int) -> Int { margin + titleHeight + y * cellHeight }

    private func colors(_ style: Style) -> (foreground: String, background: String) {
        let foreground = hex(style.foreground) ?? paper.foreground
        let background = hex(style.background) ?? paper.background
        return style.attributes.contains(.reverse) ? (background, foreground) : (foreground, background)
    }

    private func hex(_ color: Color) -> String? {
        switch color {
        case .standard: nil
        case .ansi(let number): Palette.rgb(number & 15).hex
        case .palette(let number): Palette.rgb(number).hex
        }
    }

    private func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            default: escaped.append(character)
            }
        }
        return escaped
    }
}
