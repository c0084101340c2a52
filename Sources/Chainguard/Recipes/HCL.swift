import AWSCaller

/// HashiCorp's configuration language, laid out as `terraform fmt` lays it out.
enum HCL {
    indirect enum Item {
        /// A name and an expression.
        case attribute(String, String)
        /// A name and the members of an object.
        case object(String, [Item])
        case block(String, [String], [Item])
        case gap
    }

    /// Attributes on lines that follow each other have their `=` under each other.
    static func text(_ items: [Item], indent: String = "") -> String {
        var text = ""
        var rest = items[...]
        while let item = rest.first {
            let inner = indent + "  "
            var count = 1
            switch item {
            case .attribute:
                let run = Array(rest.prefix { if case .attribute = $0 { true } else { false } })
                text += aligned(run, indent)
                count = run.count
            case .object(let name, let members):
                text += "\(indent)\(name) = {\n\(Self.text(members, indent: inner))\(indent)}\n"
            case .block(let type, let labels, let body):
                let head = ([type] + labels.map(quoted)).joined(separator: " ")
                text += "\(indent)\(head) {\n\(Self.text(body, indent: inner))\(indent)}\n"
            case .gap:
                text += "\n"
            }
            rest = rest.dropFirst(count)
        }
        return text
    }

    private static func aligned(_ items: [Item], _ indent: String) -> String {
        let pairs = items.compactMap { item -> (String, String)? in
            if case .attribute(let name, let value) = item { (name, value) } else { nil }
        }
        let width = pairs.map(\.0.count).max() ?? 0
        return pairs.map { name, value in
            "\(indent)\(name)\(String(repeating: " ", count: width - name.count)) = \(value)\n"
        }.joined()
    }

    /// A quoted template that stands for exactly this text.
    static func quoted(_ text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        var quoted = "\""
        for (index, scalar) in scalars.enumerated() {
            let next = index + 1 < scalars.count ? scalars[index + 1] : nil
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case "$" where next == "{": quoted += "$$"
            case "%" where next == "{": quoted += "%%"
            // A sign before an escaped one would be read as part of the escape.
            case "$" where next == "$": quoted += "\\u0024"
            case "%" where next == "%": quoted += "\\u0025"
            case "\u{0}"..<" ", "\u{7F}"..."\u{9F}": quoted += JSONValue.unicodeEscape(scalar)
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    /// A name for a block: letters, digits, `_` and `-`, beginning with a letter or `_`.
    static func label(_ text: String) -> String {
        let legal = text.lowercased().unicodeScalars.map { scalar -> Character in
            switch scalar {
            case "a"..."z", "0"..."9", "_", "-": Character(scalar)
            default: "_"
            }
        }
        guard let first = legal.first, first.isLetter || first == "_" else { return "_" + String(legal) }
        return String(legal)
    }
}
