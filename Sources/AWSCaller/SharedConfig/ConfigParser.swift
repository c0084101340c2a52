/// The format of `~/.aws/config` and `~/.aws/credentials` (AWS SDKs and Tools Reference Guide, "Shared config and
/// credentials files").
struct ConfigParser {
    enum FileKind: Sendable {
        /// Sections `[default]`, `[profile NAME]`, `[sso-session NAME]`, `[services NAME]`.
        case config
        /// Sections `[NAME]`.
        case credentials
    }

    /// The sections of one file, of each kind by name.
    typealias Sections = [ConfigSectionKind: [String: ConfigSection]]

    private let kind: FileKind
    private let file: String
    private var sections: Sections = [:]
    private var place = Place.outside
    /// Whether `[default]` was written `[profile default]`, which suppresses the other spelling.
    private var hasPrefixedDefault = false
    private var lineNumber = 0

    private enum Place {
        case outside
        /// In a section whose name is not valid: its properties are dropped.
        case dropped(hasProperty: Bool)
        case section(ConfigSectionKind, String, property: String?)
    }

    /// - Parameter file: the file's name, for locations and messages.
    /// - Throws: `Failure` naming file and line.
    static func parse(_ bytes: [UInt8], as kind: FileKind, file: String) throws(Failure) -> Sections {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Failure("\(file) is not UTF-8 text", remedy: "Save it as UTF-8", category: .usage)
        }
        var parser = ConfigParser(kind: kind, file: file)
        for line in lines(text) {
            parser.lineNumber += 1
            try parser.read(line)
        }
        return parser.sections
    }

    private init(kind: FileKind, file: String) {
        self.kind = kind
        self.file = file
    }

    private static func lines(_ text: String) -> [Substring] {
        let text = text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...]
        return text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
    }

    private mutating func read(_ line: Substring) throws(Failure) {
        let trimmed = ConfigText.trimmed(line)
        if trimmed.isEmpty || ConfigText.isCommentStart(trimmed.first) { return }
        if ConfigText.isBlank(line.first) {
            try readContinuation(trimmed)
        } else if trimmed.hasPrefix("[") {
            try readHeader(trimmed)
        } else {
            try readProperty(line)
        }
    }

    private mutating func readHeader(_ line: Substring) throws(Failure) {
        guard let close = line.firstIndex(of: "]") else { throw failure("Section header must end with ']'") }
        let rest = ConfigText.trimmed(line[line.index(after: close)...])
        guard rest.isEmpty || ConfigText.isCommentStart(rest.first) else {
            throw failure("Text after the section header's ']'")
        }
        let title = ConfigText.trimmed(line[line.index(after: line.startIndex)..<close])
        guard let header = ConfigHeader(title, in: kind) else {
            place = .dropped(hasProperty: false)
            return
        }
        if header.kind == .profile, header.name == "default", kind == .config {
            if hasPrefixedDefault && !header.isPrefixed {
                place = .dropped(hasProperty: false)
                return
            }
            if header.isPrefixed && !hasPrefixedDefault {
                sections[.profile]?["default"] = nil
                hasPrefixedDefault = true
            }
        }
        place = .section(header.kind, header.name, property: nil)
        if sections[header.kind]?[header.name] == nil {
            sections[header.kind, default: [:]][header.name] = ConfigSection(name: header.name, location: location)
        }
    }

    private mutating func readProperty(_ line: Substring) throws(Failure) {
        if case .outside = place { throw failure("Expected a section header such as [default] before any value") }
        let (name, value) = try nameAndValue(ConfigText.withoutComment(line), in: "")
        switch place {
        case .section(let section, let sectionName, _) where ConfigHeader.isValidName(name):
            let here = location
            sections[section]?[sectionName]?.properties[name] = ConfigValue(text: value, location: here)
            place = .section(section, sectionName, property: name)
        case .section(let section, let sectionName, _):
            place = .section(section, sectionName, property: "")
        case .dropped, .outside:
            place = .dropped(hasProperty: true)
        }
    }

    private mutating func readContinuation(_ line: Substring) throws(Failure) {
        switch place {
        case .outside: throw failure("Expected a section header such as [default] before any value")
        case .dropped(true): return
        case .dropped(false), .section(_, _, nil): throw failure("Expected a 'name = value' before an indented line")
        case .section(_, _, ""): return
        case .section(let section, let name, let property?):
            guard var value = sections[section]?[name]?.properties[property] else { return }
            if value.text.isEmpty || !value.nested.isEmpty || value.text.hasPrefix("\n") {
                let (key, text) = try nameAndValue(line, in: " of '\(property)'")
                if ConfigHeader.isValidName(key) { value.nested[key] = ConfigValue(text: text, location: location) }
            }
            value.text += "\n" + line
            sections[section]?[name]?.properties[property] = value
        }
    }

    private func nameAndValue(_ line: Substring, in place: String) throws(Failure) -> (String, String) {
        guard let equals = line.firstIndex(of: "=") else {
            throw failure("Expected an '=' between name and value\(place)")
        }
        let name = ConfigText.trimmed(line[..<equals])
        guard !name.isEmpty else { throw failure("A value\(place) has no name") }
        return (name.lowercased(), String(ConfigText.trimmed(line[line.index(after: equals)...])))
    }

    private var location: String { "\(file):\(lineNumber)" }

    private func failure(_ problem: String) -> Failure {
        Failure("\(location) does not parse: \(problem)", remedy: "Correct the line", category: .usage)
    }
}
