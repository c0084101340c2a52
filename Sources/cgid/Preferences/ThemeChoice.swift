import TerminalUI

/// Which theme the interface begins with, and which it can change to.
struct ThemeChoice {
    /// `--theme`, known to be the name of one.
    var flag: String?
    var preferences: Preferences
    /// Chosen on screen in an earlier session.
    var remembered: String?
    var color: ColorChoice
    /// `NO_COLOR` is set, to anything (no-color.org).
    var noColor: Bool
    var terminalColors: Int

    /// Without colour there is one theme only.
    var all: [Theme] {
        let isColorless =
            switch color {
            case .always: false
            case .never: true
            case .auto: noColor || terminalColors < 8
            }
        return isColorless ? [.mono] : Theme.all + preferences.themes
    }

    /// The flag, a variable, the choice on screen, the file.
    var theme: Theme {
        let isVariable = preferences.theme?.origin == Preferences.Key.theme.variable
        let wanted = flag ?? (isVariable ? nil : remembered) ?? preferences.theme?.value
        return all.first { $0.name == wanted } ?? all[0]
    }
}
