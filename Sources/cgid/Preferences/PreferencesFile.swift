import AWSCaller
import Chainguard
import TerminalUI
import Yams

/// `config.yaml`, read strictly: a name that means nothing is a slip of the fingers and no setting.
struct PreferencesFile {
    private let file: YAMLFile

    static func preferences(_ bytes: [UInt8], path: String) throws(Failure) -> Preferences {
        var preferences = Preferences(path: path, isRead: true)
        let file = try YAMLFile(bytes, path: path)
        guard let root = file.root else { return preferences }
        try PreferencesFile(file: file).read(root, into: &preferences)
        return preferences
    }

    private func read(_ root: Node, into preferences: inout Preferences) throws(Failure) {
        for (name, value) in try entries(of: root, "the file") {
            let key: Preferences.Key = try known(name, kind: "setting")
            guard !YAMLFile.isNull(value) else { continue }
            switch key {
            case .theme: preferences.theme = try text(value, key)
            case .themes: preferences.themes = try themes(value)
            case .mouse: preferences.mouse = try truth(value, key)
            case .readOnly: preferences.readOnly = try truth(value, key)
            case .profile: preferences.profile = try text(value, key)
            case .region: preferences.region = try region(value)
            case .parent: preferences.parent = try text(value, key)
            }
        }
    }

    // MARK: Values

    private func text(_ node: Node, _ key: Preferences.Key) throws(Failure) -> Preferences.Setting<String> {
        Preferences.Setting(value: try string(node, key.rawValue), origin: file.place(node))
    }

    private func truth(_ node: Node, _ key: Preferences.Key) throws(Failure) -> Preferences.Setting<Bool> {
        guard let scalar = node.scalar, scalar.style == .plain, let value = Bool(scalar.string.lowercased()) else {
            let other = node.scalar.map { ", not '\($0.string)'" } ?? ""
            throw file.wrong("\(key.rawValue) is true or false\(other)", node)
        }
        return Preferences.Setting(value: value, origin: file.place(node))
    }

    private func region(_ node: Node) throws(Failure) -> Preferences.Setting<String> {
        let region = try text(node, .region)
        guard Partition.ofRegion(region.value) != nil else {
            throw file.wrong("region '\(region.value)' is not the name of a region such as us-east-1", node)
        }
        return region
    }

    private func string(_ node: Node, _ key: String) throws(Failure) -> String {
        guard let scalar = node.scalar, !scalar.string.isEmpty else { throw file.wrong("\(key) is not a text", node) }
        return scalar.string
    }

    // MARK: Themes

    private func themes(_ node: Node) throws(Failure) -> [Theme] {
        var themes: [Theme] = []
        for (name, value) in try entries(of: node, "themes") {
            let title = try string(name, "a theme's name")
            guard Theme(named: title) == nil else {
                throw file.wrong("themes.\(title): cgid has a theme of this name; call yours something else", name)
            }
            themes.append(try theme(title, value))
        }
        return themes
    }

    /// The built-in theme that `base` names, with the styles given for its roles.
    private func theme(_ name: String, _ node: Node) throws(Failure) -> Theme {
        let entries = try entries(of: node, "themes.\(name)")
        var theme = Theme.standard
        for (key, value) in entries where key.string == "base" {
            guard let base = Theme(named: try string(value, "base")) else {
                let names = Theme.all.map(\.name).joined(separator: ", ")
                throw file.wrong("themes.\(name).base is one of \(names), not '\(value.string ?? "")'", value)
            }
            theme = base
        }
        theme.name = name
        for (key, value) in entries where key.string != "base" {
            let role: Theme.Role = try known(key, kind: "part of a theme")
            do throws(Style.NotationError) {
                theme[role] = try Style(notation: value.string ?? "")
            } catch {
                throw file.wrong("themes.\(name).\(role.rawValue): \(error.problem)", value)
            }
        }
        return theme
    }

    // MARK: Names

    private func entries(of node: Node, _ what: String) throws(Failure) -> [(key: Node, value: Node)] {
        guard let mapping = node.mapping else { throw file.wrong("\(what) is no mapping of names to values", node) }
        return mapping.map { ($0.key, $0.value) }
    }

    private func known<Key: RawRepresentable<String> & CaseIterable>(
        _ node: Node, kind: String
    ) throws(Failure) -> Key {
        let name = try string(node, "a name")
        if let key = Key(rawValue: name) { return key }
        let names = Key.allCases.map(\.rawValue)
        let hint =
            Suggestion.nearest(to: name, among: names).map { "did you mean '\($0)'?" }
            ?? "there are \(names.joined(separator: ", "))"
        throw file.wrong("no \(kind) is called '\(name)': \(hint)", node)
    }
}
