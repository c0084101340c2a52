/// A regular expression as instructions for an automaton.
struct RegexProgram: Sendable, Hashable {
    enum Instruction: Sendable, Hashable {
        case literal(Unicode.Scalar, next: Int)
        case folded(Unicode.Scalar, next: Int)
        case characterClass(RegexClass, next: Int)
        case anyCharacter(next: Int)
        case anyButNewline(next: Int)
        case assertion(RegexAssertion, next: Int)
        case fork(Int, Int)
        case match
    }

    /// Beyond this a program is refused: matching takes time in proportion to it.
    static let maximumSize = 100_000

    private(set) var instructions: [Instruction] = [.match]
    private(set) var start = 0

    /// - Returns: `nil` when the program would be too large.
    init?(_ tree: RegexNode) {
        guard let start = compile(tree, next: 0) else { return nil }
        self.start = start
    }

    /// Lays out `node` so that it goes on at `next`.
    /// - Returns: where it begins.
    private mutating func compile(_ node: RegexNode, next: Int) -> Int? {
        guard instructions.count < Self.maximumSize else { return nil }
        switch node {
        case .empty: return next
        case .literal(let scalar, let folded):
            return emit(folded ? .folded(CaseFolding.key(scalar), next: next) : .literal(scalar, next: next))
        case .characterClass(let members): return emit(.characterClass(members, next: next))
        case .anyCharacter: return emit(.anyCharacter(next: next))
        case .anyButNewline: return emit(.anyButNewline(next: next))
        case .assertion(let assertion): return emit(.assertion(assertion, next: next))
        case .concatenation(let nodes):
            var next: Int? = next
            for node in nodes.reversed() {
                guard let place = next else { return nil }
                next = compile(node, next: place)
            }
            return next
        case .alternation(let nodes): return compile(alternatives: nodes, next: next)
        case .repetition(let node, let minimum, let maximum):
            return compile(repeated: node, minimum, maximum, next: next)
        }
    }

    private mutating func compile(alternatives nodes: [RegexNode], next: Int) -> Int? {
        guard let last = nodes.last, var start = compile(last, next: next) else { return nil }
        for node in nodes.dropLast().reversed() {
            guard let branch = compile(node, next: next) else { return nil }
            start = emit(.fork(branch, start))
        }
        return start
    }

    private mutating func compile(repeated node: RegexNode, _ minimum: Int, _ maximum: Int?, next: Int) -> Int? {
        var start = next
        if let maximum {
            for _ in 0..<max(0, maximum - minimum) {
                guard let body = compile(node, next: start) else { return nil }
                start = emit(.fork(body, next))
            }
        } else {
            let loop = emit(.match)
            guard let body = compile(node, next: loop) else { return nil }
            instructions[loop] = .fork(body, next)
            start = loop
        }
        for _ in 0..<minimum {
            guard let body = compile(node, next: start) else { return nil }
            start = body
        }
        return start
    }

    private mutating func emit(_ instruction: Instruction) -> Int {
        instructions.append(instruction)
        return instructions.count - 1
    }
}
