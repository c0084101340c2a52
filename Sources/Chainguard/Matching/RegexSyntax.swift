/// A regular expression taken apart. Captures and greediness are not kept: only whether a text matches is asked.
indirect enum RegexNode: Sendable, Hashable {
    case empty
    case literal(Unicode.Scalar, folded: Bool)
    case characterClass(RegexClass)
    case anyCharacter
    case anyButNewline
    case assertion(RegexAssertion)
    case concatenation([RegexNode])
    case alternation([RegexNode])
    /// `maximum` is `nil` for no bound.
    case repetition(RegexNode, minimum: Int, maximum: Int?)
}

extension RegexNode {
    /// Whether every way through the tree meets the assertion before any character, seen from that side.
    func isAnchored(by assertion: RegexAssertion, fromEnd: Bool) -> Bool {
        switch self {
        case .assertion(let found): return found == assertion
        case .alternation(let nodes): return nodes.allSatisfy { $0.isAnchored(by: assertion, fromEnd: fromEnd) }
        case .repetition(let node, let minimum, _):
            return minimum > 0 && node.isAnchored(by: assertion, fromEnd: fromEnd)
        case .concatenation(let nodes):
            for node in fromEnd ? nodes.reversed() : nodes {
                if node.isAnchored(by: assertion, fromEnd: fromEnd) { return true }
                guard case .assertion = node else { return false }
            }
            return false
        default: return false
        }
    }
}

/// A condition on a place between two characters.
enum RegexAssertion: Sendable, Hashable {
    case beginOfText
    case endOfText
    case beginOfLine
    case endOfLine
    case wordBoundary
    case noWordBoundary
}

/// A set of characters.
struct RegexClass: Sendable, Hashable {
    /// One part of a class: it holds a character when `set` does, or does not if negated.
    struct Item: Sendable, Hashable {
        enum Members: Sendable, Hashable {
            case ranges([ClosedRange<UInt32>])
            case categories(Set<RegexCategory>)
        }
        var members: Members
        var isNegated = false
    }

    var items: [Item]
    var isNegated = false
    var isFolded = false

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        items.contains { contains(scalar, in: $0) } != isNegated
    }

    private func contains(_ scalar: Unicode.Scalar, in item: Item) -> Bool {
        let isMember =
            isFolded
            ? CaseFolding.orbit(of: scalar).contains { Self.holds($0, item.members) }
            : Self.holds(scalar, item.members)
        return isMember != item.isNegated
    }

    private static func holds(_ scalar: Unicode.Scalar, _ members: Item.Members) -> Bool {
        switch members {
        case .ranges(let ranges): ranges.contains { $0.contains(scalar.value) }
        case .categories(let categories): categories.contains(RegexCategory(scalar))
        }
    }
}

/// A class by its ASCII name, as Perl and POSIX have them.
enum NamedClass {
    static let digit: [ClosedRange<UInt32>] = [0x30...0x39]
    static let space: [ClosedRange<UInt32>] = [0x09...0x0A, 0x0C...0x0D, 0x20...0x20]
    static let word: [ClosedRange<UInt32>] = [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A]

    /// `\d`, `\S`: by the letter after the backslash.
    static func perl(_ letter: UInt8) -> RegexClass.Item? {
        switch letter {
        case UInt8(ascii: "d"): RegexClass.Item(members: .ranges(digit))
        case UInt8(ascii: "D"): RegexClass.Item(members: .ranges(digit), isNegated: true)
        case UInt8(ascii: "s"): RegexClass.Item(members: .ranges(space))
        case UInt8(ascii: "S"): RegexClass.Item(members: .ranges(space), isNegated: true)
        case UInt8(ascii: "w"): RegexClass.Item(members: .ranges(word))
        case UInt8(ascii: "W"): RegexClass.Item(members: .ranges(word), isNegated: true)
        default: nil
        }
    }

    /// `alpha`, `^alpha`: what stands between `[:` and `:]`.
    static func posix(_ name: Substring) -> RegexClass.Item? {
        let isNegated = name.first == "^"
        guard let ranges = posixRanges[String(isNegated ? name.dropFirst() : name)] else { return nil }
        return RegexClass.Item(members: .ranges(ranges), isNegated: isNegated)
    }

    private static let posixRanges: [String: [ClosedRange<UInt32>]] = [
        "alnum": [0x30...0x39, 0x41...0x5A, 0x61...0x7A],
        "alpha": [0x41...0x5A, 0x61...0x7A],
        "ascii": [0x00...0x7F],
        "blank": [0x09...0x09, 0x20...0x20],
        "cntrl": [0x00...0x1F, 0x7F...0x7F],
        "digit": digit,
        "graph": [0x21...0x7E],
        "lower": [0x61...0x7A],
        "print": [0x20...0x7E],
        "punct": [0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E],
        "space": [0x09...0x0D, 0x20...0x20],
        "upper": [0x41...0x5A],
        "word": word,
        "xdigit": [0x30...0x39, 0x41...0x46, 0x61...0x66],
    ]
}
