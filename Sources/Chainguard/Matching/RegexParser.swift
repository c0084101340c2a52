/// Reads Go's dialect of RE2 (`regexp/syntax`, flags as `regexp.Compile` sets them) into a tree, refusing what Go
/// refuses in Go's words.
struct RegexParser {
    struct Flags {
        var foldsCase = false
        var dotMatchesNewline = false
        var isMultiline = false
    }

    /// A group that is not closed yet.
    private struct Frame {
        var alternatives: [Piece] = []
        var current: [Piece] = []
        var flagsOutside = Flags()
        var isCapture = false
        var start = 0
    }

    /// A node and how deep its tree is.
    private struct Piece {
        var node: RegexNode
        var height = 1
    }

    static let maximumHeight = 1000
    static let maximumRepeat = 1000

    var scanner: RegexScanner
    var flags = Flags()
    private var frames = [Frame()]
    /// Where the repetition operator began that stands right before, if one does.
    private var lastRepeat: Int?

    init(_ pattern: String) {
        scanner = RegexScanner(pattern)
    }

    mutating func parse() throws(PatternError) -> RegexNode {
        while let byte = scanner.peek {
            let start = scanner.offset
            let isRepetition = try takeToken(byte)
            lastRepeat = isRepetition ? start : nil
        }
        guard frames.count == 1 else {
            throw scanner.error(.missingParenthesis, 0..<scanner.count, at: frames[frames.count - 1].start)
        }
        return try closed(frames.removeLast()).node
    }

    /// - Returns: whether the token was a repetition operator.
    private mutating func takeToken(_ byte: UInt8) throws(PatternError) -> Bool {
        switch byte {
        case UInt8(ascii: "("): try openGroup()
        case UInt8(ascii: "|"):
            scanner.skip(1)
            nextAlternative()
        case UInt8(ascii: ")"): try closeGroup()
        case UInt8(ascii: "^"): take(.assertion(flags.isMultiline ? .beginOfLine : .beginOfText))
        case UInt8(ascii: "$"): take(.assertion(flags.isMultiline ? .endOfLine : .endOfText))
        case UInt8(ascii: "."): take(flags.dotMatchesNewline ? .anyCharacter : .anyButNewline)
        case UInt8(ascii: "["): push(try RegexClassParser.parse(&scanner, foldsCase: flags.foldsCase))
        case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"):
            try takeOperator(byte)
            return true
        case UInt8(ascii: "{"): return try takeCount()
        case UInt8(ascii: "\\"): try takeEscape()
        default: literal(scanner.nextScalar())
        }
        return false
    }

    private mutating func take(_ node: RegexNode) {
        scanner.skip(1)
        push(node)
    }

    private mutating func push(_ node: RegexNode) {
        frames[frames.count - 1].current.append(Piece(node: node))
    }

    private mutating func literal(_ scalar: Unicode.Scalar) {
        push(.literal(scalar, folded: flags.foldsCase && CaseFolding.orbit(of: scalar).count > 1))
    }

    // MARK: Groups

    private mutating func openGroup() throws(PatternError) {
        let start = scanner.offset
        guard scanner.peek(1) == UInt8(ascii: "?") else {
            scanner.skip(1)
            frames.append(Frame(flagsOutside: flags, isCapture: true, start: start))
            return
        }
        if try scanner.takeCaptureName() {
            frames.append(Frame(flagsOutside: flags, isCapture: true, start: start))
            return
        }
        let outside = flags
        let opensGroup = try takeFlags(start)
        if opensGroup { frames.append(Frame(flagsOutside: outside, start: start)) }
    }

    /// `(?i)` or `(?i-s:`.
    /// - Returns: whether a group is opened.
    private mutating func takeFlags(_ start: Int) throws(PatternError) -> Bool {
        scanner.skip(2)
        var changed = flags
        var value = true
        var sawFlag = false
        while scanner.peek != nil {
            switch scanner.nextScalar() {
            case "i": (changed.foldsCase, sawFlag) = (value, true)
            case "m": (changed.isMultiline, sawFlag) = (value, true)
            case "s": (changed.dotMatchesNewline, sawFlag) = (value, true)
            case "U": sawFlag = true
            case "-" where value: (value, sawFlag) = (false, false)
            case ":" where value || sawFlag:
                flags = changed
                return true
            case ")" where value || sawFlag:
                flags = changed
                return false
            default: throw scanner.error(.invalidPerlSyntax, start..<scanner.offset)
            }
        }
        throw scanner.error(.invalidPerlSyntax, start..<scanner.offset)
    }

    private mutating func nextAlternative() {
        let frame = frames.count - 1
        frames[frame].alternatives.append(Self.concatenated(frames[frame].current))
        frames[frame].current = []
    }

    private mutating func closeGroup() throws(PatternError) {
        guard frames.count > 1 else {
            throw scanner.error(.unexpectedParenthesis, 0..<scanner.count, at: scanner.offset)
        }
        scanner.skip(1)
        let frame = frames.removeLast()
        flags = frame.flagsOutside
        frames[frames.count - 1].current.append(try closed(frame))
    }

    private func closed(_ frame: Frame) throws(PatternError) -> Piece {
        let branches = frame.alternatives + [Self.concatenated(frame.current)]
        var piece = branches[0]
        if branches.count > 1 {
            piece = Piece(node: .alternation(branches.map(\.node)), height: 1 + (branches.map(\.height).max() ?? 0))
        }
        if frame.isCapture { piece.height += 1 }
        return try checked(piece)
    }

    private func checked(_ piece: Piece) throws(PatternError) -> Piece {
        guard piece.height <= Self.maximumHeight else { throw scanner.error(.nestingDepth, 0..<scanner.count) }
        return piece
    }

    private static func concatenated(_ pieces: [Piece]) -> Piece {
        guard pieces.count != 1 else { return pieces[0] }
        guard !pieces.isEmpty else { return Piece(node: .empty) }
        return Piece(node: .concatenation(pieces.map(\.node)), height: 1 + (pieces.map(\.height).max() ?? 0))
    }

    // MARK: Repetitions

    private mutating func takeOperator(_ byte: UInt8) throws(PatternError) {
        let start = scanner.offset
        scanner.skip(1)
        switch byte {
        case UInt8(ascii: "*"): try repeatLast(0, nil, start)
        case UInt8(ascii: "+"): try repeatLast(1, nil, start)
        default: try repeatLast(0, 1, start)
        }
    }

    /// `{2,5}`; a brace that opens no count is a literal.
    /// - Returns: whether it was a count.
    private mutating func takeCount() throws(PatternError) -> Bool {
        let start = scanner.offset
        guard let count = scanner.takeCount() else {
            literal(scanner.nextScalar())
            return false
        }
        let maximum = count.maximum ?? 0
        guard count.minimum <= Self.maximumRepeat, maximum <= Self.maximumRepeat,
            count.maximum == nil || count.minimum <= maximum
        else { throw scanner.error(.invalidRepeatCount, start..<scanner.offset) }
        try repeatLast(count.minimum, count.maximum, start)
        return true
    }

    private mutating func repeatLast(_ minimum: Int, _ maximum: Int?, _ start: Int) throws(PatternError) {
        if scanner.peek == UInt8(ascii: "?") { scanner.skip(1) }
        if let lastRepeat { throw scanner.error(.nestedRepetition, lastRepeat..<scanner.offset) }
        let frame = frames.count - 1
        guard let piece = frames[frame].current.popLast() else {
            throw scanner.error(.missingArgument, start..<scanner.offset)
        }
        let node = RegexNode.repetition(piece.node, minimum: minimum, maximum: maximum)
        if minimum >= 2 || (maximum ?? 0) >= 2, !Self.isRepeatable(node, Self.maximumRepeat) {
            throw scanner.error(.invalidRepeatCount, start..<scanner.offset)
        }
        frames[frame].current.append(try checked(Piece(node: node, height: piece.height + 1)))
    }

    /// Nested counts multiply; their product is bounded too.
    private static func isRepeatable(_ node: RegexNode, _ limit: Int) -> Bool {
        switch node {
        case .repetition(let inner, let minimum, let maximum):
            // Go bounds counts only: `*`, `+` and `?` multiply nothing.
            if maximum == 0 { return true }
            let count = max(maximum ?? minimum, 1)
            return count <= limit && isRepeatable(inner, limit / count)
        case .concatenation(let nodes), .alternation(let nodes): return nodes.allSatisfy { isRepeatable($0, limit) }
        default: return true
        }
    }

    // MARK: Escapes

    private mutating func takeEscape() throws(PatternError) {
        switch scanner.peek(1) {
        case UInt8(ascii: "A"): takeAssertion(.beginOfText)
        case UInt8(ascii: "b"): takeAssertion(.wordBoundary)
        case UInt8(ascii: "B"): takeAssertion(.noWordBoundary)
        case UInt8(ascii: "z"): takeAssertion(.endOfText)
        case UInt8(ascii: "C"): throw scanner.error(.invalidEscape, scanner.offset..<(scanner.offset + 2))
        case UInt8(ascii: "Q"): takeQuoted()
        default:
            if let item = try scanner.takeClassEscape() {
                push(.characterClass(RegexClass(items: [item], isFolded: flags.foldsCase)))
            } else {
                literal(try scanner.takeEscape())
            }
        }
    }

    private mutating func takeAssertion(_ assertion: RegexAssertion) {
        scanner.skip(2)
        push(.assertion(assertion))
    }

    /// `\Q…\E`: everything between is literal; without `\E`, to the end.
    private mutating func takeQuoted() {
        scanner.skip(2)
        while scanner.peek != nil {
            if scanner.peek == UInt8(ascii: "\\"), scanner.peek(1) == UInt8(ascii: "E") {
                scanner.skip(2)
                return
            }
            literal(scanner.nextScalar())
        }
    }
}
