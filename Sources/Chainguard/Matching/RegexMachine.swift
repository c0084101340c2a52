/// Runs a program over a text: all paths at once, so that the time is bounded by the product of the two lengths,
/// whatever the pattern (Thompson, "Regular Expression Search Algorithm", 1968).
struct RegexMachine {
    private let program: RegexProgram
    private let text: [Unicode.Scalar]
    private var threads: [Int] = []
    private var seen: [Int]
    private var pending: [Int] = []

    init(_ program: RegexProgram, _ text: String) {
        self.program = program
        self.text = Array(text.unicodeScalars)
        seen = Array(repeating: -1, count: program.instructions.count)
    }

    /// Whether the pattern is found anywhere in the text.
    mutating func finds() -> Bool {
        var starts: [Int] = []
        for position in 0...text.count {
            starts.append(program.start)
            if settle(starts, at: position) { return true }
            guard position < text.count else { break }
            starts = step(over: text[position])
        }
        return false
    }

    /// How many characters from the beginning some path of the pattern can follow, begun at the beginning.
    mutating func followed() -> Int {
        var starts = [program.start]
        for position in 0..<text.count {
            _ = settle(starts, at: position)
            starts = step(over: text[position])
            if starts.isEmpty { return position }
        }
        return text.count
    }

    /// Follows everything that takes no character.
    /// - Returns: whether the match is reached.
    private mutating func settle(_ starts: [Int], at position: Int) -> Bool {
        threads.removeAll(keepingCapacity: true)
        pending.append(contentsOf: starts)
        var hasMatched = false
        while let place = pending.popLast() {
            guard seen[place] != position else { continue }
            seen[place] = position
            switch program.instructions[place] {
            case .fork(let left, let right):
                pending.append(right)
                pending.append(left)
            case .assertion(let assertion, let next):
                if holds(assertion, at: position) { pending.append(next) }
            case .match: hasMatched = true
            default: threads.append(place)
            }
        }
        return hasMatched
    }

    private func step(over scalar: Unicode.Scalar) -> [Int] {
        var reached: [Int] = []
        for place in threads {
            switch program.instructions[place] {
            case .literal(let wanted, let next): if wanted == scalar { reached.append(next) }
            case .folded(let key, let next): if CaseFolding.key(scalar) == key { reached.append(next) }
            case .characterClass(let members, let next): if members.contains(scalar) { reached.append(next) }
            case .anyCharacter(let next): reached.append(next)
            case .anyButNewline(let next): if scalar != "\n" { reached.append(next) }
            case .assertion, .fork, .match: break
            }
        }
        return reached
    }

    private func holds(_ assertion: RegexAssertion, at position: Int) -> Bool {
        switch assertion {
        case .beginOfText: position == 0
        case .endOfText: position == text.count
        case .beginOfLine: position == 0 || text[position - 1] == "\n"
        case .endOfLine: position == text.count || text[position] == "\n"
        case .wordBoundary: isWord(position - 1) != isWord(position)
        case .noWordBoundary: isWord(position - 1) == isWord(position)
        }
    }

    private func isWord(_ position: Int) -> Bool {
        guard text.indices.contains(position) else { return false }
        return NamedClass.word.contains { $0.contains(text[position].value) }
    }
}
