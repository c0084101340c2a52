extension JSONValue {
    /// One line, without spaces.
    package var compact: String {
        switch self {
        case .null: "null"
        case .bool(let flag): flag ? "true" : "false"
        case .number(let text): text
        case .string(let text): Self.quoted(text)
        case .array(let elements): "[" + elements.map(\.compact).joined(separator: ",") + "]"
        case .object(let members):
            "{" + members.map { Self.quoted($0.name) + ":" + $0.value.compact }.joined(separator: ",") + "}"
        }
    }

    /// Indented by two spaces a level, for people; without a final line end.
    package var pretty: String { indented(by: "  ") }

    /// The same with another step.
    package func indented(by step: String) -> String { pretty(indent: "", step: step) }

    private func pretty(indent: String, step: String) -> String {
        let inner = indent + step
        switch self {
        case .array(let elements) where !elements.isEmpty:
            let lines = elements.map { inner + $0.pretty(indent: inner, step: step) }
            return "[\n" + lines.joined(separator: ",\n") + "\n\(indent)]"
        case .object(let members) where !members.isEmpty:
            let lines = members.map { inner + Self.quoted($0.name) + ": " + $0.value.pretty(indent: inner, step: step) }
            return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}"
        default:
            return compact
        }
    }

    /// Control characters are escaped, so a document is always safe to print.
    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case "\u{0}"..<" ", "\u{7F}"..."\u{9F}": quoted += unicodeEscape(scalar)
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    /// `\u00XX`, as JSON and HCL write a control character.
    package static func unicodeEscape(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
