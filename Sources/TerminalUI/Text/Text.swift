/// The one choke point for foreign text: what a server, a file or the environment said passes here before it becomes
/// a cell or a line. See `ScalarRule` for what becomes of each character.
public enum Text {
    /// The text as it is drawn: without anything that a terminal obeys, hides, or draws wider than it counts.
    public static func sanitised(_ text: String) -> String {
        if isPrintableASCII(text) { return text }
        var view = String.UnicodeScalarView()
        for cluster in Clusters(text) {
            view.append(cluster.base)
            view.append(contentsOf: cluster.marks)
        }
        return String(view)
    }

    /// Columns that `write` takes for the text.
    public static func width(_ text: String) -> Int {
        if isPrintableASCII(text) { return text.utf8.count }
        return Clusters(text).reduce(0) { $0 + $1.width }
    }

    /// The text, sanitised, in at most `columns` columns; ends in the ellipsis when something was cut.
    public static func truncated(_ text: String, to columns: Int, ellipsis: String = "…") -> String {
        guard width(text) > columns else { return sanitised(text) }
        let tail = width(ellipsis) <= columns ? ellipsis : ""
        return prefix(text, columns: columns - width(tail)) + tail
    }

    /// The text, sanitised and filled with blanks (or cut) to exactly `columns` columns.
    public static func padded(_ text: String, to columns: Int, ellipsis: String = "…") -> String {
        let cut = truncated(text, to: columns, ellipsis: ellipsis)
        return cut + String(repeating: " ", count: max(0, columns - width(cut)))
    }

    /// The text, sanitised, in rows of at most `width` columns: broken at newlines, then at blanks, then anywhere.
    /// A row keeps its leading blanks; the blanks at a break go. Never empty: no text is one empty row.
    public static func wrapped(_ text: String, width: Int) -> [String] {
        wrapped([Span(text)], width: width).map { row in row.map(\.text).joined() }
    }

    /// As `wrapped` for one string, keeping each part's style.
    public static func wrapped(_ spans: [Span], width: Int) -> [[Span]] {
        LineBreaker.rows(of: spans, width: max(1, width))
    }

    private static func prefix(_ text: String, columns: Int) -> String {
        var view = String.UnicodeScalarView()
        var used = 0
        for cluster in Clusters(text) {
            used += cluster.width
            if used > columns { break }
            view.append(cluster.base)
            view.append(contentsOf: cluster.marks)
        }
        return String(view)
    }

    static func isPrintableASCII(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    }
}
