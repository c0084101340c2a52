import AWSCaller
import Chainguard
import TerminalUI

extension RepositoriesScreen {
    mutating func handle(_ key: Key, _ context: Context) -> [Request]? {
        table.selection.visibleRows = max(1, layout(context).table.height - 1)
        tags.selection.visibleRows = max(1, layout(context).tags.height - 4)
        switch focus {
        case .filter: return handleFilter(key, context)
        case .tags:
            if key == .tab || key == .backTab, context.isWide {
                focus = .table
                return []
            }
            return tags.update(key) ? [] : nil
        case .table:
            if key == .tab || key == .backTab, context.isWide, shownID != nil {
                focus = .tags
                return []
            }
            guard table.update(key) else { return nil }
            moved(context)
            return []
        }
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
        shownID = nil
        table.selection.select(0)
        list(context)
    }

    mutating func paste(_ text: String, _ context: Context) {
        guard focus == .filter else { return }
        filter.paste(text)
        search(context)
    }

    mutating func goBack(_ context: Context) -> [Request]? {
        switch focus {
        case .filter:
            filter.setText("")
            focus = .table
        case .tags:
            focus = .table
        case .table:
            guard !filter.isEmpty else { return nil }
            filter.setText("")
        }
        list(context)
        return []
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Request] {
        switch command {
        case .refresh: return [.run(.repositories(as: context.workspace.session))]
        case .filter: focus = .filter
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
