import TerminalUI

@testable import Screens

/// A frame in a golden file: its text under a title.
struct GoldenPicture {
    let frame: Surface
    let title: String

    init(_ frame: Surface, title: String) {
        (self.frame, self.title) = (frame, title)
    }

    var text: String { "== \(title)\n\(frame.plainText())\n" }

    /// How else the frame is drawn. The text of all but ASCII is the same, so their styles are recorded; of ASCII the
    /// rows that differ.
    enum Look: String {
        case colour, mono
        case highContrast = "high contrast"
        case ascii = "ASCII"

        private var theme: Theme {
            switch self {
            case .colour: .standard
            case .mono: .mono
            case .highContrast: .highContrast
            case .ascii: .mono.with(glyphs: .ascii)
            }
        }

        func text(of driver: Driver, _ title: String) -> String {
            let (plain, drawn) = (driver.frame(), driver.frame(theme))
            let rows = (0..<drawn.size.height).compactMap { y in
                self == .ascii ? drawn.rowText(y, unlike: plain) : drawn.styleRuns(y, theme)
            }
            return "-- \(title), \(rawValue)\n\(rows.map { $0 + "\n" }.joined())"
        }
    }
}

extension Surface {
    fileprivate func rowText(_ y: Int, unlike other: Surface) -> String? {
        let (mine, its) = (rowText(y), other.rowText(y))
        return mine == its ? nil : "\(y) \(mine)"
    }

    private func rowText(_ y: Int) -> String {
        var text = (0..<size.width).map { self[$0, y].text }.joined()
        while text.last == " " { text.removeLast() }
        return text
    }

    /// `3 title 12, text 4, key 2`: the row and the columns of each style; `nil` for a row all in the text's style. A
    /// blank is in no style unless that is seen.
    fileprivate func styleRuns(_ y: Int, _ theme: Theme) -> String? {
        var runs: [(style: Style, columns: Int)] = []
        for x in 0..<size.width {
            let cell = self[x, y]
            let isSeen =
                cell.text != " " || cell.style.background != .standard
                || !cell.style.attributes.isDisjoint(with: [.reverse, .underline])
            if let last = runs.last, last.style == cell.style || !isSeen {
                runs[runs.count - 1].columns += 1
            } else {
                runs.append((isSeen ? cell.style : theme.text, 1))
            }
        }
        if let last = runs.last, last.style == theme.text { runs.removeLast() }
        guard !runs.isEmpty else { return nil }
        return "\(y) " + runs.map { "\(Self.name($0.style, theme)) \($0.columns)" }.joined(separator: ", ")
    }

    private static func name(_ style: Style, _ theme: Theme) -> String {
        if let role = Theme.Role.allCases.first(where: { theme[$0] == style }) { return role.rawValue }
        let marks: [(Style.Attributes, String)] = [
            (.bold, "bold"), (.dim, "dim"), (.italic, "italic"), (.underline, "underline"), (.reverse, "reverse"),
        ]
        let words = marks.filter { style.attributes.contains($0.0) }.map(\.1)
        return (["\(style.foreground)/\(style.background)"] + words).joined(separator: "+")
    }
}
