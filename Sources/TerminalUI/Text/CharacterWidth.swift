/// How many columns a terminal gives to a character, as the C library's `wcwidth`, and so ncurses, counts them.
public enum CharacterWidth {
    /// - Returns: 0, 1 or 2 columns; nil for what is not drawn (control characters, unassigned code points).
    ///   Source: glibc 2.36 (Unicode 15), East Asian ambiguous characters narrow.
    public static func of(_ scalar: Unicode.Scalar) -> Int? {
        let value = scalar.value
        if value < 0x7F { return value >= 0x20 ? 1 : nil }
        if value >= 0xA0, value < 0x300 { return 1 }
        let width = widthRuns[run(holding: value)] & 3
        return width == 3 ? nil : Int(width)
    }

    private static func run(holding value: UInt32) -> Int {
        guard value >= 0x20 else { return widthRuns.count - 1 }
        let wanted = value << 2 | 3
        var low = 0
        var high = widthRuns.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if widthRuns[middle] <= wanted { low = middle } else { high = middle }
        }
        return low
    }
}
