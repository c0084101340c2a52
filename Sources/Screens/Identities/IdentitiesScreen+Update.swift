import AWSCaller
import Chainguard
import TerminalUI

extension IdentitiesScreen {
    mutating func handle(_ key: Key, _ context: Context) -> [Request]? {
        doomed = nil
        table.selection.visibleRows = max(1, layout(context).table.height - 1)
        switch focus {
        case .filter: return handleFilter(key, context)
        case .detail: return handleDetail(key, context)
        case .table: return handleTable(key, context)
        }
    }

    private mutating func handleTable(_ key: Key, _ context: Context) -> [Request]? {
        if key == .tab || key == .backTab, context.isWide, shownUID != nil {
            focus = .detail
            return []
        }
        guard table.update(key) else { return nil }
        moved(context)
        return []
    }

    private mutating func handleDetail(_ key: Key, _ context: Context) -> [Request]? {
        if key == .tab || key == .backTab, context.isWide {
            focus = .table
            return []
        }
        let rect = layout(context).detail
        let rows = detail(context, width: rect.width).rows.count
        return detailScroll.update(key, rows: rows, height: rect.height) ? [] : nil
    }

    private mutating func handleFilter(_ key: Key, _ context: Context) -> [Request]? {
        switch key.code {
        case .enter, .tab, .backTab: focus = .table
        case .up, .down, .pageUp, .pageDown:
            _ = table.selection.update(key, letters: false)
            moved(context)
        default:
            let before = filter.text
            guard filter.update(key) else { return nil }
            if filter.text != before { search(context) }
        }
        return []
    }

    /// The best match is the one selected while the person types.
    private mutating func search(_ context: Context) {
        shownUID = nil
        table.selection.select(0)
        list(context)
        moved(context)
    }

    mutating func paste(_ text: String, _ context: Context) {
        guard focus == .filter else { return }
        filter.paste(text)
        search(context)
    }

    mutating func moved(_ context: Context) {
        if selected(context)?.uid != shownUID { detailScroll.reset() }
        remember(context)
        rest(context)
    }

    mutating func goBack(_ context: Context) -> [Request]? {
        switch focus {
        case .filter:
            if !filter.isEmpty { filter.setText("") }
            focus = .table
        case .detail:
            focus = .table
        case .table:
            guard !filter.isEmpty else {
                guard !facets.isEmpty || !marked.isEmpty else { return nil }
                if marked.isEmpty { narrow(to: IdentityFacets(), context) } else { marked = [] }
                return []
            }
            filter.setText("")
        }
        list(context)
        rest(context)
        return []
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Request] {
        switch command {
        case .refresh:
            return [
                .run(.identities(as: context.workspace.session)), .run(.groups(as: context.workspace.session)),
            ]
        case .filter: focus = .filter
        case .sort: sortByNext(context)
        case .openDetail: openDetail(context)
        case .newIdentity: return [.startWizard]
        case .showToken: return selected(context).map { [.choose($0.uid, name: $0.name, then: .token)] } ?? []
        case .logIn: return selected(context).map { [.choose($0.uid, name: $0.name, then: .login), .startLogin] } ?? []
        case .copyIdentity: return shownUID.map { [.copy(Secret($0.text), said: "Copied the UIDP \($0.text)")] } ?? []
        case .editIdentity: return selected(context).map { [.edit($0)] } ?? []
        case .showBindings: return selected(context).map { [.showBindings($0)] } ?? []
        case .deleteIdentity: return delete(context)
        case .narrow: return [.facets(FacetMenu(facets, context.workspace))]
        case .mark: mark(context)
        case .markAll: markAll(context)
        default: break
        }
        return []
    }

    /// Asks first what goes with it.
    private mutating func delete(_ context: Context) -> [Request] {
        let all = markedIdentities(context)
        if !all.isEmpty { return [.confirm(.deleteMarked(all, context))] }
        guard let identity = selected(context) else { return [] }
        if context.workspace.bindings[identity.uid]?.value != nil { return [.confirm(.delete(identity, context))] }
        doomed = identity.uid
        return [.run(.bindings(identity.uid, as: context.workspace.session))]
    }

    func markedIdentities(_ context: Context) -> [AssumableIdentity] {
        guard !marked.isEmpty else { return [] }
        return context.workspace.identities.value?.filter { marked.contains($0.uid) } ?? []
    }

    private mutating func mark(_ context: Context) {
        guard let uid = shownUID else { return }
        if marked.remove(uid) == nil { marked.insert(uid) }
        if focus == .table, table.update(.down) { moved(context) }
    }

    private mutating func markAll(_ context: Context) {
        let all = context.workspace.identities.value ?? []
        let shown = listed.filter(all.indices.contains).map { all[$0].uid }
        if marked.isSuperset(of: shown) { marked = [] } else { marked.formUnion(shown) }
    }

    private mutating func openDetail(_ context: Context) {
        focus = .detail
        detailScroll.reset()
        rest(context)
    }

    private mutating func sortByNext(_ context: Context) {
        if isAscending {
            isAscending = false
        } else {
            let all = IdentityColumn.allCases
            let index = (all.firstIndex(of: sort) ?? 0) + 1
            sort = all[index % all.count]
            isAscending = true
        }
        list(context)
    }

    func objection(to command: Command, _ context: Context) -> String? {
        switch command {
        case .openDetail where focus == .detail: "they are open"
        case .deleteIdentity where !marked.isEmpty: nil
        case .markAll: listed.isEmpty ? "nothing is listed" : nil
        case .showToken, .logIn, .copyIdentity, .editIdentity, .showBindings, .deleteIdentity, .openDetail, .mark:
            shownUID == nil ? "no identity is selected" : nil
        case .refresh: context.workspace.identities.isLoading ? "the list is being read" : nil
        default: nil
        }
    }
}
