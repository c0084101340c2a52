/// A value of an AWS file with the place it stands at.
public struct ConfigValue: Sendable, Hashable {
    /// Continuation lines are joined with line feeds.
    public var text: String
    /// `file:line`, the file as it was named.
    public var location: String
    /// Of an empty value followed by indented `name = value` lines; names in lower case.
    public var nested: [String: ConfigValue]

    public init(text: String, location: String, nested: [String: ConfigValue] = [:]) {
        self.text = text
        self.location = location
        self.nested = nested
    }
}

/// Shows only where the value stands: it may be a secret.
extension ConfigValue: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "<value at \(location)>" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// A section of an AWS file.
public struct ConfigSection: Sendable, Hashable {
    /// As in the header, without `profile` or `sso-session`.
    public var name: String
    /// `file:line` of the first header of that name.
    public var location: String
    /// Names in lower case.
    public var properties: [String: ConfigValue]

    public init(name: String, location: String, properties: [String: ConfigValue] = [:]) {
        self.name = name
        self.location = location
        self.properties = properties
    }

    /// The property, unless it is missing or blank.
    public subscript(name: String) -> ConfigValue? {
        guard let value = properties[name], !value.text.allSatisfy(\.isWhitespace) else { return nil }
        return value
    }
}

/// What a section of an AWS file holds.
enum ConfigSectionKind: String, Sendable, Hashable {
    case profile
    case ssoSession = "sso-session"
    case services
}
