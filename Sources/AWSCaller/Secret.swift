/// A string that must not be seen: printing, dumping, reflecting or encoding it shows only that it is there.
public struct Secret: Sendable, Hashable {
    private let value: String

    /// Wraps the text; from here on it is shown nowhere.
    public init(_ value: String) {
        self.value = value
    }

    /// The secret itself. The one way out; every use is found by searching for this name.
    public func reveal() -> String { value }

    /// Whether the text is empty; nothing else of it is told.
    public var isEmpty: Bool { value.isEmpty }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable, Encodable {
    public var description: String { "<redacted>" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
