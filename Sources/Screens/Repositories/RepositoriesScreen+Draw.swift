import AWSCaller
import Chainguard
import TerminalUI

extension RepositoriesScreen {
    struct Layout: Sendable {
        var status: Rect
        var table: Rect
        var tags: Rect
    }

    func layout(_ context: Context) -> Layout {
        let (status, rest) = context.content.splitTop(1)
        guard context.isWide else { return Layout(status: status, table: rest, tags: rest) }
        let (table, tags) = rest.panes(leftPercent: 40)
        return Layout(status: status, table: table, tags: tags)
    }

    func draw(into surface: inout Surface, _ context: Context) {
        let layout = layout(context)
        if isTagsOpen, !context.isWide, let repository = selected(context) {
            surface.drawDetailTitle(
                repository.name, in: "Repositories", count: tagCount(context), at: layout.status, context.theme)
            drawTags(into: &surface, in: layout.tags, context)
            return
        }
        drawStatus(into: &surface, in: layout.status, context)
        drawTable(into: &surface, in: layout.table, context)
        guard context.isWide, shownID != nil else { return }
        surface.drawDivider(leftOf: layout.tags, isFocused: isTagsOpen, context.theme)
        drawTags(into: &surface, in: layout.tags, context)
    }

    private func drawStatus(into surface: inout Surface, in rect: Rect, _ context: Context) {
        let all = context.workspace.repositories.value
        let total = all.map { Format.plural($0.count, "repository", "repositories") } ?? ""
        let count = rows.filter.isEmpty ? total : "\(rows.rows.count) of \(total)"
        rows.drawFilter(into: &surface, in: rect, count: count, theme: context.theme)
    }

    private func drawTable(into surface: inout Surface, in rect: Rect, _ context: Context) {
        guard rows.rows.isEmpty else {
            let all = context.workspace.repositories.value ?? []
            return surface.within(.table) {
                rows.table.draw(into: &$0, in: rect, theme: context.theme, focused: focus != .tags) { row in
                    guard rows.rows.indices.contains(row), all.indices.contains(rows.rows[row]) else { return [] }
                    let repository = all[rows.rows[row]]
                    let name = rows.matcher.highlighted(
                        repository.name, style: context.theme.text, highlight: context.theme.found)
                    return [TableCell(spans: name), TableCell(repository.catalogTier, context.theme.dim)]
                }
            }
        }
        empty(context, width: rect.width).draw(into: &surface, in: rect, scroll: Scroll())
    }

    private func empty(_ context: Context, width: Int) -> Page {
        let repositories = context.workspace.repositories
        var page = Page(width: width, theme: context.theme)
        page.blank()
        if let failure = repositories.failure {
            if failure.category == .notAllowed { page.text("Not allowed", page.theme.title) }
            page.failure(failure)
        } else if let all = repositories.value, !all.isEmpty {
            page.text("No repository matches “\(rows.filter.text)”. Esc clears the filter.", page.theme.dim)
        } else if repositories.value != nil, !repositories.isLoading {
            page.text("Nothing here", page.theme.title)
            page.text("The login may list repositories, but there are none that it can see.", page.theme.dim)
        } else {
            page.text("Reading the list …", page.theme.dim)
        }
        return page
    }

    private func drawTags(into surface: inout Surface, in rect: Rect, _ context: Context) {
        guard let repository = selected(context) else { return }
        let theme = context.theme
        let (head, body) = rect.splitTop(min(tagsHeadHeight(context, width: rect.width), rect.height))
        let (name, pull) = head.splitTop(context.isWide ? 1 : 0)
        if !name.isEmpty {
            surface.write(
                [Span(repository.name, theme.title), Span("  \(tagCount(context))", theme.dim)], at: name.origin,
                limit: name.width)
        }
        for (row, line) in pullRows(context, width: pull.width).enumerated() {
            surface.write(line, at: Point(pull.x, pull.y + row), style: theme.accent, limit: pull.width)
        }
        let known = selectedTags(context)
        if let all = known.value, !all.isEmpty {
            return surface.within(.detail) {
                tags.draw(into: &$0, in: body, theme: theme, focused: focus == .tags) { row in
                    row < all.count ? cells(all[row], context) : []
                }
            }
        }
        var page = Page(width: body.width, theme: theme)
        if let failure = known.failure {
            page.failure(failure)
        } else {
            page.text(known.value == nil ? "asking for the tags …" : "no tags", theme.dim)
        }
        page.draw(into: &surface, in: body, scroll: Scroll())
    }

    private func pullRows(_ context: Context, width: Int) -> [String] {
        Array(Text.wrapped(pullCommand(context) ?? "", width: width).prefix(2))
    }

    /// How it is pulled and a blank row; its name above where no title says it.
    func tagsHeadHeight(_ context: Context, width: Int) -> Int {
        pullRows(context, width: width).count + (context.isWide ? 2 : 1)
    }

    private func tagCount(_ context: Context) -> String {
        selectedTags(context).value.map { Format.plural($0.count, "tag") } ?? ""
    }

    private func cells(_ tag: ImageTag, _ context: Context) -> [TableCell] {
        let theme = context.theme
        let name = [Span(tag.name)] + (tag.deprecated ? [Span(" deprecated", theme.warning)] : [])
        let updated = tag.lastUpdated.map { TimeText.ago($0, now: context.now) } ?? ""
        return [TableCell(spans: name), TableCell(updated, theme.dim), TableCell(tag.digest, theme.dim)]
    }
}
