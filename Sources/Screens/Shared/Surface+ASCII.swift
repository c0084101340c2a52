import TerminalUI

extension Surface {
    /// For terminals that are not UTF-8: the signs that the screens' own texts use, by ones of ASCII. Foreign text is
    /// the painter's to deal with.
    mutating func replaceTypography() {
        let plain = ["…": "~", "“": "\"", "”": "\"", "·": "-", "↑": "^", "↓": "v", "×": "x", "→": ">"]
        for y in 0..<size.height {
            for x in 0..<size.width {
                let cell = self[x, y]
                guard cell.width == 1, let sign = plain[cell.text] else { continue }
                write(sign, at: Point(x, y), style: cell.style)
            }
        }
    }
}
