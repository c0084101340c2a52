/// Greedy line breaking over styled clusters.
struct LineBreaker {
    private struct Piece {
        var cluster: Cluster
        var style: Style
        var isBlank: Bool { cluster.base == " " }
    }

    static func rows(of spans: [Span], width: Int) -> [[Span]] {
        if let row = whole(spans, width: width) { return [row] }
        return lines(of: spans).flatMap { broken($0, width: width) }.map(joined)
    }

    /// The one row that most texts are: nothing to sanitise, nothing to break.
    private static func whole(_ spans: [Span], width: Int) -> [Span]? {
        guard spans.reduce(0, { $0 + $1.text.utf8.count }) <= width,
            spans.allSatisfy({ Text.isPrintableASCII($0.text) })
        else { return nil }
        var row: [Span] = []
        for span in spans where !span.text.isEmpty {
            if row.last?.style == span.style {
                row[row.count - 1].text += span.text
            } else {
                row.append(span)
            }
        }
        return row.isEmpty ? [Span("")] : row
    }

    /// The hard lines: newlines are taken here, before the sanitiser makes blanks of them.
    private static func lines(of spans: [Span]) -> [[Piece]] {
        var lines: [[Piece]] = [[]]
        for span in spans {
            for (index, part) in span.text.split(omittingEmptySubsequences: false, whereSeparator: isNewline)
                .enumerated()
            {
                if index > 0 { lines.append([]) }
                lines[lines.count - 1] += Clusters(String(part)).map { Piece(cluster: $0, style: span.style) }
            }
        }
        return lines
    }

    private static func isNewline(_ character: Character) -> Bool {
        character == "\n" || character == "\r\n"
    }

    private static func broken(_ line: [Piece], width: Int) -> [[Piece]] {
        var rows: [[Piece]] = []
        var rest = line[...]
        while let end = overflow(rest, width: width) {
            let cut = breakBefore(end, in: rest)
            rows.append(Array(rest[..<cut].dropLast(while: \.isBlank)))
            rest = rest[cut...].drop { $0.isBlank }
        }
        rows.append(Array(rest))
        return rows
    }

    /// The first piece that no longer fits; nil when all fit. At least one piece always fits.
    private static func overflow(_ line: ArraySlice<Piece>, width: Int) -> Int? {
        var used = 0
        for index in line.indices {
            used += line[index].cluster.width
            if used > width {
                return max(index, line.startIndex + 1) == line.endIndex ? nil : max(index, line.startIndex + 1)
            }
        }
        return nil
    }

    private static func breakBefore(_ end: Int, in line: ArraySlice<Piece>) -> Int {
        if line[end].isBlank { return end }
        guard let blank = line[..<end].lastIndex(where: \.isBlank),
            line[..<blank].contains(where: { !$0.isBlank })
        else { return end }
        return blank + 1
    }

    private static func joined(_ row: [Piece]) -> [Span] {
        var spans: [Span] = []
        for piece in row {
            if spans.last?.style == piece.style {
                spans[spans.count - 1].text += piece.cluster.string
            } else {
                spans.append(Span(piece.cluster.string, piece.style))
            }
        }
        return spans.isEmpty ? [Span("")] : spans
    }
}

extension ArraySlice {
    fileprivate func dropLast(while isDropped: (Element) -> Bool) -> ArraySlice {
        var end = endIndex
        while end > startIndex, isDropped(self[end - 1]) { end -= 1 }
        return self[startIndex..<end]
    }
}
