import AWSCaller

/// Members as protobuf's JSON mapping writes them: unset is absent or `null`, 64-bit integers are strings.
extension JSONValue {
    /// The text of a member; empty counts as unset.
    package func text(_ name: String) -> String? { self[name]?.string }

    package func integer(_ name: String) -> Int? {
        switch self[name] {
        case .number(let text), .string(let text): Int(text)
        default: nil
        }
    }

    package func flag(_ name: String) -> Bool {
        self[name] == .bool(true)
    }

    /// An enumeration's name, or its number as text.
    package func enumeration(_ name: String) -> String? {
        switch self[name] {
        case .number(let text): text
        case .string(let text) where !text.isEmpty: text
        default: nil
        }
    }

    /// The elements of a member that is a list; unset is empty.
    package func list(_ name: String) -> [JSONValue] {
        if case .array(let elements) = self[name] { elements } else { [] }
    }

    package func texts(_ name: String) -> [String] {
        list(name).compactMap(\.text)
    }

    /// A map from text to text; its keys are data and keep their spelling.
    package func textMap(_ name: String) -> [String: String] {
        guard case .object(let members) = self[name] else { return [:] }
        return Dictionary(members.compactMap { member in member.value.text.map { (member.name, $0) } }) { $1 }
    }
}
