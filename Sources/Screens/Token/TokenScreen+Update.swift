import AWSCaller
import Chainguard
import TerminalUI

extension TokenScreen {
    var isTyping: Bool { field != nil }

    var typingHints: [KeyHint] { [KeyHint(.enter, label: "examine"), KeyHint(.escape, label: "give up")] }

    mutating func paste(_ text: String, _ context: Context) {
        if field != nil { examine(text) }
    }

    /// Pasted text is taken whole at once: its line ends are part of what is examined.
    private mutating func examine(_ text: String) {
        (pasted, field, isRevealed) = (OpenedToken(pasted: Secret(text)), nil, false)
        show(.findings)
    }

    mutating func handle(_ key: Key, _ context: Context) -> [Request]? {
        if field != nil { return type(key) }
        if shownPane(context) == .request, let shown, !shown.stops.isEmpty {
            return moveCursor(key, shown) ? [] : nil
        }
        let body = body(context)
        return scroll.update(key, rows: page(context, width: body.width).rows.count, height: body.height) ? [] : nil
    }

    mutating func handle(_ hit: MouseHit, _ context: Context) -> [Request] {
        field?.update(hit)
        if hit.place == .panes, let index = hit.clickedItem {
            pane = panes(context)[index]
            scroll.reset()
        } else if hit.place == .table, let line = hit.clickedItem {
            cursor = shown?.stops.firstIndex { $0.line == line } ?? cursor
        }
        return turnWheel(hit, context)
    }

    private mutating func type(_ key: Key) -> [Request]? {
        if key == .enter {
            examine(field?.text ?? "")
            return []
        }
        return field?.update(key) == true ? [] : nil
    }

    /// Up and down by lines; sideways, by parts, is the bindings' business.
    private mutating func moveCursor(_ key: Key, _ shown: OpenedToken) -> Bool {
        guard !key.alt else { return false }
        switch key.code {
        case .up, .character("k"): cursor = shown.cursor(cursor, movedBy: -1)
        case .down, .character("j"): cursor = shown.cursor(cursor, movedBy: 1)
        case .pageUp, .control("b"), .control("u"): cursor = shown.cursor(cursor, movedBy: -5)
        case .pageDown, .control("f"), .control("d"): cursor = shown.cursor(cursor, movedBy: 5)
        case .home, .character("g"): cursor = 0
        case .end, .character("G"): cursor = shown.stops.count - 1
        default: return false
        }
        return true
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Request] {
        switch command {
        case .nextPane: turn(1, context)
        case .previousPane: turn(-1, context)
        case .nextPart: cursor = min(cursor + 1, (shown?.stops.count ?? 1) - 1)
        case .previousPart: cursor = max(0, cursor - 1)
        case .reveal: isRevealed.toggle()
        case .examine: field = TextField(placeholder: "paste it here", masked: true, maximumLength: 1 << 20)
        case .recipe:
            if pane == .recipe { recipe = recipe == .openssl ? .curl : .openssl }
            show(.recipe)
        case .copyRecipe:
            return recipeText(context).map { [.copy(Secret($0), said: "The \(recipe.title) recipe is copied")] } ?? []
        case .signAgain, .refresh:
            guard let uid else { return [] }
            return [.run(.token(uid, profile: context.workspace.profile))]
        case .copyToken: return signed.map { [.confirm(.copyToken($0, context))] } ?? []
        case .logIn: return uid.map { .logIn(as: $0, name: nil) } ?? []
        case .chooseIdentity: return [.chooseIdentity(then: .token)]
        default: break
        }
        return []
    }

    /// The panes there are: large screens show the forms that were signed beside the request, and a token made
    /// elsewhere has no recipe.
    func panes(_ context: Context) -> [Pane] {
        guard let shown else { return [] }
        return Pane.allCases.filter { pane in
            switch pane {
            case .canonical, .toSign: !showsSigning(context) && shown.request != nil
            case .request: shown.request != nil
            case .recipe: pasted == nil
            case .checklist, .findings, .text: true
            }
        }
    }

    func shownPane(_ context: Context) -> Pane {
        let panes = panes(context)
        return panes.contains(pane) ? pane : panes.first ?? .findings
    }

    mutating func show(_ pane: Pane) {
        self.pane = pane
        cursor = 0
        scroll.reset()
    }

    private mutating func turn(_ by: Int, _ context: Context) {
        let panes = panes(context)
        let place = panes.firstIndex(of: shownPane(context)) ?? 0
        pane = panes[(place + by + panes.count) % panes.count]
        scroll.reset()
    }

    /// The script that makes such a token.
    func recipeText(_ context: Context) -> String? {
        uid.map { Recipes.tokenScript(identity: $0, audience: context.options.endpoints.issuer, with: recipe) }
    }
}
