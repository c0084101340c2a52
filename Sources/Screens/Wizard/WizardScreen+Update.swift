import AWSCaller
import Chainguard
import TerminalUI

extension WizardScreen {
    mutating func handle(_ key: Key, _ context: Context) -> [Request]? {
        switch step {
        case .who, .naming: return handleForm(key, context)
        case .roles:
            form.roles.choice.visibleRows = RoleDetail.layout(rolesRect(context), context).list.height - 1
            return form.roles.choice.update(key) ? [] : nil
        case .review, .result:
            let rows = step == .review ? reviewRows(context) : result(context).rows.count
            return scroll.update(key, rows: rows, height: context.content.height - 2) ? [] : nil
        }
    }

    private mutating func handleForm(_ key: Key, _ context: Context) -> [Request]? {
        switch key {
        case .tab: moveFocus(1, wraps: true)
        case .backTab: moveFocus(-1, wraps: true)
        case .enter: return advance(context)
        case .up where form.focusedIsText: moveFocus(-1, wraps: false)
        case .down where form.focusedIsText: moveFocus(1, wraps: false)
        default: return edit(key) ? [] : nil
        }
        return []
    }

    private mutating func edit(_ key: Key) -> Bool {
        switch form.focus {
        case .kind:
            if key == .down || key == .character("j") {
                moveFocus(1, wraps: false)
                return true
            }
            guard key != .up, form.kind.update(key) else { return false }
            form.adapt(to: original)
            return true
        case .field(.partition):
            if key == .down || key == .up || key == .character("j") || key == .character("k") {
                moveFocus(key == .down || key == .character("j") ? 1 : -1, wraps: false)
                return true
            }
            return form.partition.update(key)
        case .field(.parent):
            if key == .up, form.parent.choice.selected == 0 {
                moveFocus(-1, wraps: false)
                return true
            }
            return form.parent.choice.update(key)
        case .field(let field):
            return change(field) { $0.update(key) } ?? false
        }
    }

    private mutating func change<Result>(
        _ field: WizardForm.Field, _ edit: (inout TextField) -> Result
    ) -> Result? {
        guard var text = form.texts[field] else { return nil }
        let old = text.text
        defer { if text.text != old, field == .iamName || field == .account { form.pin(to: original) } }
        let result = edit(&text)
        form.texts[field] = text
        return result
    }

    private mutating func moveFocus(_ by: Int, wraps: Bool) {
        let items = form.items(of: step)
        guard let index = items.firstIndex(of: form.focus), !items.isEmpty else { return }
        let next = index + by
        guard wraps || items.indices.contains(next) else { return }
        form.visited.insert(form.focus)
        form.focus = items[(next + items.count) % items.count]
    }

    mutating func handle(_ hit: MouseHit, _ context: Context) -> [Request] {
        switch step {
        case .who, .naming:
            form.click(hit, on: step)
            if form.focus == .kind { form.adapt(to: original) }
        case .roles: form.roles.choice.update(hit)
        case .review, .result:
            if hit.place == .panes, let index = hit.clickedItem {
                pane = panes(context)[index]
                scroll.reset()
            }
            return turnWheel(hit, context)
        }
        return []
    }

    mutating func paste(_ text: String, _ context: Context) {
        if step == .roles { form.roles.choice.paste(text) }
        guard step == .who || step == .naming, case .field(let field) = form.focus else { return }
        change(field) { $0.paste(text) }
    }

    /// Enter: the next field, or from the last one the next step.
    private mutating func advance(_ context: Context) -> [Request] {
        let items = form.items(of: step)
        form.visited.insert(form.focus)
        guard form.focus == items.last ?? form.focus else {
            moveFocus(1, wraps: false)
            return []
        }
        guard !form.hasProblem(on: step) else {
            showsProblems = true
            form.focus = items.first { form.problem($0, always: true) != nil } ?? form.focus
            return []
        }
        show(Step(rawValue: step.rawValue + 1) ?? step)
        return []
    }

    mutating func show(_ next: Step) {
        step = next
        showsProblems = false
        scroll.reset()
        if let first = form.items(of: next).first { form.focus = first }
    }

    mutating func goBack(_ context: Context) -> [Request]? {
        if step == .roles, form.roles.choice.isFiltering || !form.roles.choice.filter.isEmpty {
            _ = form.roles.choice.update(.escape)
            return []
        }
        if step == .result {
            guard failure != nil || (created == nil && !context.work.contains(.creation)) else { return nil }
            show(.review)
            return []
        }
        guard let previous = Step(rawValue: step.rawValue - 1) else { return nil }
        show(previous)
        return []
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Request] {
        switch command {
        case .nextStep: return step.rawValue < Step.review.rawValue ? advance(context) : []
        case .nextField: moveFocus(1, wraps: true)
        case .startOver: startOver(context)
        case .fetchFederation: return [.run(.federation(profile: context.workspace.profile))]
        case .nextPane: turnPane(1, context)
        case .previousPane: turnPane(-1, context)
        case .create: return create(context)
        case .showToken: return created.map { [.choose($0.identity.uid, name: $0.identity.name, then: .token)] } ?? []
        case .logIn:
            return created.map { .logIn(as: $0.identity.uid, name: $0.identity.name) } ?? []
        case .copyIdentity where step == .review:
            return recipe(context).map { [$0.copying($0.text(form.draft, issuer: issuer(context)))] } ?? []
        case .saveRecipe:
            return recipe(context).map {
                [$0.saving($0.text(form.draft, issuer: issuer(context)), name: form.draft.name)]
            } ?? []
        case .copyIdentity:
            return created.map { [.copy(Secret($0.identity.uid.text), said: "Copied \($0.identity.uid)")] } ?? []
        default: break
        }
        return []
    }

    private func issuer(_ context: Context) -> String { context.options.endpoints.issuer }

    private func recipe(_ context: Context) -> Recipe? { step == .review ? shownPane(context).recipe : nil }

    private mutating func turnPane(_ by: Int, _ context: Context) {
        let all = panes(context)
        let index = all.firstIndex(of: pane) ?? 0
        pane = all[(index + by + all.count) % all.count]
        scroll.reset()
    }

    /// Where two panes stand side by side, the check is always one of them.
    func panes(_ context: Context) -> [Pane] {
        let all = form.draftKind == .federation ? Pane.allCases : Pane.allCases.filter { $0 != .policy }
        return context.isWide ? all.filter { $0 != .check } : all
    }

    private mutating func create(_ context: Context) -> [Request] {
        (steps, created, failure) = ([], nil, nil)
        step = .result
        scroll.reset()
        return [
            .run(.create(form.draft, caller: caller(context), as: context.workspace.session))
        ]
    }

    func objection(to command: Command, _ context: Context) -> String? {
        switch command {
        case .create:
            if step != .review { return "the review comes first" }
            return form.draft.problems().isEmpty ? nil : "the draft has a problem: see the check"
        case .nextPane, .previousPane: return step == .review ? nil : "there are panes on the review only"
        case .nextStep:
            return step.rawValue < Step.review.rawValue ? nil : step == .review ? "c creates" : "this is the last one"
        case .fetchFederation:
            guard asksForToken else { return "it is for outbound federation only" }
            return context.work.contains(.federation) ? "STS is being asked" : nil
        case .nextField: return form.items(of: step).count > 1 ? nil : "there is no other field here"
        case .startOver: return context.work.contains(.creation) ? "a creation is in progress" : nil
        case .saveRecipe where step == .review, .copyIdentity where step == .review:
            return recipe(context) == nil ? "turn to a pane that can be copied with ]" : nil
        case .saveRecipe: return "the review comes first"
        case .logIn, .showToken, .copyIdentity: return created == nil ? "the identity is not created yet" : nil
        default: return nil
        }
    }
}
