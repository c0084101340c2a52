import AWSCaller
import Chainguard
import TerminalUI

extension App {
    mutating func handle(_ input: InputEvent) -> [Effect] {
        switch input {
        case .key(let key): return handle(key)
        case .paste(let text): paste(text)
        case .mouse(let mouse): return handle(mouse)
        case .resize(let newSize): size = newSize
        case .resumed: return [.redraw]
        case .terminated: return quit()
        }
        return []
    }

    mutating func handle(_ key: Key) -> [Effect] {
        hasTyped = true
        let isInterrupt = key == .control("c")
        if !isInterrupt { isQuitArmed = false }
        if !isInterrupt { notices.forgetWord() }
        if key == .control("z") { return [.suspend] }
        if key == .control("l") { return [.redraw] }
        if Chrome.isTooSmall(size) { return isInterrupt ? interrupt() : [] }
        if overlay != nil { return handleOverlay(key) }
        if isInterrupt { return interruptScreen() }
        return dispatch(key)
    }

    /// ^C in a field gives up typing; else it cancels work.
    private mutating func interruptScreen() -> [Effect] {
        work.isIdle && current.isTyping ? perform(.back) : interrupt()
    }

    /// Who gets a key: a field that is typed in, then the screen's bindings, those of the whole app, and its widgets.
    private mutating func dispatch(_ key: Key) -> [Effect] {
        if current.isTyping {
            if key == .escape { return perform(.back) }
            if key == Key(.function(1)) { return perform(.help) }
            if let requests = onCurrent({ $0.handle(key, $1) }) { return apply(requests) }
            guard case .control = key.code else { return [] }
        }
        let bindings = Keymap.bindings(of: screen) + Keymap.global
        let binding = bindings.binding(for: key)
        if let binding, objection(to: binding.action) == nil { return perform(binding.action) }
        if let requests = onCurrent({ $0.handle(key, $1) }) { return apply(requests) }
        return binding.map { perform($0.action) } ?? []
    }

    private mutating func paste(_ text: String) {
        guard !Chrome.isTooSmall(size) else { return }
        switch overlay {
        case .help(var help):
            help.filter.paste(text)
            overlay = .help(help)
        case .palette(var palette):
            palette.list.paste(text)
            overlay = .palette(palette)
        case .confirm(var confirmation):
            confirmation.dialog.paste(text)
            overlay = .confirm(confirmation)
        case .prompt(var prompt):
            prompt.field.paste(text)
            overlay = .prompt(prompt)
        case .facets(var menu):
            menu.choice.paste(text)
            overlay = .facets(menu)
        case .profiles(var menu):
            menu.paste(text)
            overlay = .profiles(menu)
        case .identities(var menu):
            menu.paste(text)
            overlay = .identities(menu)
        case nil: onCurrent { $0.paste(text, $1) }
        }
    }

    // MARK: Overlays

    private mutating func handleOverlay(_ key: Key) -> [Effect] {
        if case .facets(let menu) = overlay, key != .control("c") { return handleFacets(key, menu) }
        if key == .escape || key == .control("c") {
            overlay = nil
            return []
        }
        switch overlay {
        case .help(var help):
            help.update(key, size: size)
            overlay = key == .enter ? nil : .help(help)
        case .palette(let palette): return handlePalette(key, palette)
        case .confirm(var confirmation):
            let outcome = confirmation.dialog.update(key)
            return answer(confirmation, outcome)
        case .prompt(let prompt): return handlePrompt(key, prompt)
        case .profiles(let menu): return handleProfiles(key, menu)
        case .identities(let menu): return handleIdentities(key, menu)
        case .facets, nil: break
        }
        return []
    }

    mutating func answer(_ confirmation: Confirmation, _ outcome: Dialog.Outcome) -> [Effect] {
        overlay = outcome == .open ? .confirm(confirmation) : nil
        return outcome == .confirmed ? confirmed(confirmation.action) : []
    }

    private mutating func handleFacets(_ key: Key, _ menu: FacetMenu) -> [Effect] {
        var menu = menu
        let isTyping = menu.choice.isFiltering || !menu.choice.filter.isEmpty
        if key == .enter, !menu.choice.isFiltering {
            overlay = nil
            let context = context
            return apply(identities.narrow(to: menu.chosen, context))
        } else if key == .escape, !isTyping {
            overlay = nil
        } else {
            menu.update(key, size: size)
            overlay = .facets(menu)
        }
        return []
    }

    private mutating func handlePalette(_ key: Key, _ palette: PaletteOverlay) -> [Effect] {
        var palette = palette
        if key == .enter {
            overlay = nil
            return palette.chosen.map { perform($0.command) } ?? []
        }
        palette.update(key, size: size)
        overlay = .palette(palette)
        return []
    }

    private mutating func handleProfiles(_ key: Key, _ menu: ProfileMenu) -> [Effect] {
        var menu = menu
        guard key == .enter else {
            menu.update(key, size: size)
            overlay = .profiles(menu)
            return []
        }
        overlay = nil
        return menu.chosen.map { use(profile: $0) } ?? []
    }

    private mutating func handleIdentities(_ key: Key, _ menu: IdentityMenu) -> [Effect] {
        var menu = menu
        guard key == .enter else {
            menu.update(key, size: size)
            overlay = .identities(menu)
            return []
        }
        guard let chosen = menu.chosen else { return [] }
        overlay = nil
        return apply([.choose(chosen.uid, name: chosen.name, then: menu.target)])
    }

    private mutating func handlePrompt(_ key: Key, _ prompt: Prompt) -> [Effect] {
        var prompt = prompt
        guard key == .enter else {
            _ = prompt.field.update(key)
            overlay = .prompt(prompt)
            return []
        }
        let text = prompt.field.text.trimmed
        switch prompt.purpose {
        case .save(let contents):
            guard !text.isEmpty else {
                prompt.field.error = "Give the file a name"
                overlay = .prompt(prompt)
                return []
            }
            overlay = nil
            return run(.save(TextFile(path: text, contents: contents, replaces: false)), owner: nil)
        case .bundle(let messages):
            guard !text.isEmpty else {
                prompt.field.error = "Give the file a name"
                overlay = .prompt(prompt)
                return []
            }
            overlay = nil
            return run(.saveBundle(messages, to: text), owner: nil)
        }
    }

    private mutating func confirmed(_ action: Confirmation.Action) -> [Effect] {
        switch action {
        case .quit: return quit()
        case .abandon(let target):
            let left = screen
            let cancelled = stop { $0.owner == left }
            return cancelled + move(to: target, keepsHistory: false)
        case .undo(let pending): return run(.undo(pending, as: workspace.session), owner: screen)
        case .deleteMarked(let uids): return run(.deleteIdentities(uids, as: workspace.session), owner: screen)
        case .replace(var file):
            file.replaces = true
            return run(.save(file), owner: nil)
        case .bind(let roles, let uid, let group):
            bindings.step = .list
            return run(.bind(uid, roles, at: group, as: workspace.session), owner: screen)
        case .unbind(let binding): return run(.unbind(binding, as: workspace.session), owner: screen)
        case .delete(let uid): return run(.deleteIdentity(uid, as: workspace.session), owner: screen)
        case .copyToken(let token):
            return apply([.copy(token.text, said: "Copied; valid until \(TimeText.clock(token.expires, now: now))")])
        }
    }
}
