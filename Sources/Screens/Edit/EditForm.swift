import AWSCaller
import Chainguard
import TerminalUI

/// The fields of an identity that can be changed, and the edit that they spell.
struct EditForm: Sendable {
    typealias Field = IdentityEdit.Field

    enum Item: Hashable, Sendable {
        /// Exactly, or by a pattern.
        case mode(Field)
        case text(Field)
    }

    let identity: AssumableIdentity
    let items: [Item]
    var modes: [Field: Choice] = [:]
    var texts: [Field: TextField] = [:]
    /// The row that has the keys.
    var focus = Item.text(.description)

    init(_ identity: AssumableIdentity) {
        self.identity = identity
        let edit = IdentityEdit(of: identity)
        items = edit.fields.flatMap { $0 == .description ? [.text($0)] : [Item.mode($0), .text($0)] }
        for field in edit.fields {
            let matcher = edit[field]
            texts[field] = TextField(
                matcher?.text ?? edit.description, placeholder: field == .audience ? "optional" : "",
                maximumLength: field == .description ? 1024 : 4096)
            guard let matcher else { continue }
            modes[field] = Choice(
                [ChoiceOption("exact"), ChoiceOption("pattern (RE2)")], selected: matcher.isPattern ? 1 : 0)
        }
    }

    /// - Parameter old: what was typed before, if the identity is still what it was then.
    init(_ identity: AssumableIdentity, takingUp old: EditForm?) {
        self.init(identity)
        guard let old, old.identity.description == identity.description,
            old.identity.relationship == identity.relationship
        else { return }
        (modes, texts, focus) = (old.modes, old.texts, old.focus)
    }

    var focusedIsText: Bool {
        if case .text = focus { true } else { false }
    }

    /// What the form says now.
    var edit: IdentityEdit {
        var edit = IdentityEdit(of: identity)
        edit.description = texts[.description]?.text ?? ""
        for (field, mode) in modes {
            let text = texts[field]?.text ?? ""
            edit.set(field, mode.selected == 1 ? .pattern(text) : .exact(text))
        }
        return edit
    }

    /// Something else than what the identity is now was typed.
    var isChanged: Bool { !edit.changes.isEmpty }

    func problem(_ item: Item) -> String? {
        guard case .text(let field) = item else { return nil }
        return edit.problem(field)
    }

    /// - Returns: whether the key was used.
    mutating func update(_ key: Key) -> Bool {
        switch key {
        case .tab: moveFocus(1, wraps: true)
        case .backTab: moveFocus(-1, wraps: true)
        case .up: moveFocus(-1, wraps: false)
        case .down: moveFocus(1, wraps: false)
        default:
            switch focus {
            case .mode(let field): return modes[field]?.update(key) ?? false
            case .text(let field): return texts[field]?.update(key) ?? false
            }
        }
        return true
    }

    /// A click on a row gives it the keys, one on an option takes that.
    mutating func click(_ hit: MouseHit) {
        guard hit.action == .click, let item = items.indices.first(where: { hit.place == .row($0) }) else { return }
        let hadKeys = focus == items[item]
        focus = items[item]
        switch focus {
        case .mode(let field): modes[field]?.update(hit)
        case .text(let field): texts[field]?.update(hit, focused: hadKeys)
        }
    }

    mutating func paste(_ text: String) {
        if case .text(let field) = focus { texts[field]?.paste(text) }
    }

    private mutating func moveFocus(_ by: Int, wraps: Bool) {
        guard let index = items.firstIndex(of: focus) else { return }
        let next = index + by
        guard wraps || items.indices.contains(next) else { return }
        focus = items[(next + items.count) % items.count]
    }

    mutating func advance() {
        moveFocus(1, wraps: false)
    }
}
