import AWSCaller
import TerminalUI

/// What a person set for every run, in `config.yaml` or in variables; flags beat it.
struct Preferences: Sendable {
    /// The names that the file may hold.
    enum Key: String, Sendable, CaseIterable {
        case theme, themes, mouse
        case readOnly = "read-only"
        case profile, region, parent

        /// `CGID_READ_ONLY`; beats the file. AWS and chainctl have variables of their own for the others.
        var variable: String? {
            switch self {
            case .theme, .mouse, .readOnly: "CGID_" + rawValue.uppercased().replacing("-", with: "_")
            case .themes, .profile, .region, .parent: nil
            }
        }
    }

    struct Setting<Value: Sendable>: Sendable {
        var value: Value
        /// `file:line`, or the variable.
        var origin: String
    }

    /// Where the file is looked for; `nil` when no home is known.
    var path: String?
    /// It is there and was read.
    var isRead = false
    var theme: Setting<String>?
    /// The person's own.
    var themes: [Theme] = []
    var mouse: Setting<Bool>?

    /// What follows is for the person's own accounts: it does not count in the sandbox.
    var readOnly: Setting<Bool>?
    var profile: Setting<String>?
    var region: Setting<String>?
    var parent: Setting<String>?
}

extension Preferences {
    static let maximumBytes = 1 << 20

    /// `$XDG_CONFIG_HOME/cgid/config.yaml`, else `$HOME/.config/cgid/config.yaml` (XDG Base Directory Specification).
    static func path(environment: Environment) -> String? {
        if let folder = environment["XDG_CONFIG_HOME"], folder.hasPrefix("/") { return folder + "/cgid/config.yaml" }
        return environment["HOME"].map { $0 + "/.config/cgid/config.yaml" }
    }

    /// Those of the person at the keyboard, in the sandbox too.
    static func ofPerson() throws(Failure) -> Preferences {
        try load(environment: .ofProcess, files: PosixFiles())
    }

    /// - Throws: `.usage` naming file, line and key, or the variable, that is wrong.
    static func load(environment: Environment, files: any FileReading) throws(Failure) -> Preferences {
        var preferences = Preferences(path: path(environment: environment))
        if let path = preferences.path, let bytes = try files.read(path, limit: maximumBytes) {
            preferences = try PreferencesFile.preferences(bytes, path: path)
        }
        try preferences.apply(environment)
        return preferences
    }

    private mutating func apply(_ environment: Environment) throws(Failure) {
        for key in Key.allCases {
            guard let variable = key.variable, let text = environment[variable] else { continue }
            switch key {
            case .theme: theme = Setting(value: text, origin: variable)
            case .mouse: mouse = try Self.truth(text, variable)
            case .readOnly: readOnly = try Self.truth(text, variable)
            case .themes, .profile, .region, .parent: break
            }
        }
        if let theme { _ = try self.theme(named: theme.value, by: theme.origin) }
    }

    private static func truth(_ text: String, _ variable: String) throws(Failure) -> Setting<Bool> {
        guard let value = Bool(text.lowercased()) else {
            throw Failure("\(variable) is true or false, not '\(text)'", remedy: "Correct it", category: .usage)
        }
        return Setting(value: value, origin: variable)
    }

    /// - Parameter origin: who names it.
    func theme(named name: String, by origin: String) throws(Failure) -> Theme {
        let all = Theme.all + themes
        if let theme = all.first(where: { $0.name == name }) { return theme }
        throw Failure(
            "\(origin): there is no theme '\(name)'", remedy: "There are \(all.map(\.name).joined(separator: ", "))",
            category: .usage)
    }
}
