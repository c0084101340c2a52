/// The lexical rules of the AWS files.
enum ConfigText {
    static func isBlank(_ character: Character?) -> Bool {
        character == " " || character == "\t"
    }

    static func isCommentStart(_ character: Character?) -> Bool {
        character == "#" || character == ";"
    }

    static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop(while: \.isWhitespace)
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }

    /// Cuts at the first `#` or `;` that follows white space: one that touches the value belongs to it.
    static func withoutComment(_ line: Substring) -> Substring {
        var previous: Character?
        for index in line.indices {
            if isCommentStart(line[index]), isBlank(previous) { return line[..<index] }
            previous = line[index]
        }
        return line
    }
}

/// The title of a section taken apart.
struct ConfigHeader: Equatable {
    var kind: ConfigSectionKind
    var name: String
    /// Whether it was written with `profile` before the name.
    var isPrefixed: Bool

    /// - Returns: `nil` when a section of that title is ignored in such a file.
    init?(_ title: Substring, in file: ConfigParser.FileKind) {
        let words = title.split(maxSplits: 1, whereSeparator: \.isWhitespace)
        guard let first = words.first else { return nil }
        let rest = words.count > 1 ? ConfigText.trimmed(words[1]) : nil
        switch (file, rest) {
        case (.credentials, nil): self.init(.profile, first, isPrefixed: false)
        case (.credentials, _?): return nil
        case (.config, nil):
            guard first == "default" else { return nil }
            self.init(.profile, first, isPrefixed: false)
        case (.config, let name?):
            guard let kind = ConfigSectionKind(rawValue: String(first)) else { return nil }
            self.init(kind, Self.unquoted(name), isPrefixed: true)
        }
    }

    private init?(_ kind: ConfigSectionKind, _ name: Substring, isPrefixed: Bool) {
        guard Self.isValidName(String(name)) else { return nil }
        self.kind = kind
        self.name = String(name)
        self.isPrefixed = isPrefixed
    }

    /// The AWS CLI writes a name in quotes when it holds characters that a shell would split at.
    private static func unquoted(_ name: Substring) -> Substring {
        for quote in ["\"", "'"] where name.count > 2 && name.hasPrefix(quote) && name.hasSuffix(quote) {
            return name.dropFirst().dropLast()
        }
        return name
    }

    /// Letters, digits and `-_/.%@:+`, for sections and properties alike.
    static func isValidName(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { byte in
                PercentEncoding.isUnreserved(byte) && byte != UInt8(ascii: "~") || "/%@:+".utf8.contains(byte)
            }
    }
}
