import CNcurses
import TerminalUI

/// Which ncurses pair and attributes draw a style, on a terminal with so many colours.
struct ColorMap {
    struct Rendition: Hashable {
        var foreground: Int32
        var background: Int32
        var attributes: Style.Attributes
    }

    /// 0 when the terminal has none.
    let colors: Int
    private var pairs: [Rendition: Int32] = [:]

    init(colors: Int) {
        self.colors = colors
    }

    /// The colours by number, -1 for the terminal's own.
    func rendition(of style: Style) -> Rendition {
        var attributes = style.attributes
        guard colors >= 8 else {
            if style.background != .standard { attributes.insert(.reverse) }
            return Rendition(foreground: -1, background: -1, attributes: attributes)
        }
        let foreground = number(style.foreground)
        let background = number(style.background)
        // Eight colours: the bright half is the dark one in bold; a bright background has no such way out.
        if colors < 16, foreground >= 8 { attributes.insert(.bold) }
        return Rendition(
            foreground: colors < 16 && foreground >= 8 ? foreground - 8 : foreground,
            background: colors < 16 && background >= 8 ? background - 8 : background, attributes: attributes)
    }

    /// A pair for the two colours, made when first asked for.
    mutating func pair(for rendition: Rendition) -> Int32 {
        if rendition.foreground < 0 && rendition.background < 0 { return 0 }
        let key = Rendition(foreground: rendition.foreground, background: rendition.background, attributes: [])
        if let pair = pairs[key] { return pair }
        let pair = max(0, alloc_pair(rendition.foreground, rendition.background))
        pairs[key] = pair
        return pair
    }

    private func number(_ color: Color) -> Int32 {
        switch color {
        case .standard: -1
        case .ansi(let number): Int32(number & 15)
        case .palette(let number): colors >= 256 ? Int32(number) : Int32(Palette.nearestNamed(number))
        }
    }
}
