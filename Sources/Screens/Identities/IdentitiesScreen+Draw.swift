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
        let (table, detail) = rest.panes(leftPercent: 53)
        return Layout(status: status, table: table, detail: detail)
    }

    func draw(into surface: inout Surface, _ context: Context) {
        let layout = layout(context)
        if isDetailOpen, !context.isWide {
            surface.drawDetailTitle(selected?.name ?? "", in: "Identities", at: layout.status, context.theme)
            drawDetail(into: &surface, in: layout.detail, context)
            return
        }
        drawStatus(into: &surface, in: layout.status, context)
        drawTable(into: &surface, in: layout.table, context)
        guard context.isWide else { return }
        surface.drawDivider(leftOf: layout.detail, isFocused: isDetailOpen, context.theme)
        drawDetail(into: &surface, in: layout.detail, context)
    }

    /// A second line holds what narrows the list and how many are marked.
    var hasChips: Bool { !choice.facets.isEmpty || !marked.isEmpty }

    private func drawChips(into surface: inout Surface, in rect: Rect, _ context: Context) {
        let theme = context.theme
        var spans: [Span] = []
        for facet in choice.facets.chosen {
            spans += [Span("[\(IdentityFacets.title(facet, context.workspace))]", theme.badge), Span(" ")]
        }
        if !marked.isEmpty { spans.append(Span("\(marked.count) marked", theme.accent)) }
        if hiddenMarks > 0 { spans.append(Span(", \(hiddenMarks) of them not listed", theme.warning)) }
        let lead = choice.facets.isEmpty ? Span("       ", theme.label) : Span("Only   ", theme.label)
        surface.write([lead] + spans, at: Point(rect.x, rect.y + 1), limit: rect.width)
    }

    /// The filter and how many of how many are listed: of what is shown, while a large list is arranged anew.
    private func drawStatus(into surface: inout Surface, in rect: Rect, _ context: Context) {
        if hasChips { drawChips(into: &surface, in: rect, context) }
        rows.drawFilter(into: &surface, in: rect, count: countText(context), theme: context.theme)
    }

    private func countText(_ context: Context) -> String {
        let input = arrangement.input
        guard let known = context.workspace.identities.value, known.isEmpty || !all.isEmpty else { return "" }
        let isNarrowed = !rows.filter.isEmpty || !input.choice.facets.isEmpty
        if input.saved == nil, all.count < input.total {
            return (isNarrowed ? "\(listed.count) found · " : "") + "\(all.count) of \(input.total) read"
        }
        let total = Format.plural(max(all.count, input.total), "identity", "identities")
        let age = input.saved.map { " as of \(TimeText.ago($0, now: context.now))" } ?? ""
        return (isNarrowed ? "\(listed.count) of " : "") + total + age
    }

    private func drawTable(into surface: inout Surface, in rect: Rect, _ context: Context) {
        guard rows.rows.isEmpty else {
            return surface.within(.table) {
                rows.table.draw(into: &$0, in: rect, theme: context.theme, focused: focus == .table) { row in
                    rows.rows.indices.contains(row) ? cells(rows.rows[row], context) : []
                }
            }
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
        } else if !all.isEmpty {
            let words =
                rows.filter.isEmpty
                ? "No identity is of the kind that is shown only. Esc shows all."
                : "No identity matches “\(rows.filter.text)”. Esc clears the filter."
            page.text(words, context.theme.dim)
        } else if identities.value?.isEmpty == true, !identities.isLoading {
            page.text("There is no identity yet. n creates one for this caller.", context.theme.dim)
        } else if identities.isUntouched {
            page.text("The list was not read. r reads it.", context.theme.dim)
        } else {
            page.text("Reading the list …", context.theme.dim)
        }
        return page
    }

    private func cells(_ row: IdentityRow, _ context: Context) -> [TableCell] {
        switch row {
        case .group(let uid, let depth, let count, let isFolded):
            return [groupCell(context.workspace.groupName(uid), depth, count, isFolded, context.theme)]
        case .identity(let index, let depth):
            let shown = IdentityColumn.shown(sortedBy: arrangement.input.choice.sort)
            return shown.map { cell($0, index, depth, context) }
        }
    }

    private func groupCell(
        _ name: String, _ depth: Int, _ count: Int, _ isFolded: Bool, _ theme: Theme
    ) -> TableCell {
        let sign = isFolded ? "+" : "-"
        return TableCell(spans: [
            Span(String(repeating: "  ", count: depth)), Span("\(sign) ", theme.accent),
            Span(name, theme.title), Span(" \(count)", theme.dim),
        ])
    }

    private func nameCell(_ index: Int, _ depth: Int, _ theme: Theme) -> TableCell {
        let mark = marked.contains(index) ? [Span("\(theme.glyphs.check) ", theme.accent)] : []
        let indent = depth == 0 ? [] : [Span(String(repeating: "  ", count: depth))]
        return TableCell(spans: indent + mark + found(all[index].name, theme.text, theme))
    }

    private func cell(_ column: IdentityColumn, _ index: Int, _ depth: Int, _ context: Context) -> TableCell {
        let (identity, theme) = (all[index], context.theme)
        switch column {
        case .name: return nameCell(index, depth, theme)
        case .closeness: return closenessCell(identity, context)
        case .kind: return TableCell(spans: found(IdentityWords.kind(identity), theme.dim, theme))
        case .who: return TableCell(spans: found(IdentityWords.who(identity), theme.text, theme))
        case .parent: return TableCell(identity.uid.parent.map(context.workspace.groupName) ?? "", theme.dim)
        case .lastSeen:
            return IdentityWords.isExpired(identity, now: context.now)
                ? TableCell("expired", theme.bad)
                : TableCell(TimeText.ago(identity.lastSeen, now: context.now), theme.dim)
        }
    }

    /// What the filter found in a text stands out.
    private func found(_ text: String, _ style: Style, _ theme: Theme) -> [Span] {
        rows.matcher.highlighted(text, style: style, highlight: theme.found)
    }

    /// Whether this caller is let in, or what differs.
    private func closenessCell(_ identity: AssumableIdentity, _ context: Context) -> TableCell {
        let caller = context.workspace.callerValues
        let words = Closeness.words(identity, caller)
        guard caller != nil, case .aws = identity.relationship else { return TableCell(words, context.theme.dim) }
        let letsIn = Closeness(of: identity, to: caller).letsIn
        return TableCell(words, letsIn ? context.theme.good : context.theme.warning)
    }
}
