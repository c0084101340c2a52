/// Texts that many identities of a large list have in common, held once.
struct SharedTexts {
    private var known: Set<String> = []

    mutating func share(_ identity: AssumableIdentity) -> AssumableIdentity {
        var identity = identity
        identity.description = shared(identity.description)
        if case .aws(var aws) = identity.relationship, case .pattern(let pattern) = aws.userID {
            aws.userID = .pattern(shared(pattern))
            identity.relationship = .aws(aws)
        }
        return identity
    }

    /// Short texts take no memory of their own; outside of ASCII, texts of different bytes may be equal.
    private mutating func shared(_ text: String) -> String {
        guard text.utf8.count > 15, text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
        return known.insert(text).memberAfterInsert
    }
}
