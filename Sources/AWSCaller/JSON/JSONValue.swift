/// A JSON document as a value (RFC 8259): members keep their order, numbers their spelling.
///
/// AWS's documents may hold members added later, and Chainguard's services speak protobuf's JSON mapping, where one
/// field may arrive under two names and a number as a string; reading a tree is simpler and stricter about both than a
/// decoder would be.
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

extension JSONValue {
    /// - Returns: `nil` when the bytes are not one JSON document.
    package static func parse(_ bytes: [UInt8]) -> JSONValue? { try? JSONValue(reading: bytes) }

    /// The member of that name in `camelCase`, which may have come in `snake_case`; `null` counts as unset.
    package subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        let found = members.last { $0.name == name } ?? members.last { Self.camelCase($0.name) == name }
        guard let found, found.value != .null else { return nil }
        return found.value
    }

    /// The member of that name, whatever the case of its letters: the metadata services' documents vary.
    package func member(ignoringCase name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return self[name] ?? members.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    package var isObject: Bool {
        if case .object = self { true } else { false }
    }

    package var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// A text that is not empty.
    package var string: String? {
        guard let text, !text.isEmpty else { return nil }
        return text
    }

    package var number: Double? {
        if case .number(let text) = self { Double(text) } else { nil }
    }

    /// Sets a member of objects in objects, which are made where they are missing.
    /// - Returns: false when nothing changed.
    @discardableResult
    package mutating func set(_ value: JSONValue, at path: String...) -> Bool { set(value, at: path[...]) }

    private mutating func set(_ value: JSONValue, at path: ArraySlice<String>) -> Bool {
        guard let name = path.first else {
            defer { self = value }
            return self != value
        }
        var members: [Member] = []
        if case .object(let present) = self { members = present }
        var child = members.last { $0.name == name }?.value ?? .object([])
        guard child.set(value, at: path.dropFirst()) else { return false }
        if let index = members.lastIndex(where: { $0.name == name }) {
            members[index].value = child
        } else {
            members.append(Member(name, child))
        }
        self = .object(members)
        return true
    }

    private static func camelCase(_ name: String) -> String {
        guard name.utf8.contains(UInt8(ascii: "_")) else { return name }
        let words = name.split(separator: "_")
        return words.dropFirst().reduce(words.first.map(String.init) ?? "") {
            $0 + $1.prefix(1).uppercased() + $1.dropFirst()
        }
    }
}
