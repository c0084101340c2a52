import AWSCaller
import Chainguard
import FoundationEssentials
import TerminalUI

/// The image repositories that the login can see, their tags, and how to pull them.
struct RepositoriesScreen: ScreenState {
    enum Focus: Sendable, Equatable { case table, tags }

    /// Its rows are indices into the workspace's repositories.
    var rows = FilteredTable<Int>(
        [TableColumn("Repository", .flexible(min: 20, max: 60)), TableColumn("Tier", .fixed(12), priority: 1)],
        placeholder: "part of a name")
    var tags = TableView(columns: [
        TableColumn("Tag", .flexible(min: 12, max: 32)), TableColumn("Updated", .fixed(14), priority: 1),
        TableColumn("Digest", .flexible(min: 12, max: 71), priority: 2),
    ])
    var focus = Focus.table
    var shownID: UIDP?
    private var wanted = Rest()

    static let bindings: [Binding<Command>] = [
        Binding(.enter, action: .showTags, label: "tags", help: "Show the tags of the selected repository."),
        Binding(.character("/"), action: .filter, label: "filter", help: "Filter the list as you type; Esc clears."),
        Binding(
            .character("y"), action: .copyPull, label: "copy pull",
            help: "Copy the command that pulls the selected tag."),
        Binding(.character("r"), action: .refresh, label: "refresh", help: "List the repositories again."),
    ]

    var isTyping: Bool { rows.isFiltering }

    /// On a narrow screen the tags take the table's place while they have the focus.
    var isTagsOpen: Bool { focus == .tags }

    func selected(_ context: Context) -> ImageRepository? {
        guard let index = rows.selected, let all = context.workspace.repositories.value, all.indices.contains(index)
        else { return nil }
        return all[index]
    }

    func selectedTags(_ context: Context) -> Loadable<[ImageTag]> {
        shownID.flatMap { context.workspace.tags[$0] } ?? Loadable()
    }

    /// `docker pull cgr.dev/acme/nginx:latest`; the first tag, or `latest`, unless one is selected.
    func pullCommand(_ context: Context) -> String? {
        guard let repository = selected(context) else { return nil }
        let known = selectedTags(context).value ?? []
        let chosen = focus == .tags ? tags.selectedRow.flatMap { $0 < known.count ? known[$0].name : nil } : nil
        let tag = chosen ?? known.first { $0.name == "latest" }?.name ?? known.first?.name ?? "latest"
        let registry = context.options.endpoints.registry
        let host = registry.firstRange(of: "://").map { String(registry[$0.upperBound...]) } ?? registry
        let image = "\(host)/\(context.workspace.groupName(repository.id.root))/\(repository.name):\(tag)"
        // It is pasted into shells, and the names are the server's.
        return "docker pull \(ShellText.quoted(Text.sanitised(image)))"
    }

    mutating func enter(_ context: Context) -> [Request] {
        list(context)
        rest(context)
        let session = context.workspace.session
        let repositories = context.workspace.repositories
        let isWanted = repositories.value == nil && repositories.failure == nil && !repositories.isLoading
        let groups: [Request] = context.workspace.groups.isUntouched ? [.run(.groups(as: session))] : []
        return (isWanted ? [.run(.repositories(as: session))] : []) + groups
    }

    mutating func receive(_ answer: Answer, of _: Job, _ context: Context) -> [Request] {
        switch answer {
        case .repositories: list(context)
        case .tags(let id, let all) where id == shownID:
            tags.rowCount = all.count
            if let latest = all.firstIndex(where: { $0.name == "latest" }) { tags.selection.select(latest) }
        default: return []
        }
        rest(context)
        return []
    }

    mutating func sessionChanged(_ context: Context) {
        focus = .table
        list(context)
    }

    mutating func list(_ context: Context) {
        let all = context.workspace.repositories.value ?? []
        let listed =
            rows.matcher.isEmpty
            ? all.indices.sorted { all[$0].name < all[$1].name } : FuzzyIndex(all.map(\.name)).search(rows.matcher)
        rows.show(listed, selecting: shownID.flatMap { id in listed.firstIndex { all[$0].id == id } })
        moved(context)
    }

    mutating func moved(_ context: Context) {
        let now = selected(context)?.id
        if now != shownID {
            shownID = now
            tags.rowCount = selectedTags(context).value?.count ?? 0
            tags.selection.select(selectedTags(context).value?.firstIndex { $0.name == "latest" } ?? 0)
        }
        rest(context)
    }

    private mutating func rest(_ context: Context) {
        let isUnknown = shownID.map { context.workspace.tags[$0] == nil } ?? false
        let isSeen = context.isWide || isTagsOpen
        wanted.settle(on: isSeen && isUnknown ? shownID : nil, now: context.now, after: isTagsOpen ? 0 : 0.2)
    }

    mutating func wake(_ context: Context) -> [Request] {
        wanted.take(now: context.now).map { [.run(.tags($0, as: context.workspace.session))] } ?? []
    }

    func wakes(_ context: Context) -> [Duration] { wanted.wakes(now: context.now) }
}
