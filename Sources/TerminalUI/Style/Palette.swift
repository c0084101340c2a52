/// The 256 colours as most terminals have them: 16 named ones, a cube of 6 by 6 by 6, and 24 greys.
public enum Palette {
    public struct RGB: Sendable, Hashable {
        public var red, green, blue: Int

        func distance(to other: RGB) -> Int {
            let (red, green, blue) = (red - other.red, green - other.green, blue - other.blue)
            return 3 * red * red + 6 * green * green + blue * blue
        }

        var hex: String {
            "#" + [red, green, blue].map { (($0 < 16 ? "0" : "") + String($0, radix: 16)) }.joined()
        }
    }

    private static let named: [RGB] = [
        RGB(red: 0, green: 0, blue: 0), RGB(red: 205, green: 49, blue: 49), RGB(red: 13, green: 148, blue: 80),
        RGB(red: 190, green: 150, blue: 20), RGB(red: 36, green: 114, blue: 200), RGB(red: 188, green: 63, blue: 188),
        RGB(red: 17, green: 150, blue: 180), RGB(red: 220, green: 220, blue: 220),
        RGB(red: 102, green: 102, blue: 102), RGB(red: 241, green: 76, blue: 76),
        RGB(red: 35, green: 209, blue: 139), RGB(red: 245, green: 220, blue: 67),
        RGB(red: 59, green: 142, blue: 234), RGB(red: 214, green: 112, blue: 214),
        RGB(red: 41, green: 184, blue: 219), RGB(red: 255, green: 255, blue: 255),
    ]

    public static func rgb(_ number: UInt8) -> RGB {
        let value = Int(number)
        if value < 16 { return named[value] }
        if value >= 232 {
            let grey = 8 + 10 * (value - 232)
            return RGB(red: grey, green: grey, blue: grey)
        }
        func level(_ step: Int) -> Int { step == 0 ? 0 : 55 + 40 * step }
        let cube = value - 16
        return RGB(red: level(cube / 36), green: level(cube / 6 % 6), blue: level(cube % 6))
    }

    /// The one of the 16 named colours that looks most like it.
    public static func nearestNamed(_ number: UInt8) -> UInt8 {
        if number < 16 { return number }
        let wanted = rgb(number)
        let nearest = named.indices.min { named[$0].distance(to: wanted) < named[$1].distance(to: wanted) }
        return UInt8(nearest ?? 7)
    }

    /// The colour of the cube or of the greys that looks most like it: what the person's terminal made of the first 16
    /// is not known.
    static func nearest(_ wanted: RGB) -> UInt8 {
        (16...255).min { rgb($0).distance(to: wanted) < rgb($1).distance(to: wanted) } ?? 16
    }
}
