import AWSCaller
import Chainguard
import TerminalUI

/// The identities to choose from, those that would let this caller in first: narrowed as one types, and any other goes
/// by its UIDP.
struct IdentityMenu: Sendable {
    private struct Row: Sendable {
        var uid: UIDP
        var name: String?
        /// `nil`: known from an earlier run only.
        var identity: AssumableIdentity?
        var closeness: Closeness
    }

    /// Where the chosen one is wanted.
    let target: Screen
    private var rows: [Row] = []
    private var list: FilterList
    private var caller: CallerValues?
    private var lastUsed: UIDP?
    /// Why not all of them are listed.
    private var note = ""

    init(then target: Screen, _ context: Context) {
        self.target = target
        list = FilterList([], placeholder: "type to narrow the list, or a UIDP")
        take(context)
    }

    /// What is known now; what was typed and chosen stays.
    mutating func take(_ context: Context) {
        let workspace = context.workspace
        let kept = list.chosen.map { rows[$0].uid } ?? workspace.chosen ?? workspace.lastUsed?.uid
        (caller, lastUsed) = (workspace.callerValues, workspace.lastUsed?.uid)
        rows = Self.rows(workspace)
        note = Self.note(workspace)
        list.setTitles(rows.map { $0.identity.map(IdentityWords.haystack) ?? "\($0.name ?? "") \($0.uid)" })
        list.select(rows.firstIndex { $0.uid == kept } ?? 0)
    }

    /// What Enter takes: a UIDP that was typed whole, else the chosen row.
    var chosen: (uid: UIDP, name: String?)? {
        let row = list.chosen.map { rows[$0] }
        if let typed, row?.uid != typed { return (typed, nil) }
        return row.map { ($0.uid, $0.name) }
    }

    /// An organization's UIDP narrows the list to what stands in it.
    private var typed: UIDP? {
        UIDP(list.filter.text.trimmed).flatMap { $0.isRoot && !list.listed.isEmpty ? nil : $0 }
    }

    private static func rows(_ workspace: Workspace) -> [Row] {
        guard let all = workspace.identities.value else {
            return workspace.lastUsed.map { [Row(uid: $0.uid, name: $0.name, closeness: .unknown)] } ?? []
        }
        let rows = candidates(all, workspace.callerValues).map {
            Row(uid: $0.uid, name: $0.name, identity: $0, closeness: Closeness(of: $0, to: workspace.callerValues))
        }
        return rows.sorted { ($0.closeness, $0.name ?? "", $0.uid) < ($1.closeness, $1.name ?? "", $1.uid) }
    }

    /// Of a list that can't be gone through within a frame, those that are near at least.
    private static func candidates(_ all: [AssumableIdentity], _ caller: CallerValues?) -> [AssumableIdentity] {
        guard all.count > IdentityArrangement.atOnce else { return all }
        let near = all.lazy.filter { identity in
            if case .aws(let aws) = identity.relationship { return aws.account == caller?.account }
            return identity.relationship?.proof == .webIdentity
        }
        return Array(near.prefix(IdentityArrangement.atOnce))
    }

    private static func note(_ workspace: Workspace) -> String {
        if let failure = workspace.identities.failure { return failure.description }
        if workspace.identities.isLoading { return "Listing identities …" }
        if let all = workspace.identities.value {
            let isWhole = all.count <= IdentityArrangement.atOnce
            return isWhole
                ? "" : "Of \(all.count) only those near this caller are listed: 2 Identities finds the others"
        }
        if workspace.subject.isLoading { return "Asking who is signed in …" }
        return workspace.signedIn != nil || workspace.subject.isUntouched
            ? "The identities were not listed: type or paste a UIDP, or r on 2 Identities reads them"
            : "Nobody is signed in, so the identities can't be listed: type or paste a UIDP, or run cgid signin first"
    }
}

// MARK: Keys

extension IdentityMenu {
    mutating func update(_ key: Key, size: Size) {
        _ = list.update(key, visibleRows: layout(in: Chrome.content(of: size)).list.height - 1)
    }

    mutating func update(_ hit: MouseHit) {
        list.update(hit)
    }

    mutating func paste(_ text: String) {
        list.paste(text)
    }
}

// MARK: Drawing

extension IdentityMenu {
    private func layout(in rect: Rect) -> (box: Rect, list: Rect, notes: [String], foot: Rect) {
        let width = min(rect.width, 104)
        let notes = words.isEmpty ? [] : Text.wrapped(words, width: width - 4)
        let height = min(rect.height, rows.count + 3 + notes.count)
        let box = Rect(x: rect.x + (rect.width - width) / 2, y: rect.y, width: width, height: height)
        let (body, foot) = box.inset(horizontal: 2, vertical: 1).splitTop(height - 2 - notes.count)
        return (box, body, notes, foot)
    }

    private var words: String {
        if let typed, chosen?.uid == typed, !rows.contains(where: { $0.uid == typed }) {
            return "Enter takes the UIDP as it is typed"
        }
        return note.isEmpty && list.listed.isEmpty ? "No identity is called that" : note
    }

    func draw(into surface: inout Surface, in rect: Rect, theme: Theme) {
        let (box, body, notes, foot) = layout(in: rect)
        Panel.draw(into: &surface, in: box, title: target == .login ? "Log in as" : "Sign a token for", theme: theme)
        let names = min(28, list.listed.prefix(body.height).map { Text.width(rows[$0].name ?? "") }.max() ?? 0)
        list.draw(into: &surface, in: body, theme: theme, none: "") { index, isChosen in
            let row = rows[index]
            let plain = isChosen ? theme.selected : theme.text
            let dim = isChosen ? theme.selected : theme.dim
            let isGood = row.closeness.letsIn
            let left = [
                Span(isGood ? theme.glyphs.check : " ", isChosen ? plain : theme.good),
                Span(" " + Text.padded(row.name ?? "", to: names), plain),
                Span("  " + (row.identity.map(IdentityWords.who) ?? row.uid.text), dim),
            ]
            let words = row.identity.map { Closeness.words($0, caller) } ?? ""
            let right = [row.uid == lastUsed ? "last used" : "", words].filter { !$0.isEmpty }
            return (left, [Span("  " + right.joined(separator: ", "), isGood && !isChosen ? theme.good : dim)])
        }
        for (line, note) in notes.enumerated() {
            surface.write(note, at: Point(foot.x, foot.y + line), style: theme.dim, limit: foot.width)
        }
    }
}
