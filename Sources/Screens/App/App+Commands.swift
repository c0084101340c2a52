import AWSCaller
import Chainguard
import TerminalUI

extension App {
    /// Why a command can't be given now; `nil` when it can.
    func objection(to command: Command) -> String? {
        if options.isReadOnly, command.isMutation { return "cgid runs read-only" }
        switch command {
        case .interrupt: return work.isIdle ? "nothing is running" : nil
        case .dismiss: return notices.isEmpty ? "there is no message" : nil
        case .newIdentity where screen == .wizard: return wizard.created == nil ? "the wizard is open" : nil
        case .go(.unfinished) where screen == .unfinished: return "they are shown"
        case .nextTheme: return options.themes.count < 2 ? "there are no colours to choose from" : nil
        case .useOperator: return workspace.session == .standard ? "you are the operator" : nil
        case .help, .palette, .back, .leave, .redraw, .suspend, .go, .newIdentity: return nil
        default:
            let isHere = Keymap.bindings(of: screen).contains { $0.action == command }
            return isHere ? current.objection(to: command, context) : "not on this screen"
        }
    }

    /// Do it, or say why not.
    mutating func perform(_ command: Command) -> [Effect] {
        if let objection = objection(to: command) {
            say("Not now: \(objection)", .refused)
            return []
        }
        switch command {
        case .help:
            overlay = .help(
                HelpOverlay(
                    sections: Keymap.sections(of: screen, isReadOnly: options.isReadOnly, glyphs: options.theme.glyphs))
            )
        case .palette: overlay = .palette(PaletteOverlay(paletteEntries()))
        case .back: return goBack() ?? dismissed()
        case .leave: return goBack() ?? askToQuit()
        case .interrupt: return interrupt()
        case .redraw: return [.redraw]
        case .suspend: return [.suspend]
        case .nextTheme: changeTheme()
        case .dismiss: notices.dismiss()
        case .go(let screen): return go(to: screen, keepsHistory: !Screen.tabs.contains(screen))
        case .newIdentity: return apply([.startWizard])
        case .useOperator:
            login.forgetLogin()
            return apply([.use(.standard), .say("You are the operator again")])
        default: return apply(onCurrent { $0.perform(command, $1) })
        }
        return []
    }

    private func paletteEntries() -> [PaletteOverlay.Entry] {
        let bindings = Keymap.bindings(of: screen) + Keymap.global
        let entries = Command.all.map { command in
            let keys = bindings.first { $0.action == command }?.keyNames(options.theme.glyphs) ?? ""
            return PaletteOverlay.Entry(command: command, keys: keys, objection: objection(to: command))
        }
        return entries.filter { $0.objection == nil } + entries.filter { $0.objection != nil }
    }

    /// Esc: close what is open, one level at a time.
    /// - Returns: `nil` at the root.
    mutating func goBack() -> [Effect]? {
        if let requests = onCurrent({ $0.goBack($1) }) { return apply(requests) }
        guard let previous = history.last else {
            return Screen.tabs.contains(screen) ? nil : go(to: .caller, keepsHistory: false)
        }
        if delicateWork(of: screen) != nil { return go(to: previous, keepsHistory: true) }
        let rest = Array(history.dropLast())
        let effects = move(to: previous, keepsHistory: false)
        history = rest
        return effects
    }

    private mutating func dismissed() -> [Effect] {
        notices.dismiss()
        return []
    }

    mutating func askToQuit() -> [Effect] {
        guard let delicate = delicateWork(of: nil) else { return quit() }
        overlay = .confirm(.quit(running: delicate))
        return []
    }

    mutating func quit() -> [Effect] {
        work.cancelAll { _ in true } + (screen == .wizard ? keepDraft() : []) + [.quit]
    }

    /// ^C: cancel what runs; when nothing does, the second one quits.
    mutating func interrupt() -> [Effect] {
        if !work.isIdle {
            let titles = work.inOrder.map(\.running.job.title)
            for (_, running) in work.inOrder {
                messages.note(Failure("Cancelled", category: .cancelled), of: running, now: now)
            }
            say("Cancelled: \(titles.joined(separator: ", "))")
            return stop { _ in true }
        }
        if isQuitArmed { return quit() }
        isQuitArmed = true
        say("Press ^C again to quit")
        return []
    }
}
