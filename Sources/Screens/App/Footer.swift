import TerminalUI

/// The keys that matter now: at the left those of what has the keys, the more important ones first; at the right help
/// and the way out, always in the same place.
struct Footer {
    var hints: [KeyHint]
    var always: [KeyHint]

    init(_ hints: [KeyHint], always: [KeyHint]) {
        (self.hints, self.always) = (hints, always)
    }

    /// - Parameter hints: Esc is among them, and is the way out.
    init(_ hints: [KeyHint], help: [KeyHint] = []) {
        self.init(hints.filter { !$0.isEscape }, always: help + hints.filter(\.isEscape))
    }

    func draw(into surface: inout Surface, in rect: Rect, theme: Theme) {
        let (left, right) = rect.splitLeft(rect.width - always.width(theme))
        hints.draw(into: &surface, in: left.splitLeft(left.width - 2).left, theme: theme)
        always.draw(into: &surface, in: right, theme: theme)
    }
}

extension KeyHint {
    fileprivate var isEscape: Bool { keys == [.escape] }
}

extension App {
    var footer: Footer {
        if let overlay { return Footer(overlay.hints) }
        if current.isTyping {
            return Footer(current.typingHints, help: [KeyHint(Key(.function(1)), label: "help")])
        }
        let own = Keymap.bindings(of: screen).allowed(options.isReadOnly).filter {
            !current.asides.contains($0.action) && objection(to: $0.action) == nil
        }
        let other: Command = hasWayBack ? .leave : .back
        return Footer(
            current.listHints + own.footer(), always: Keymap.global.filter { $0.action != other }.footer())
    }

    /// Esc leads somewhere.
    private var hasWayBack: Bool {
        current.hasWayBack(context) || !history.isEmpty || !Screen.tabs.contains(screen)
    }
}
