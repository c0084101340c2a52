import AWSCaller
import Chainguard
import TerminalUI

/// What the details show: everything about the identity, or a recipe for it.
enum DetailPane: Sendable, Hashable {
    case details
    case recipe(Recipe)

    static func all(of identity: AssumableIdentity) -> [DetailPane] {
        [.details] + Recipe.all(of: identity).map(DetailPane.recipe)
    }

    var title: String {
        switch self {
        case .details: "Details"
        case .recipe(let recipe): recipe.title
        }
    }
}

extension IdentitiesScreen {
    func panes(_ context: Context) -> [DetailPane] { selected.map(DetailPane.all) ?? [.details] }

    /// The pane that was turned to, where the identity has it.
    func shownPane(_ context: Context) -> DetailPane { panes(context).contains(pane) ? pane : .details }

    mutating func turnPane(_ by: Int, _ context: Context) {
        let all = panes(context)
        let index = all.firstIndex(of: shownPane(context)) ?? 0
        pane = all[(index + by + all.count) % all.count]
        detailScroll.reset()
    }

    /// The recipe that is shown, and its text. While the bindings are unknown it is of the identity alone.
    func recipe(_ context: Context) -> (recipe: Recipe, text: String, name: String)? {
        guard context.isWide || isDetailOpen, let identity = selected,
            case .recipe(let recipe) = shownPane(context)
        else { return nil }
        let bindings = context.workspace.bindings[identity.uid]?.value ?? []
        let text = recipe.text(identity, bindings: bindings, issuer: context.options.endpoints.issuer)
        return (recipe, text, identity.name)
    }

    func drawDetail(into surface: inout Surface, in rect: Rect, _ context: Context) {
        guard let identity = selected else { return }
        let (tabs, body) = rect.splitTop(2)
        let panes = DetailPane.all(of: identity)
        let selected = panes.firstIndex(of: shownPane(context)) ?? 0
        surface.within(.panes) {
            Tabs(panes.map(\.title), selected: selected, isNumbered: false)
                .draw(into: &$0, in: tabs.splitTop(1).top, theme: context.theme)
        }
        surface.within(.detail) {
            detail(context, width: rect.width).draw(into: &$0, in: body, scroll: detailScroll)
        }
    }

    /// Everything about the selected identity, or the recipe that is turned to.
    func detail(_ context: Context, width: Int) -> Page {
        var page = Page(width: width - 2, theme: context.theme)
        guard let identity = selected else { return page }
        if context.isWide { page.heading(identity.name) }
        guard case .recipe(let recipe) = shownPane(context) else {
            IdentityPage.describe(identity, context, &page)
            return page
        }
        let bindings = context.workspace.bindings[identity.uid] ?? Loadable()
        if recipe == .policy {
            page.text("Needed only where the caller proves itself with AWS outbound federation.", context.theme.dim)
        } else if recipe != .json, bindings.value == nil {
            page.text(
                bindings.failure == nil
                    ? "asking for its role bindings …"
                    : "without its role bindings, which could "
                        + "not be read", context.theme.warning)
        }
        page.code(recipe.text(identity, bindings: bindings.value ?? [], issuer: context.options.endpoints.issuer))
        return page
    }
}
