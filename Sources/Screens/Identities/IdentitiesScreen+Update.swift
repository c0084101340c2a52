import AWSCaller
import Chainguard
import TerminalUI

extension IdentitiesScreen {
    mutating func handle(_ key: Key, _ context: Context) -> [Request]? {
        doomed = nil
        rows.table.selection.visibleRows = max(1, layout(context).table.height - 1)
        if rows.isFiltering { return took(rows.updateFilter(key), context) ? [] : nil }
        return focus == .detail ? handleDetail(key, context) : handleTable(key, context)
    }

    mutating func handle(_ hit: MouseHit, _ context: Context) -> [Request] {
        switch hit.place {
        case .detail:
            if hit.action == .click { focus = .detail }
            for key in hit.arrows { _ = scrollDetail(key, context) }
        case .panes:
            pane = hit.clickedItem.map { panes(context)[$0] } ?? pane
            detailScroll.reset()
        default:
            if hit.action == .click { focus = .table }
            if case .heading(let column) = hit.target.part {
                return rows.matcher.isEmpty ? sort(byColumn: column, context) : [.say(Self.bestFirst)]
            }
            _ = took(rows.update(hit), context)
        }
        return []
    }

    private mutating func handleTable(_ key: Key, _ context: Context) -> [Request]? {
        if key == .tab || key == .backTab, context.isWide, selected != nil {
            focus = .detail
            return []
        }
        guard rows.table.update(key) else { return nil }
        moved(context)
        return []
    }

    private mutating func handleDetail(_ key: Key, _ context: Context) -> [Request]? {
        if key == .tab || key == .backTab, context.isWide {
            focus = .table
            return []
        }
        return scrollDetail(key, context) ? [] : nil
    }

    private mutating func scrollDetail(_ key: Key, _ context: Context) -> Bool {
        let rect = layout(context).detail
        let rows = detail(context, width: rect.width).rows.count
        return detailScroll.update(key, rows: rows, height: rect.height - 2)
    }

    /// - Returns: whether the key was of use.
    private mutating func took(_ change: FilteredTable<IdentityRow>.FilterChange, _ context: Context) -> Bool {
        switch change {
        case .unused: return false
        case .used: if !rows.isFiltering, !rows.filter.isEmpty { moved(context) }
        case .moved: moved(context)
        case .typed:
            show(context, keeping: nil)
            detailScroll.reset()
        }
        return true
    }

    mutating func paste(_ text: String, _ context: Context) {
        _ = took(rows.paste(text), context)
    }

    mutating func moved(_ context: Context) {
        hasMoved = true
        if rows.selected.map(uid) != shownUID { detailScroll.reset() }
        remember()
        rest(context)
    }

    mutating func goBack(_ context: Context) -> [Request]? {
        guard hasWayBack(context) else { return nil }
        if rows.isFiltering {
            _ = rows.clearFilter()
        } else if focus == .detail {
            focus = .table
        } else if !rows.clearFilter() {
            if marked.isEmpty { return narrow(to: IdentityFacets(), context) }
            marked = Marks()
        }
        show(context, keeping: rows.selected)
        return []
    }

    func hasWayBack(_ context: Context) -> Bool {
        rows.isFiltering || focus == .detail || !rows.filter.isEmpty || !choice.facets.isEmpty || !marked.isEmpty
    }

    /// Beside the details of one, what concerns the list matters less.
    var asides: Set<Command> {
        focus == .detail ? [.filter, .newIdentity, .narrow, .onlyMatching, .toggleTree, .refresh] : []
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Request] {
        switch command {
        case .refresh:
            return [
                .run(.identities(as: context.workspace.session)), .run(.groups(as: context.workspace.session)),
            ]
        case .filter: (rows.isFiltering, focus) = (true, .table)
        case .sort, .reverse, .sortByCloseness, .toggleTree: return arrange(command, context)
        case .onlyMatching: return toggle(.matchesMe, context)
        case .onlyUnused: return toggle(.neverUsed, context)
        case .onlyExpired: return toggle(.expired, context)
        case .openDetail: return open(context)
        case .nextPane: turnPane(1, context)
        case .previousPane: turnPane(-1, context)
        case .saveRecipe: return recipe(context).map { [$0.recipe.saving($0.text, name: $0.name)] } ?? []
        case .newIdentity: return [.startWizard]
        case .showToken: return selected.map { [.choose($0.uid, name: $0.name, then: .token)] } ?? []
        case .logIn: return selected.map { .logIn(as: $0.uid, name: $0.name) } ?? []
        case .copyIdentity: return copy(context)
        case .editIdentity: return selected.map { [.edit($0)] } ?? []
        case .showBindings: return selected.map { [.showBindings($0)] } ?? []
        case .deleteIdentity: return delete(context)
        case .narrow: return [.facets(FacetMenu(choice.facets, context.workspace))]
        case .mark: mark(context)
        case .markAll: markAll()
        default: break
        }
        return []
    }

    /// Asks first what goes with it.
    private mutating func delete(_ context: Context) -> [Request] {
        if !marked.isEmpty { return [.confirm(.deleteMarked(markedIdentities(context), context))] }
        guard let identity = selected else { return [] }
        if context.workspace.bindings[identity.uid]?.value != nil { return [.confirm(.delete(identity, context))] }
        doomed = identity.uid
        return [.run(.bindings(identity.uid, as: context.workspace.session))]
    }

    private func copy(_ context: Context) -> [Request] {
        if let shown = recipe(context) { return [shown.recipe.copying(shown.text)] }
        return shownUID.map { [.copy(Secret($0.text), said: "Copied the UIDP \($0.text)")] } ?? []
    }

    /// The details of an identity; what stands below an organization or folder.
    private mutating func open(_ context: Context) -> [Request] {
        if case .group(let uid, _, _, _) = rows.selected {
            choice.toggleFold(uid)
            return arrange(context)
        }
        focus = .detail
        detailScroll.reset()
        rest(context)
        return []
    }

    private mutating func arrange(_ command: Command, _ context: Context) -> [Request] {
        switch command {
        case .sort: choice.sortByNext()
        case .reverse: choice.isAscending.toggle()
        case .sortByCloseness: choice.sort(by: choice.sort == .closeness ? .name : .closeness)
        default: choice.isTree.toggle()
        }
        return arrange(context)
    }

    /// A second click on a heading turns the order round.
    private mutating func sort(byColumn index: Int, _ context: Context) -> [Request] {
        let column = IdentityColumn.shown(sortedBy: choice.sort)[index]
        (choice.sort, choice.isAscending) = (column, choice.sort != column || !choice.isAscending)
        return arrange(context)
    }

    /// Narrow the list, or with nothing chosen show all of it.
    mutating func narrow(to new: IdentityFacets, _ context: Context) -> [Request] {
        choice.facets = new
        return arrange(context)
    }

    private mutating func toggle(_ facet: IdentityFacets.Facet, _ context: Context) -> [Request] {
        var new = choice.facets
        new.toggle(facet)
        return narrow(to: new, context)
    }

    func objection(to command: Command, _ context: Context) -> String? {
        if isDetailOpen, !context.isWide, Self.ofTheList.contains(command) { return "Esc goes back to the list first" }
        if !rows.matcher.isEmpty, [.sort, .reverse, .sortByCloseness].contains(command) { return Self.bestFirst }
        return switch command {
        case .openDetail where focus == .detail: "they are open"
        case .deleteIdentity where !marked.isEmpty: nil
        case .markAll: listed.isEmpty ? "nothing is listed" : nil
        case .openDetail, .copyIdentity: shownUID == nil ? "nothing is selected" : nil
        case .nextPane, .previousPane:
            context.isWide || isDetailOpen ? noneSelected : "Enter opens the details first"
        case .saveRecipe: recipe(context) == nil ? "no recipe is shown: ] turns to one" : nil
        case .showToken, .logIn, .editIdentity, .showBindings, .deleteIdentity, .mark: noneSelected
        case .onlyMatching, .sortByCloseness:
            context.workspace.callerValues == nil ? "the AWS caller is not known" : nil
        case .refresh: context.workspace.identities.isLoading ? "the list is being read" : nil
        default: nil
        }
    }

    /// What would change the list, and with it what is selected, unseen.
    private static let ofTheList: Set<Command> = [
        .narrow, .onlyMatching, .onlyUnused, .onlyExpired, .toggleTree, .sort, .reverse, .sortByCloseness, .mark,
        .markAll,
    ]

    private static let bestFirst = "while a filter is set, what fits it best comes first"

    private var noneSelected: String? { selected == nil ? "no identity is selected" : nil }
}
