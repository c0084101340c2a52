/// A JSON document as a value (RFC 8259): members keep their order, numbers their spelling.
///
/// Chainguard's services speak protobuf's JSON mapping, where one field may arrive under two names and a number as a
/// string; reading a tree is simpler and stricter about it than a decoder would be.
package enum JSONValue: Sendable, Hashable {
    package struct Member: Sendable, Hashable {
        package var name: String
        package var value: JSONValue

        package init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([Member])

    /// - Throws: `JSONReadingError` naming the byte at which the text stops being JSON.
    package init(reading bytes: [UInt8]) throws(JSONReadingError) {
        var reader = JSONReader(bytes)
        self = try reader.document()
    }

    package static func object(_ members: KeyValuePairs<String, JSONValue>) -> JSONValue {
        .object(members.map { Member($0.key, $0.value) })
    }
}

package struct JSONReadingError: Error, Sendable, Hashable, CustomStringConvertible {
    package var reason: String
    package var offset: Int

    package var description: String { "\(reason) at byte \(offset)" }
}

/// Protobuf's JSON mapping: `camelCase` or `snake_case`, unset as absent or `null`, 64-bit integers as strings.
extension JSONValue {
    package subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        let found = members.last { $0.name == name } ?? members.last { Self.camelCase($0.name) == name }
        guard let found, found.value != .null else { return nil }
        return found.value
    }

    package var isObject: Bool {
        if case .object = self { true } else { false }
    }

    package var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The text of a member; empty counts as unset.
    package func text(_ name: String) -> String? {
        guard let text = self[name]?.text, !text.isEmpty else { return nil }
        return text
    }

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

    static func camelCase(_ name: String) -> String {
        guard name.utf8.contains(UInt8(ascii: "_")) else { return name }
        let words = name.split(separator: "_")
        return words.dropFirst().reduce(words.first.map(String.init) ?? "") {
            $0 + $1.prefix(1).uppercased() + $1.dropFirst()
        }
    }
}
