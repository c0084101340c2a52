import AWSCaller
import Chainguard
import TerminalUI

extension IdentitiesScreen {
    struct Layout: Sendable {
        var status: Rect
        var table: Rect
        var detail: Rect
    }

    func layout(_ context: Context) -> Layout {
        let (status, rest) = context.content.splitTop(hasChips ? 2 : 1)
        guard context.isWide else { return Layout(status: status, table: rest, detail: rest) }
        let (left, right) = rest.splitLeft(rest.width * 52 / 100)
        return Layout(status: status, table: left, detail: right.splitLeft(3).rest)
    }

    func draw(into surface: inout Surface, _ context: Context) {
        let layout = layout(context)
        if isDetailOpen, !context.isWide {
            drawTitle(into: &surface, in: layout.status, context)
            drawDetail(into: &surface, in: layout.detail, context)
            return
        }
        drawStatus(into: &surface, in: layout.status, context)
        drawTable(into: &surface, in: layout.table, context)
        guard context.isWide else { return }
        for y in layout.detail.y..<layout.detail.maxY {
            surface.write(context.theme.glyphs.vertical, at: Point(layout.detail.x - 2, y), style: context.theme.border)
        }
        drawDetail(into: &surface, in: layout.detail, context)
    }

    private func drawTitle(into surface: inout Surface, in rect: Rect, _ context: Context) {
        let spans = [
            Span("Identities ", context.theme.dim), Span(context.theme.glyphs.pointer + " ", context.theme.dim),
        ]
        let name = selected(context)?.name ?? ""
        surface.write(spans + [Span(name, context.theme.title)], at: rect.origin, limit: rect.width)
    }

    /// A second line holds what narrows the list and how many are marked.
    var hasChips: Bool { !facets.isEmpty || !marked.isEmpty }

    private func drawChips(into surface: inout Surface, in rect: Rect, _ context: Context) {
        let theme = context.theme
        var spans: [Span] = []
        for facet in facets.chosen {
            spans += [Span("[\(IdentityFacets.title(facet, context.workspace))]", theme.badge), Span(" ")]
        }
        if !marked.isEmpty { spans.append(Span("\(marked.count) marked", theme.accent)) }
        let lead = facets.isEmpty ? Span("       ", theme.label) : Span("Only   ", theme.label)
        surface.write([lead] + spans, at: Point(rect.x, rect.y + 1), limit: rect.width)
    }

    /// The filter and how many of how many are listed.
    private func drawStatus(into surface: inout Surface, in rect: Rect, _ context: Context) {
        let theme = context.theme
        if hasChips { drawChips(into: &surface, in: rect, context) }
        let count = countText(context)
        let countWidth = Text.width(count)
        let label = "Filter "
        surface.write(label, at: rect.origin, style: theme.label)
        let field = Rect(
            x: rect.x + label.count, y: rect.y, width: min(40, rect.width - label.count - countWidth - 2), height: 1)
        if focus == .filter || !filter.isEmpty {
            filter.draw(into: &surface, in: field, theme: theme, focused: focus == .filter)
        } else {
            surface.write("press / to type", at: field.origin, style: theme.dim, limit: field.width)
        }
        surface.write(count, at: Point(rect.maxX - countWidth, rect.y), style: theme.dim)
    }

    private func countText(_ context: Context) -> String {
        let identities = context.workspace.identities
        guard let all = identities.value else { return "" }
        let total = max(all.count, context.workspace.identityTotal)
        let loaded =
            all.count < total ? "\(all.count) of \(total) read" : Format.plural(total, "identity", "identities")
        return filter.isEmpty && facets.isEmpty ? loaded : "\(listed.count) of \(loaded)"
    }

    private func drawTable(into surface: inout Surface, in rect: Rect, _ context: Context) {
        guard listed.isEmpty else {
            table.draw(into: &surface, in: rect, theme: context.theme, focused: focus != .detail) { row in
                cells(row, context)
            }
            return
        }
        emptyPage(context, width: rect.width).draw(into: &surface, in: rect, scroll: Scroll())
    }

    private func emptyPage(_ context: Context, width: Int) -> Page {
        let identities = context.workspace.identities
        var page = Page(width: width, theme: context.theme)
        page.blank()
        if let failure = identities.failure {
            page.failure(failure)
            page.text("r asks again. An identity can be used without the list: 3 or 4, then i.", context.theme.dim)
        } else if let all = identities.value, !all.isEmpty {
            let words =
                filter.isEmpty
                ? "No identity is of what f chose. Esc shows all."
                : "No identity matches “\(filter.text)”. Esc clears the filter."
            page.text(words, context.theme.dim)
        } else if identities.value != nil, !identities.isLoading {
            page.text("There is no identity yet. n creates one for this caller.", context.theme.dim)
        } else {
            page.text("Reading the list …", context.theme.dim)
        }
        return page
    }

    private func cells(_ row: Int, _ context: Context) -> [TableCell] {
        guard let all = context.workspace.identities.value, row < listed.count, listed[row] < all.count else {
            return []
        }
        let identity = all[listed[row]]
        let theme = context.theme
        let isExpired = IdentityWords.isExpired(identity, now: context.now)
        return [
            name(identity, theme), TableCell(IdentityWords.kind(identity), theme.dim),
            TableCell(IdentityWords.who(identity), theme.text),
            TableCell(identity.uid.parent.map(context.workspace.groupName) ?? "", theme.dim),
            TableCell(
                isExpired ? "expired" : Format.ago(identity.lastSeen, now: context.now),
                isExpired ? theme.bad : theme.dim),
        ]
    }

    private func name(_ identity: AssumableIdentity, _ theme: Theme) -> TableCell {
        guard marked.contains(identity.uid) else { return TableCell(identity.name, theme.text) }
        return TableCell(spans: [Span("\(theme.glyphs.check) ", theme.accent), Span(identity.name, theme.text)])
    }

    private func drawDetail(into surface: inout Surface, in rect: Rect, _ context: Context) {
        detail(context, width: rect.width).draw(into: &surface, in: rect, scroll: detailScroll)
    }

    /// Everything about the selected identity.
    func detail(_ context: Context, width: Int) -> Page {
        var page = Page(width: width - 2, theme: context.theme)
        guard let identity = selected(context) else { return page }
        if context.isWide { page.heading(identity.name) }
        IdentityPage.describe(identity, context, &page)
        return page
    }
}
