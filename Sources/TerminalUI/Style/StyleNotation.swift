/// A style as people write it: `cyan`, `bold`, `#ffaf00 on 236 underline`.
///
/// Words in any order: a colour, `on` and another colour, and any of `bold`, `dim`, `italic`, `underline`, `reverse`.
/// A colour is `default`, one of the 16 names (`red`, `bright-red`), a number from 0 to 255, or `#rrggbb`, for which the
/// nearest of the 256 stands.
extension Style {
    public struct NotationError: Error, Sendable, Hashable {
        /// What is wrong, a sentence without a final stop.
        public var problem: String
    }

    public init(notation: String) throws(NotationError) {
        self = .plain
        var words = notation.split(separator: " ").map(String.init)[...]
        guard !words.isEmpty else { throw NotationError(problem: "a style names a colour or an attribute") }
        while let word = words.popFirst() {
            if let attribute = Self.attributes[word] {
                attributes.insert(attribute)
            } else if word == "on" {
                guard let ground = words.popFirst() else {
                    throw NotationError(problem: "a colour is missing after 'on'")
                }
                background = try Color(notation: ground)
            } else {
                foreground = try Color(notation: word)
            }
        }
    }

    private static let attributes: [String: Attributes] = [
        "bold": .bold, "dim": .dim, "italic": .italic, "underline": .underline, "reverse": .reverse,
    ]
}

extension Color {
    private static let names = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]

    init(notation: String) throws(Style.NotationError) {
        if notation == "default" {
            self = .standard
        } else if let number = UInt8(notation) {
            self = .palette(number)
        } else if let number = Self.names.firstIndex(of: notation) {
            self = .ansi(UInt8(number))
        } else if notation.hasPrefix("bright-"), let number = Self.names.firstIndex(of: String(notation.dropFirst(7))) {
            self = .ansi(UInt8(number + 8))
        } else if let rgb = Palette.RGB(hex: notation) {
            self = .palette(Palette.nearest(rgb))
        } else {
            throw Style.NotationError(
                problem: "'\(notation)' is neither a colour (default, \(Self.names.joined(separator: ", ")), bright-…, "
                    + "0 to 255, #rrggbb) nor bold, dim, italic, underline or reverse")
        }
    }
}

extension Palette.RGB {
    /// - Parameter hex: `#rrggbb`
    init?(hex: String) {
        let digits = hex.dropFirst()
        guard hex.hasPrefix("#"), digits.count == 6, digits.allSatisfy(\.isHexDigit),
            let number = UInt32(digits, radix: 16)
        else { return nil }
        self.init(red: Int(number >> 16), green: Int(number >> 8 & 255), blue: Int(number & 255))
    }
}
