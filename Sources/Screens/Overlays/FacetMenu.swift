import TerminalUI

/// What the list of identities is to be narrowed to: checked with Space, taken with Enter.
struct FacetMenu: Sendable {
    let facets: [IdentityFacets.Facet]
    var choice: MultiChoice

    init(_ current: IdentityFacets, _ workspace: Workspace) {
        facets = IdentityFacets.all(workspace)
        choice = MultiChoice(
            facets.map { ChoiceOption(IdentityFacets.title($0, workspace)) },
            checked: Set(facets.indices.filter { [facets] in current.chosen.contains(facets[$0]) }))
    }

    var chosen: IdentityFacets {
        IdentityFacets(chosen: choice.checked.sorted().map { facets[$0] })
    }

    mutating func update(_ key: Key, size: Size) {
        choice.visibleRows = max(1, box(in: Chrome.content(of: size)).height - 3)
        _ = choice.update(key)
    }

    private func box(in rect: Rect) -> Rect {
        let width = min(rect.width, 56)
        let height = min(rect.height, facets.count + 3)
        return Rect(
            x: rect.x + (rect.width - width) / 2, y: rect.y + (rect.height - height) / 2, width: width, height: height)
    }

    func draw(into surface: inout Surface, in rect: Rect, theme: Theme) {
        let box = box(in: rect)
        Panel.draw(into: &surface, in: box, title: "Show only identities that are", theme: theme)
        surface.cursor = nil
        choice.draw(into: &surface, in: box.inset(horizontal: 2, vertical: 1), theme: theme, focused: true)
    }
}
