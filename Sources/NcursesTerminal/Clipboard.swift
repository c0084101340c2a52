/// The sequence that asks the terminal to take text into its clipboard (OSC 52).
enum Clipboard {
    /// Bytes that terminals take: xterm's limit is 100,000 with what is around them.
    static let limit = 74_000

    /// - Parameters:
    ///   - insideTmux: also wrapped, so that tmux passes it on to the terminal around it.
    ///   - insideScreen: wrapped for GNU screen, in the pieces it takes.
    static func sequence(for text: String, insideTmux: Bool, insideScreen: Bool) throws(TerminalError) -> String {
        let bytes = Array(text.utf8)
        guard bytes.count <= limit else { throw .tooLongToCopy(bytes: bytes.count, limit: limit) }
        let plain = "\u{1B}]52;c;" + base64(bytes) + "\u{07}"
        if insideTmux { return plain + "\u{1B}Ptmux;\u{1B}" + plain + "\u{1B}\\" }
        guard insideScreen else { return plain }
        var rest = Substring(plain)
        var wrapped = ""
        while !rest.isEmpty {
            wrapped += "\u{1B}P" + rest.prefix(250) + "\u{1B}\\"
            rest = rest.dropFirst(250)
        }
        return wrapped
    }

    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")

    static func base64(_ bytes: [UInt8]) -> String {
        var text = ""
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let value = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for place in 0..<4 {
                text.append(place <= group.count ? letters[value >> (18 - 6 * place) & 63] : "=")
            }
        }
        return text
    }
}
