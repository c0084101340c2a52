import TerminalUI

extension Page {
    /// What a role allows: `groups.list` and `groups.create` as one, the verbs of each resource behind its name.
    mutating func capabilities(_ all: [String], indent: Int = 0) {
        var verbs: [(resource: Substring, verbs: [Substring])] = []
        for capability in all.sorted() {
            let cut = capability.lastIndex(of: ".") ?? capability.startIndex
            let (resource, verb) = (capability[..<cut], capability[cut...].drop { $0 == "." })
            if verbs.last?.resource == resource {
                verbs[verbs.count - 1].verbs.append(verb)
            } else {
                verbs.append((resource, [verb]))
            }
        }
        let spans = verbs.map { [Span(String($0.resource), theme.label), Span(" " + $0.verbs.joined(separator: " "))] }
        text(Array(spans.joined(separator: [Span(" \(theme.glyphs.separator) ", theme.dim)])), indent: indent)
    }
}
