import Chainguard
import TerminalUI

/// `acme / platform`: an organization or folder with what it stands in.
enum GroupPath {
    static func text(_ uid: UIDP, _ name: (UIDP) -> String) -> String {
        uid.parent.map { "\(text($0, name)) / \(name(uid))" } ?? name(uid)
    }
}

/// One organization or folder of those that can be seen.
struct GroupPicker: Sendable {
    var choice = Choice([])
    private(set) var groups: [Group] = []
    /// To be chosen once it is there.
    private var wanted: UIDP?

    var chosen: Group? { groups.isEmpty ? nil : groups[min(choice.selected, groups.count - 1)] }

    /// They arrived: the chosen one stays chosen.
    /// - Parameter preferred: by name or UIDP, chosen while nothing is.
    mutating func take(_ new: [Group], preferring preferred: String?) {
        let kept = wanted ?? chosen?.uid
        if new.contains(where: { $0.uid == wanted }) { wanted = nil }
        let names = Dictionary(new.map { ($0.uid, $0.name) }, uniquingKeysWith: { first, _ in first })
        let path = { (uid: UIDP) in GroupPath.text(uid) { names[$0] ?? $0.text } }
        groups = new.sorted { path($0.uid) < path($1.uid) }
        let index =
            groups.firstIndex { $0.uid == kept }
            ?? groups.firstIndex { $0.name == preferred || $0.uid.text == preferred }
        choice = Choice(groups.map { ChoiceOption(path($0.uid), detail: $0.description) }, selected: index ?? 0)
    }

    mutating func select(_ uid: UIDP) {
        guard let index = groups.firstIndex(where: { $0.uid == uid }) else {
            wanted = uid
            return
        }
        choice.select(index)
    }
}

/// Any number of roles: built-in ones first, and those of one name told apart.
struct RolePicker: Sendable {
    var choice = MultiChoice([])
    private(set) var known: [Role] = []
    /// To be checked once they are there.
    private var wanted: Set<UIDP> = []

    var chosen: [Role] { choice.checked.sorted().filter(known.indices.contains).map { known[$0] } }

    /// They arrived: the chosen ones stay chosen.
    mutating func take(_ new: [Role]) {
        let kept = Set(chosen.map(\.uid)).union(wanted)
        known = new.sorted { ($0.isBuiltIn ? 0 : 1, $0.name, $0.uid) < ($1.isBuiltIn ? 0 : 1, $1.name, $1.uid) }
        let counts = Dictionary(grouping: new, by: \.name).mapValues(\.count)
        choice = MultiChoice(
            known.map { ChoiceOption($0.name, detail: Self.detail($0, isRepeated: counts[$0.name] ?? 1 > 1)) })
        check(kept)
    }

    mutating func check(_ uids: Set<UIDP>) {
        wanted = known.isEmpty ? uids : []
        choice.setChecked(Set(known.indices.filter { uids.contains(known[$0].uid) }))
    }

    private static func detail(_ role: Role, isRepeated: Bool) -> String {
        let kind = role.isBuiltIn ? "built-in" : "custom"
        let tail = isRepeated ? " …" + role.uid.text.suffix(6) : ""
        return kind + tail + (role.description.isEmpty ? "" : ", \(role.description)")
    }
}

extension RolePicker {
    func draw(into surface: inout Surface, in rect: Rect, _ context: Context) {
        guard known.isEmpty else {
            let (list, detail) = RoleDetail.layout(rect, context)
            choice.draw(into: &surface, in: list, theme: context.theme, focused: true)
            if context.isWide { surface.drawDivider(leftOf: detail, isFocused: false, context.theme) }
            guard let current = choice.current else { return }
            return RoleDetail(role: known[current], theme: context.theme).draw(into: &surface, in: detail)
        }
        let roles = context.workspace.roles
        var page = Page(width: rect.width, theme: context.theme)
        page.blank()
        if let failure = roles.failure {
            page.failure(failure)
        } else {
            page.text(roles.value == nil ? "asking …" : "no role can be seen", context.theme.dim)
        }
        page.draw(into: &surface, in: rect, scroll: Scroll())
    }
}
