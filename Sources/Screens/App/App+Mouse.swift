import TerminalUI

extension Place {
    /// The tabs of the header.
    static let screens = Place("screens")
    static let filter = Place("filter")
    static let table = Place("table")
    /// What belongs to the selected row, beside the table.
    static let detail = Place("detail")
    /// The titles of panes that take turns.
    static let panes = Place("panes")

    static func row(_ number: Int) -> Place { Place("row", number) }
}

extension App {
    /// What was drawn at the place answers.
    mutating func handle(_ mouse: MouseEvent) -> [Effect] {
        guard !Chrome.isTooSmall(size) else { return [] }
        var frame = Surface(size: size)
        draw(into: &frame, now: now)
        guard let hit = frame.hit(by: mouse) else { return [] }
        if case .key(let key) = hit.target.part { return handle(key) }
        if overlay != nil { return handleOverlay(hit) }
        if hit.place == .screens {
            return hit.clickedItem.map { go(to: Screen.tabs[$0], keepsHistory: false) } ?? []
        }
        return apply(onCurrent { $0.handle(hit, $1) })
    }

    private mutating func handleOverlay(_ hit: MouseHit) -> [Effect] {
        switch overlay {
        case .help(var help):
            help.update(hit, size: size)
            overlay = .help(help)
        case .palette(var palette):
            palette.list.update(hit)
            overlay = .palette(palette)
        case .profiles(var menu):
            menu.update(hit)
            overlay = .profiles(menu)
        case .identities(var menu):
            menu.update(hit)
            overlay = .identities(menu)
        case .facets(var menu):
            menu.choice.update(hit)
            overlay = .facets(menu)
        case .prompt(var prompt):
            prompt.field.update(hit)
            overlay = .prompt(prompt)
        case .confirm(var confirmation):
            let outcome = confirmation.dialog.update(hit)
            return answer(confirmation, outcome)
        case nil: break
        }
        return []
    }
}

extension ScreenState {
    /// The wheel is as good as so many arrows.
    mutating func turnWheel(_ hit: MouseHit, _ context: Context) -> [Request] {
        hit.arrows.flatMap { handle($0, context) ?? [] }
    }
}

extension MouseHit {
    /// The arrows that the wheel stands for; none for a click.
    var arrows: [Key] {
        guard case .scroll(let rows) = action else { return [] }
        return Array(repeating: rows < 0 ? .up : .down, count: abs(rows))
    }
}
