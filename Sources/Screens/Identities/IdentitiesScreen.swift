import AWSCaller
import Chainguard
import FoundationEssentials
import TerminalUI

/// The identities of the organization: a table to find one in, and everything about the one that is chosen.
struct IdentitiesScreen: ScreenState {
    enum Focus: Sendable, Equatable { case table, filter, detail }

    var table = TableView(columns: IdentityColumn.allCases.map(\.column), emptyText: "")
    var filter = TextField(placeholder: "name, UIDP, account, role, ARN")
    var focus = Focus.table
    var detailScroll = Scroll()
    var sort = IdentityColumn.name
    var isAscending = true
    /// The identities that are listed, as indices into the workspace's.
    private(set) var listed: [Int] = []
    /// The identity under the cursor when the list was last made.
    var shownUID: UIDP?
    /// Chosen for doing something to all of them.
    var marked: Set<UIDP> = []
    private(set) var facets = IdentityFacets()
    /// What the facets admit; made anew when the list, the caller or the facets change.
    private var admitted: [Int]?
    private var isAdmittedKnown = false
    /// To be deleted once it is known what goes with it.
    var doomed: UIDP?
    /// The identity whose bindings are asked for.
    private var wanted = Rest()
    private var index = FuzzyIndex([String]())
    private var lastIndexed: UIDP?
    /// Since when identities are known that the list lacks.
    private var staleSince: Date?

    static let bindings: [Binding<Command>] = [
        Binding(.enter, action: .openDetail, label: "details", help: "Open the details of the selected identity."),
        Binding(.character("/"), action: .filter, label: "filter", help: "Filter the list as you type; Esc clears."),
        Binding(
            .character("n"), action: .newIdentity, label: "new",
            help: "Create an identity that this caller can assume."),
        Binding(
            .character("t"), action: .showToken, label: "token",
            help: "Sign a token for the selected identity and open it."),
        Binding(
            .character("l"), action: .logIn, label: "log in",
            help: "Log in as the selected identity with this host's AWS credentials."),
        Binding(.character("y"), action: .copyIdentity, label: "copy", help: "Copy the UIDP of the selected identity."),
        Binding(
            .character("e"), action: .editIdentity, label: "edit",
            help: "Change the description and the patterns of the selected identity."),
        Binding(
            .character("b"), action: .showBindings, label: "roles",
            help: "The roles that the selected identity is bound to: bind more, unbind."),
        Binding(
            .character("d"), action: .deleteIdentity, label: "delete",
            help: "Delete the selected identity after its name was typed, or all that are marked."),
        Binding(
            .character("f"), action: .narrow, label: "show only",
            help: "Show only a kind, an organization, what matches this caller, was never used or has expired."),
        Binding(
            .space, action: .mark, label: "mark",
            help: "Mark the identity, or take the mark away; d deletes the marked.",
            showsInFooter: false),
        Binding(
            .character("*"), action: .markAll, label: "mark all", help: "Mark all that are listed, or none.",
            showsInFooter: false),
        Binding(.character("s"), action: .sort, label: "sort", help: "Sort by the next column; the last one reverses."),
        Binding(.character("r"), action: .refresh, label: "refresh", help: "List the identities again."),
    ]

    var isTyping: Bool { focus == .filter }

    /// On a narrow screen the detail takes the table's place while it has the focus.
    var isDetailOpen: Bool { focus == .detail }

    func selected(_ context: Context) -> AssumableIdentity? {
        guard let row = table.selectedRow, row < listed.count, let all = context.workspace.identities.value,
            listed[row] < all.count
        else { return nil }
        return all[listed[row]]
    }

    // MARK: Coming and going

    mutating func enter(_ context: Context) -> [Request] {
        reindex(context)
        list(context)
        rest(context)
        var requests: [Request] = []
        let identities = context.workspace.identities
        let isComplete = (identities.value?.count ?? -1) >= context.workspace.identityTotal
        if !identities.isLoading, identities.failure == nil, !isComplete {
            requests.append(.run(.identities(as: context.workspace.session)))
        }
        if context.workspace.groups.isUntouched { requests.append(.run(.groups(as: context.workspace.session))) }
        return requests
    }

    mutating func receive(_ answer: Answer, of job: Job, _ context: Context) -> [Request] {
        if job.question == .bindings, let doomed, let identity = selected(context), identity.uid == doomed {
            self.doomed = nil
            return [.confirm(.delete(identity, context))]
        }
        switch answer {
        case .identities(let all, _, let isComplete): grow(all, isComplete, context)
        case .created, .updated, .deleted, .deletedMany, .creationDropped, .groups, .caller:
            if case .deletedMany(let uids) = answer { marked.subtract(uids) }
            if case .deleted(let uid) = answer { marked.remove(uid) }
            reindex(context)
            list(context)
            rest(context)
        default: break
        }
        return []
    }

    mutating func sessionChanged(_ context: Context) {
        focus = .table
        marked = []
        reindex(context)
        list(context)
        rest(context)
    }

    private mutating func reindex(_ context: Context) {
        let all = context.workspace.identities.value ?? []
        index = FuzzyIndex(all.map(IdentityList.haystack))
        isAdmittedKnown = false
        lastIndexed = all.last?.uid
    }

    /// Pages arrive: the index takes what is new, and the list is made anew a few times a second, not for each page.
    private mutating func grow(_ all: [AssumableIdentity], _ isComplete: Bool, _ context: Context) {
        let known = index.count
        isAdmittedKnown = false
        if known > 0, known <= all.count, all[known - 1].uid == lastIndexed {
            for identity in all[known...] { index.append(IdentityList.haystack(identity)) }
            lastIndexed = all.last?.uid
        } else {
            reindex(context)
        }
        let isFirst = listed.isEmpty
        staleSince = staleSince ?? context.now
        if isComplete || isFirst { refreshList(context) }
    }

    private mutating func refreshList(_ context: Context) {
        staleSince = nil
        list(context)
        rest(context)
    }

    /// List what passes the filter, sorted; the selected identity stays selected wherever it moves to.
    mutating func list(_ context: Context) {
        let all = context.workspace.identities.value ?? []
        let matcher = FuzzyMatcher(filter.text)
        if !isAdmittedKnown {
            admitted = facets.admitted(all, context.workspace, now: context.now)
            isAdmittedKnown = true
        }
        listed =
            matcher.isEmpty
            ? IdentityList.sorted(all, admitted, by: sort, ascending: isAscending, context.workspace)
            : index.search(matcher, among: admitted)
        table.rowCount = listed.count
        table.sorted = (IdentityColumn.allCases.firstIndex(of: sort) ?? 0, isAscending)
        if let uid = shownUID, let row = listed.firstIndex(where: { all[$0].uid == uid }) {
            table.selection.select(row)
        }
        remember(context)
    }

    /// Narrow the list, or with nothing chosen show all of it.
    mutating func narrow(to new: IdentityFacets, _ context: Context) {
        facets = new
        isAdmittedKnown = false
        list(context)
        rest(context)
    }

    mutating func remember(_ context: Context) {
        shownUID = selected(context)?.uid
    }

    // MARK: The bindings of what is selected

    /// Note what to ask once the selection rests, if the detail is seen and its bindings are unknown.
    mutating func rest(_ context: Context) {
        let isSeen = context.isWide || isDetailOpen
        let isUnknown = shownUID.map { context.workspace.bindings[$0] == nil } ?? false
        wanted.settle(on: isSeen && isUnknown ? shownUID : nil, now: context.now, after: isDetailOpen ? 0 : 0.2)
    }

    mutating func wake(_ context: Context) -> [Request] {
        if let staleSince, context.now.timeIntervalSince(staleSince) >= Self.patience { refreshList(context) }
        return wanted.take(now: context.now).map { [.run(.bindings($0, as: context.workspace.session))] } ?? []
    }

    private static let patience = 0.3

    func wakes(_ context: Context) -> [Duration] {
        let stale: [Duration] =
            staleSince.map {
                [
                    .milliseconds(
                        Int(Self.patience * 1000)
                            - Int(max(0, context.now.timeIntervalSince($0)) * 1000) + 1)
                ]
            } ?? []
        return wanted.wakes(now: context.now) + stale
    }
}
