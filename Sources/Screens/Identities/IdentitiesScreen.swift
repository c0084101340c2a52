import AWSCaller
import Chainguard
import FoundationEssentials
import TerminalUI

/// The identities of the organization: a table to find one in, and everything about the one that is chosen.
struct IdentitiesScreen: ScreenState {
    enum Focus: Sendable, Equatable { case table, detail }

    var rows = FilteredTable<IdentityRow>(
        IdentityColumn.shown(sortedBy: .name).map { $0.column(nameWidth: 14) },
        placeholder: "name, UIDP, account, role, ARN")
    var focus = Focus.table
    var pane = DetailPane.details
    var detailScroll = Scroll()
    var choice = IdentityChoice()
    /// What is shown; of what was chosen before while a large list is arranged anew.
    private(set) var arrangement = IdentityArrangement()
    /// What passes the filter, folded ones too, as indices into the arrangement's identities.
    private(set) var listed: [Int] = []
    /// What is under the cursor: an identity, or in the tree an organization or folder.
    var shownUID: UIDP?
    /// Chosen for doing something to all of them.
    var marked = Marks()
    /// How many of the marked the filter or the facets hide.
    var hiddenMarks = 0
    /// The person chose what is under the cursor; until then the cursor stays at the top while pages arrive.
    var hasMoved = false
    /// To be deleted once it is known what goes with it.
    var doomed: UIDP?
    /// The identity whose bindings are asked for.
    private var wanted = Rest()
    /// Since when identities are known that are not listed.
    private var staleSince: Date?

    var isTyping: Bool { rows.isFiltering }

    /// On a narrow screen the detail takes the table's place while it has the focus.
    var isDetailOpen: Bool { focus == .detail }

    var all: [AssumableIdentity] { arrangement.input.all }

    var selected: AssumableIdentity? {
        guard case .identity(let index, _) = rows.selected else { return nil }
        return all[index]
    }

    // MARK: Coming and going

    mutating func enter(_ context: Context) -> [Request] {
        let workspace = context.workspace
        var requests = arrange(context)
        rest(context)
        let isComplete =
            workspace.identitiesSaved == nil
            && (workspace.identities.value?.count ?? -1) >= workspace.identityTotal
        if !workspace.identities.isLoading, workspace.identities.failure == nil, !isComplete {
            requests.append(.run(.identities(as: workspace.session)))
        }
        if workspace.groups.isUntouched { requests.append(.run(.groups(as: workspace.session))) }
        return requests
    }

    mutating func receive(_ answer: Answer, of job: Job, _ context: Context) -> [Request] {
        if job.question == .bindings, let doomed, let identity = selected, identity.uid == doomed {
            self.doomed = nil
            return [.confirm(.delete(identity, context))]
        }
        switch answer {
        case .arranged(let new):
            // The small list of another login may have come in between.
            if case .arrange(_, arrangement) = job { take(new, context) }
            return arrange(context)
        case .identities(_, _, complete: false) where !all.isEmpty:
            staleSince = staleSince ?? context.now
            return []
        case .identities, .identitiesRemembered, .created, .updated, .deleted, .deletedMany, .creationDropped, .groups,
            .caller:
            return arrange(context)
        default: return []
        }
    }

    mutating func sessionChanged(_ context: Context) {
        (focus, hasMoved) = (.table, false)
        marked = Marks()
        _ = arrange(context)
    }

    // MARK: The list

    /// Arranges anew if what is wanted is not what is shown: a small list at once, a large one as a job.
    mutating func arrange(_ context: Context) -> [Request] {
        staleSince = nil
        let workspace = context.workspace
        let wanted = IdentityArrangement.Input(
            list: workspace.identityList, all: workspace.identities.value ?? [], total: workspace.identityTotal,
            saved: workspace.identitiesSaved, groups: workspace.groups.value ?? [],
            caller: choice.dependsOnCaller ? workspace.callerValues : nil, choice: choice, now: context.now)
        let running = context.work.arrangement
        if wanted == running { return [] }
        let stop: [Request] = running == nil ? [] : [.stop(.arrangement)]
        if wanted == arrangement.input { return stop }
        guard wanted.all.count <= IdentityArrangement.atOnce else {
            return [.run(.arrange(wanted, after: arrangement))]
        }
        take(IdentityArrangement(wanted, after: arrangement), context)
        return stop
    }

    /// What is marked and what is under the cursor stay so wherever they move to.
    private mutating func take(_ new: IdentityArrangement, _ context: Context) {
        let moved = marked.indices.compactMap(new.place)
        marked = Marks()
        marked.insert(moved)
        var cursor = rows.selected
        if case .identity(let index, let depth) = cursor {
            cursor = new.place(of: index).map { .identity($0, depth: depth) }
        }
        arrangement = new
        arrangement.settle()
        let columns = IdentityColumn.shown(sortedBy: new.input.choice.sort)
        rows.table.columns = columns.map { $0.column(nameWidth: new.nameWidth) }
        show(context, keeping: cursor)
    }

    /// List what passes the filter.
    /// - Parameter cursor: what the cursor goes to; until it was moved it stays at the top. Without one it goes to what fits
    ///   the filter best, which in the tree has folders above it.
    mutating func show(_ context: Context, keeping cursor: IdentityRow?) {
        let choice = arrangement.input.choice
        let column = IdentityColumn.shown(sortedBy: choice.sort).firstIndex(of: choice.sort) ?? 0
        rows.table.sorted = rows.matcher.isEmpty ? (column, choice.isAscending) : nil
        let found = arrangement.search(rows.matcher)
        listed = found.listed
        hiddenMarks = marked.count(outside: listed)
        let isAtTop = !hasMoved && rows.table.selection.index == 0
        let best = rows.matcher.isEmpty ? nil : found.listed.first.flatMap { place(of: $0, in: found.rows) }
        let kept =
            isAtTop
            ? best ?? 0
            : cursor.map { cursor in found.rows.firstIndex { $0.isSame(as: cursor) } } ?? best
        rows.show(found.rows, selecting: kept)
        remember()
        rest(context)
    }

    private func place(of identity: Int, in rows: [IdentityRow]) -> Int? {
        rows.firstIndex { if case .identity(identity, _) = $0 { true } else { false } }
    }

    mutating func remember() {
        shownUID = rows.selected.map(uid)
    }

    func uid(of row: IdentityRow) -> UIDP {
        switch row {
        case .identity(let index, _): all[index].uid
        case .group(let uid, _, _, _): uid
        }
    }

    // MARK: The bindings of what is selected

    /// Note what to ask once the selection rests, if the detail is seen and its bindings are unknown.
    mutating func rest(_ context: Context) {
        let isSeen = context.isWide || isDetailOpen
        let uid = isSeen ? selected?.uid : nil
        let isUnknown = uid.map { context.workspace.bindings[$0] == nil } ?? false
        wanted.settle(on: isUnknown ? uid : nil, now: context.now, after: isDetailOpen ? 0 : 0.2)
    }

    mutating func wake(_ context: Context) -> [Request] {
        let asked = wanted.take(now: context.now).map { [Request.run(.bindings($0, as: context.workspace.session))] }
        let isStale = staleSince.map { context.now.timeIntervalSince($0) >= Self.patience } ?? false
        return (asked ?? []) + (isStale && context.work.arrangement == nil ? arrange(context) : [])
    }

    /// While pages arrive, the list is made anew a few times a second and not for each of them.
    private static let patience = 0.3

    func wakes(_ context: Context) -> [Duration] {
        guard let staleSince, context.work.arrangement == nil else { return wanted.wakes(now: context.now) }
        let age = Int(max(0, context.now.timeIntervalSince(staleSince)) * 1000)
        return wanted.wakes(now: context.now) + [.milliseconds(max(0, Int(Self.patience * 1000) - age) + 1)]
    }
}
