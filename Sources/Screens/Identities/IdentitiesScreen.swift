import AWSCaller
import Chainguard
import FoundationEssentials
import TerminalUI

/// The identities of the organization: a table to find one in, and everything about the one that is chosen.
struct IdentitiesScreen: ScreenState {
    enum Focus: Sendable, Equatable { case table, detail }

    var rows = FilteredTable<IdentityRow>(
        IdentityColumn.allCases.map { $0.column(nameWidth: 14) }, placeholder: "name, UIDP, account, role, ARN")
    var focus = Focus.table
    var pane = DetailPane.details
    var detailScroll = Scroll()
    var list = IdentityList()
    /// What is under the cursor: an identity, or in the tree an organization or folder.
    var shownUID: UIDP?
    /// Chosen for doing something to all of them.
    var marked: Set<UIDP> = []
    /// The person chose what is under the cursor; until then the cursor stays at the top while pages arrive.
    var hasMoved = false
    /// To be deleted once it is known what goes with it.
    var doomed: UIDP?
    /// The identity whose bindings are asked for.
    private var wanted = Rest()
    /// Since when identities are known that the list lacks.
    private var staleSince: Date?

    var isTyping: Bool { rows.isFiltering }

    /// On a narrow screen the detail takes the table's place while it has the focus.
    var isDetailOpen: Bool { focus == .detail }

    func selected(_ context: Context) -> AssumableIdentity? {
        guard case .identity(let index, _) = rows.selected, let all = context.workspace.identities.value,
            all.indices.contains(index)
        else { return nil }
        return all[index]
    }

    // MARK: Coming and going

    mutating func enter(_ context: Context) -> [Request] {
        reindex(context)
        let workspace = context.workspace
        var requests: [Request] = []
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
        if job.question == .bindings, let doomed, let identity = selected(context), identity.uid == doomed {
            self.doomed = nil
            return [.confirm(.delete(identity, context))]
        }
        switch answer {
        case .identities(_, _, let isComplete): grow(isComplete, context)
        case .identitiesRemembered: grow(true, context)
        case .created, .updated, .deleted, .deletedMany, .creationDropped, .groups, .caller:
            if case .deletedMany(let uids) = answer { marked.subtract(uids) }
            if case .deleted(let uid) = answer { marked.remove(uid) }
            reindex(context)
        default: break
        }
        return []
    }

    mutating func sessionChanged(_ context: Context) {
        (focus, hasMoved) = (.table, false)
        marked = []
        reindex(context)
    }

    private mutating func reindex(_ context: Context) {
        list.index(context.workspace)
        show(context)
    }

    /// Pages arrive: the index takes what is new, and the list is made anew a few times a second, not for each page.
    private mutating func grow(_ isComplete: Bool, _ context: Context) {
        list.grow(context.workspace)
        staleSince = staleSince ?? context.now
        if isComplete || rows.rows.isEmpty { show(context) }
    }

    /// List what passes the filter; what is under the cursor stays there wherever it moves to.
    mutating func show(_ context: Context) {
        staleSince = nil
        let new = list.rows(rows.matcher, context.workspace, now: context.now)
        let all = context.workspace.identities.value ?? []
        let kept =
            !hasMoved && rows.table.selection.index == 0
            ? 0 : shownUID.flatMap { uid in new.firstIndex { IdentityList.uid(of: $0, all) == uid } }
        rows.table.columns = IdentityColumn.allCases.map { $0.column(nameWidth: list.nameWidth) }
        rows.table.sorted = (IdentityColumn.allCases.firstIndex(of: list.sort) ?? 0, list.isAscending)
        rows.show(new, selecting: kept)
        remember(context)
        rest(context)
    }

    mutating func remember(_ context: Context) {
        let all = context.workspace.identities.value ?? []
        shownUID = rows.selected.flatMap { IdentityList.uid(of: $0, all) }
    }

    // MARK: The bindings of what is selected

    /// Note what to ask once the selection rests, if the detail is seen and its bindings are unknown.
    mutating func rest(_ context: Context) {
        let isSeen = context.isWide || isDetailOpen
        let uid = isSeen ? selected(context)?.uid : nil
        let isUnknown = uid.map { context.workspace.bindings[$0] == nil } ?? false
        wanted.settle(on: isUnknown ? uid : nil, now: context.now, after: isDetailOpen ? 0 : 0.2)
    }

    mutating func wake(_ context: Context) -> [Request] {
        if let staleSince, context.now.timeIntervalSince(staleSince) >= Self.patience { show(context) }
        return wanted.take(now: context.now).map { [.run(.bindings($0, as: context.workspace.session))] } ?? []
    }

    private static let patience = 0.3

    func wakes(_ context: Context) -> [Duration] {
        let stale = staleSince.map { since in
            let age = Int(max(0, context.now.timeIntervalSince(since)) * 1000)
            return Duration.milliseconds(Int(Self.patience * 1000) - age + 1)
        }
        return wanted.wakes(now: context.now) + (stale.map { [$0] } ?? [])
    }
}
