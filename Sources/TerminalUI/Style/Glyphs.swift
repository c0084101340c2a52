/// The signs that screens draw with, in two sets.
public struct Glyphs: Sendable, Hashable {
    public var check, cross, bullet, ellipsis, pointer, arrow, up, down: String
    public var horizontal, vertical, scrollThumb, scrollTrack: String
    public var radioOn, radioOff, boxOn, boxOff: String
    public var barFull, barEmpty, mask, separator, warning: String
    public var spinner: [String]

    public static let unicode = Glyphs(
        check: "✓", cross: "✗", bullet: "•", ellipsis: "…", pointer: "▸", arrow: "→", up: "↑", down: "↓",
        horizontal: "─", vertical: "│", scrollThumb: "┃", scrollTrack: "│",
        radioOn: "●", radioOff: "○", boxOn: "[✓]", boxOff: "[ ]",
        barFull: "━", barEmpty: "─", mask: "•", separator: "·", warning: "!",
        spinner: ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"])

    /// For terminals that are not UTF-8, and for the Linux console's font.
    public static let ascii = Glyphs(
        check: "+", cross: "x", bullet: "*", ellipsis: "~", pointer: ">", arrow: "->", up: "Up",
        down: "Down",
        horizontal: "-", vertical: "|", scrollThumb: "#", scrollTrack: "|",
        radioOn: "(*)", radioOff: "( )", boxOn: "[x]", boxOff: "[ ]",
        barFull: "#", barEmpty: "-", mask: "*", separator: "-", warning: "!",
        spinner: ["|", "/", "-", "\\"])

    public var isASCII: Bool { ellipsis == Glyphs.ascii.ellipsis }
}
