import AWSCaller
import Chainguard
import TerminalUI

extension Confirmation {
    /// Identities that were marked one by one or all at once, to be deleted.
    struct Marked {
        /// At most this many of each sort are kept to be named.
        static let named = 4

        /// The first of those in the list, and of those that the filter or the facets hide.
        var listed, hidden: [AssumableIdentity]
        var hiddenCount: Int
        var uids: [UIDP]
        /// How many of them somebody has assumed in the last 30 days.
        var usedLately: Int

        var listedCount: Int { uids.count - hiddenCount }
    }

    /// Many at once: their number must be typed. What is not listed is named by itself, so that nothing goes unseen.
    static func deleteMarked(_ marked: Marked, _ context: Context) -> Confirmation {
        let theme = context.theme
        let place = [
            Span("Organization  ", theme.label), Span(organizations(of: marked.uids, context)),
            Span(" \(theme.glyphs.separator) ", theme.dim),
            Span("\(marked.usedLately) used in the last 30 days", marked.usedLately == 0 ? theme.text : theme.warning),
        ]
        let end = [
            Span("Their role bindings go with them, and whoever uses them is locked out. This can't be undone.")
        ]
        // As many rows as there is room for at 80x24.
        let those =
            marked.hiddenCount == 0
            ? rows(marked.listed, of: marked.listedCount, upTo: 4, theme) + [[]]
            : [inOneRow(marked, theme), [Span("\(marked.hiddenCount) not listed now:", theme.warning)]]
                + rows(marked.hidden, of: marked.hiddenCount, upTo: 3, theme)
        let dialog = Dialog(
            title: "Delete \(Format.plural(marked.uids.count, "identity", "identities"))",
            message: [place] + those + [end], confirmLabel: "Delete all", isDestructive: true,
            requiredText: "delete \(marked.uids.count)")
        return Confirmation(dialog: dialog, action: .deleteMarked(marked.uids))
    }

    private static func inOneRow(_ marked: Marked, _ theme: Theme) -> [Span] {
        guard let first = marked.listed.first else { return [Span("None of them is listed now.", theme.warning)] }
        let more = marked.listedCount == 1 ? "" : " and \(marked.listedCount - 1) more"
        return [Span("\(marked.listedCount) listed: "), Span(first.name, theme.title), Span(more)]
    }

    /// So many rows, the last of which tells of how many more there are.
    private static func rows(
        _ some: [AssumableIdentity], of count: Int, upTo limit: Int, _ theme: Theme
    ) -> [[Span]] {
        let shown = count > limit ? limit - 1 : count
        let rows = some.prefix(shown).map { identity in
            let who = Text.truncated(
                IdentityWords.who(identity), to: max(12, 60 - Text.width(identity.name)),
                ellipsis: theme.glyphs.ellipsis)
            return [
                Span("\(theme.glyphs.bullet) ", theme.dim), Span(identity.name, theme.title),
                Span("  \(who)", theme.dim),
            ]
        }
        return rows + (count > shown ? [[Span("… and \(count - shown) more", theme.dim)]] : [])
    }

    private static func organizations(of uids: [UIDP], _ context: Context) -> String {
        var roots: [UIDP] = []
        for uid in uids where !roots.contains(where: { $0.contains(uid) }) { roots.append(uid.root) }
        return roots.map(context.workspace.groupName).sorted().joined(separator: ", ")
    }
}
