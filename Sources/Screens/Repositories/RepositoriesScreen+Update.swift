import AWSCaller
import Chainguard
import TerminalUI

extension RepositoriesScreen {
    mutating func handle(_ key: Key, _ context: Context) -> [Request]? {
        rows.table.selection.visibleRows = max(1, layout(context).table.height - 1)
        let rect = layout(context).tags
        tags.selection.visibleRows = max(1, rect.height - tagsHeadHeight(context, width: rect.width) - 1)
        if rows.isFiltering { return took(rows.updateFilter(key), context) ? [] : nil }
        if key == .tab || key == .backTab, context.isWide, shownID != nil {
            focus = focus == .tags ? .table : .tags
            return []
        }
        if focus == .tags { return tags.update(key) ? [] : nil }
        guard rows.table.update(key) else { return nil }
        moved(context)
        return []
    }

    mutating func handle(_ hit: MouseHit, _ context: Context) -> [Request] {
        if hit.place == .detail {
            if hit.action == .click { focus = .tags }
            _ = tags.selection.update(hit)
        } else {
            if hit.action == .click { focus = .table }
            _ = took(rows.update(hit), context)
        }
        return []
    }

    /// - Returns: whether the key was of use.
    private mutating func took(_ change: FilteredTable<Int>.FilterChange, _ context: Context) -> Bool {
        switch change {
        case .unused: return false
        case .used: break
        case .moved: moved(context)
        case .typed:
            shownID = nil
            list(context)
        }
        return true
    }

    mutating func paste(_ text: String, _ context: Context) {
        _ = took(rows.paste(text), context)
    }

    mutating func goBack(_ context: Context) -> [Request]? {
        if !rows.isFiltering, focus == .tags {
            focus = .table
        } else if !rows.clearFilter() {
            return nil
        }
        list(context)
        return []
    }

    func hasWayBack(_ context: Context) -> Bool {
        rows.isFiltering || focus == .tags || !rows.filter.isEmpty
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Request] {
        switch command {
        case .refresh: return [.run(.repositories(as: context.workspace.session))]
        case .filter: (rows.isFiltering, focus) = (true, .table)
        case .showTags:
            focus = .tags
            moved(context)
        case .copyPull: return pullCommand(context).map { [.copy(Secret($0), said: "Copied: \($0)")] } ?? []
        default: break
        }
        return []
    }

    func objection(to command: Command, _ context: Context) -> String? {
        switch command {
        case .showTags where focus == .tags: "they are shown"
        case .showTags, .copyPull: selected(context) == nil ? "no repository is selected" : nil
        case .refresh: context.workspace.repositories.isLoading ? "the list is being read" : nil
        default: nil
        }
    }
}
