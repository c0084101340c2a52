import CNcurses
import CTerminalSupport
import TerminalUI

/// Hands the rows of a frame to ncurses, which sends what differs from the screen.
struct Painter {
    private var colors: ColorMap
    private let isUTF8: Bool
    private var last: Surface?
    private var renditions: [Style: (attributes: UInt32, pair: Int32)] = [:]
    private var row: [cchar_t] = []
    /// One letter and the zero that ends it: what most cells hold, written without a list of its own for each.
    private var letter: [wchar_t] = [0, 0]

    init(colors: Int, isUTF8: Bool) {
        self.colors = ColorMap(colors: colors)
        self.isUTF8 = isUTF8
    }

    mutating func forget() {
        last = nil
    }

    mutating func paint(_ surface: Surface) {
        for y in 0..<surface.size.height where !isUnchanged(y, in: surface) {
            draw(y, of: surface)
        }
        last = surface
        if let cursor = surface.cursor, surface.bounds.contains(cursor) {
            curs_set(1)
            wmove(cgid_stdscr(), Int32(cursor.y), Int32(cursor.x))
        } else {
            curs_set(0)
        }
        wrefresh(cgid_stdscr())
    }

    private func isUnchanged(_ y: Int, in surface: Surface) -> Bool {
        guard let last, last.size == surface.size else { return false }
        return surface.row(y, equals: last)
    }

    private mutating func draw(_ y: Int, of surface: Surface) {
        row.removeAll(keepingCapacity: true)
        for x in 0..<surface.size.width {
            let cell = surface[x, y]
            if cell.width > 0 { append(cell) }
        }
        mvwadd_wchnstr(cgid_stdscr(), Int32(y), 0, row, Int32(row.count))
    }

    private mutating func append(_ cell: Cell) {
        let rendition = rendition(of: cell.style)
        var made = cchar_t()
        if let byte = cell.text.utf8.first, cell.text.utf8.count == 1 {
            letter[0] = wchar_t(byte)
            cgid_set_cell(&made, letter, rendition.attributes, rendition.pair)
            return row.append(made)
        }
        for text in drawable(cell) {
            cgid_set_cell(&made, text, rendition.attributes, rendition.pair)
            row.append(made)
        }
    }

    /// The cell's characters, each list ended by zero: one list, or as many as it has columns where the C library of
    /// this host would count other columns than the frame did.
    private func drawable(_ cell: Cell) -> [[wchar_t]] {
        let scalars = cell.text.unicodeScalars.map { wchar_t(bitPattern: $0.value) }
        guard let base = cell.text.unicodeScalars.first else { return [] }
        if base.isASCII && (isUTF8 || scalars.count == 1) { return [scalars + [0]] }
        if isUTF8, cgid_character_width(base.value) == Int32(cell.width) { return [scalars + [0]] }
        let stand = ASCIIFallback.character(for: base)
        return Array(repeating: [wchar_t(stand), 0], count: cell.width)
    }

    private mutating func rendition(of style: Style) -> (attributes: UInt32, pair: Int32) {
        if let known = renditions[style] { return known }
        let rendition = colors.rendition(of: style)
        let made = (UInt32(rendition.attributes.rawValue), colors.pair(for: rendition))
        renditions[style] = made
        return made
    }
}

/// What stands for a character where only ASCII can be drawn.
enum ASCIIFallback {
    static func character(for scalar: Unicode.Scalar) -> UInt8 {
        switch scalar {
        case _ where scalar.isASCII: UInt8(ascii: scalar)
        case "…": UInt8(ascii: "~")
        case "─", "━", "–", "—": UInt8(ascii: "-")
        case "│", "┃": UInt8(ascii: "|")
        case "╭", "╮", "╰", "╯", "┌", "┐", "└", "┘": UInt8(ascii: "+")
        case "•", "●", "·": UInt8(ascii: "*")
        case "‘", "’": UInt8(ascii: "'")
        case "“", "”": UInt8(ascii: "\"")
        case "→", "▸": UInt8(ascii: ">")
        default: UInt8(ascii: "?")
        }
    }
}
