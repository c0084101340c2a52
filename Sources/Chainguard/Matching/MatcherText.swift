import AWSCaller

extension ValueMatcher {
    /// As a person reads it: `exactly …` or `pattern …`.
    public var words: String {
        switch self {
        case .exact(let value): "exactly \(value)"
        case .pattern(let pattern): "pattern \(pattern)"
        }
    }

    /// The value or the pattern as it is written.
    public var text: String {
        switch self {
        case .exact(let text), .pattern(let text): text
        }
    }

    public var isPattern: Bool {
        if case .pattern = self { true } else { false }
    }
}

extension ValueMatcher {
    /// The text that it stands for, as far as it is literal: a pattern without its anchors and escapes.
    var plain: String {
        guard case .pattern(let pattern) = self else { return text }
        var plain = ""
        var rest = pattern[...]
        if rest.first == "^" { rest.removeFirst() }
        if rest.last == "$", !rest.hasSuffix("\\$") { rest.removeLast() }
        while let character = rest.popFirst() {
            if character == "\\", let escaped = rest.first, !escaped.isLetter, !escaped.isNumber {
                rest.removeFirst()
                plain.append(escaped)
            } else {
                plain.append(character)
            }
        }
        return plain
    }

    /// The ARN that it is about, its variable parts still as patterns; `nil` when it does not begin like one.
    var arn: ARN? { ARN(plain) }
}

extension ARN {
    /// `assumed-role`, `user`, `root`: what stands before the first slash.
    var resourceType: String { String(resource.prefix { $0 != "/" }) }

    /// What stands behind the type: `Name` and `session`, or path and name.
    var resourceParts: [String] {
        resource.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map(String.init)
    }
}
