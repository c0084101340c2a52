import AWSCaller
import Chainguard
import TerminalUI

extension WizardScreen {
    func draw(into surface: inout Surface, _ context: Context) {
        let (head, rest) = context.content.splitTop(1)
        drawHead(into: &surface, in: head, context)
        let body = rest.splitTop(1).rest
        switch step {
        case .who where context.isWide:
            let (fields, pane) = body.panes(leftPercent: FormView.paneWidth)
            drawForm(into: &surface, in: fields, context)
            surface.drawDivider(leftOf: pane, isFocused: false, context.theme)
            outcome(context, width: pane.width).draw(into: &surface, in: pane, scroll: Scroll())
        case .who, .naming: drawForm(into: &surface, in: body, context)
        case .roles: drawRoles(into: &surface, in: body, context)
        case .review: drawReview(into: &surface, in: body, context)
        case .result: result(context).draw(into: &surface, in: body, scroll: scroll)
        }
    }

    private func drawHead(into surface: inout Surface, in rect: Rect, _ context: Context) {
        let theme = context.theme
        let count = "Step \(step.rawValue + 1) of \(Step.allCases.count)"
        let spans = [
            Span("New identity ", theme.dim), Span(theme.glyphs.pointer + " ", theme.dim),
            Span(step.title, theme.title),
        ]
        surface.write(spans, at: rect.origin, limit: rect.width - count.count - 2)
        surface.write(count, at: Point(rect.maxX - count.count, rect.y), style: theme.dim)
    }

    // MARK: The forms

    private func drawForm(into surface: inout Surface, in rect: Rect, _ context: Context) {
        let rows = form.items(of: step).map { item in
            FormRow(
                title: title(item), widget: widget(item, context), isFocused: form.focus == item,
                below: below(item, context))
        }
        FormView(rows: rows, theme: context.theme).draw(into: &surface, in: rect)
    }

    private func widget(_ item: WizardForm.Item, _ context: Context) -> FormRow.Widget {
        switch item {
        case .kind: .picker(form.kind)
        case .field(.partition): .picker(form.partition)
        case .field(.parent): parent(context)
        case .field(let field): .text(form.texts[field] ?? TextField())
        }
    }

    private func parent(_ context: Context) -> FormRow.Widget {
        let groups = context.workspace.groups
        if !form.parent.groups.isEmpty { return .list(form.parent.choice) }
        if let failure = groups.failure { return .message("\(failure.what). \(failure.remedy)", context.theme.bad) }
        if groups.value == nil { return .message("asking …", context.theme.dim) }
        return .message("no organization can be seen: is anybody signed in?", context.theme.warning)
    }

    /// What stands under a field: the rule that it breaks, or a hint.
    private func below(_ item: WizardForm.Item, _ context: Context) -> (text: String, style: Style)? {
        if let problem = form.problem(item, always: showsProblems) {
            return ("\(context.theme.glyphs.cross) \(problem)", context.theme.bad)
        }
        return hint(item, isFocused: form.focus == item, context)
    }

    private func title(_ item: WizardForm.Item) -> String {
        switch item {
        case .kind: "Kind"
        case .field(.partition): "Partition"
        case .field(.account): "AWS account"
        case .field(.iamName): form.draftKind == .user ? "User name" : "Role name"
        case .field(.path): "User path"
        case .field(.uniqueID): "Unique id"
        case .field(.issuer): "Issuer"
        case .field(.subject): "Subject"
        case .field(.name): "Name"
        case .field(.description): "Description"
        case .field(.parent): "Parent"
        case .field(.roles): "Roles"
        }
    }

    private func hint(_ item: WizardForm.Item, isFocused: Bool, _ context: Context) -> (text: String, style: Style)? {
        let theme = context.theme
        switch item {
        case .kind:
            let caller = context.workspace.caller.value?.answer?.identity
            return isFocused ? (ProofAdvice.text(for: caller, choosing: form.draftKind), theme.dim) : nil
        case .field(.issuer) where isFocused:
            return ("^T takes issuer and subject from a token that STS gives", theme.dim)
        case .field(.issuer):
            return form.draft.issuerWarning.map { ("\(theme.glyphs.warning) \($0)", theme.warning) }
        case .field(.subject) where isFocused:
            return ("The role's or user's IAM ARN, its path included; a role made anew under it is let in", theme.dim)
        case .field(.partition):
            let id = Partition.all[form.partition.selected].id
            guard id != "aws" else { return nil }
            let words = "\(theme.glyphs.warning) \(id) may not get through: only the global STS is accepted"
            return (words, theme.warning)
        case .field(.uniqueID):
            let isPinned = !(form.texts[.uniqueID]?.isEmpty ?? true)
            let kind = form.draftKind.title
            let words =
                isPinned
                ? "Pinned: a \(kind) made anew under this name is kept out"
                : "Not pinned: whoever carries the name is let in"
            return (words, theme.dim)
        case .field(.name): return takenName(context).map { ("\(theme.glyphs.warning) \($0)", theme.warning) }
        case .field(.iamName) where isFocused && form.draftKind == .role:
            return ("Any session of the role may assume the identity", theme.dim)
        default: return nil
        }
    }

    func takenName(_ context: Context) -> String? {
        let draft = form.draft
        let twin = context.workspace.identities.value?.first {
            $0.name == draft.name && $0.uid.parent == draft.parent?.uid
        }
        return twin == nil ? nil : "There is an identity of this name already"
    }

    private func drawRoles(into surface: inout Surface, in rect: Rect, _ context: Context) {
        let theme = context.theme
        let note = rect.splitTop(1).top
        let words = "Bound at \(form.draft.parent?.name ?? "the parent"); with none it may do nothing"
        surface.write(words, at: note.origin, style: theme.dim, limit: note.width)
        form.roles.draw(into: &surface, in: rolesRect(context), context)
    }

    /// Below the step's title and what is to be known of it.
    func rolesRect(_ context: Context) -> Rect { context.content.splitTop(3).rest }
}
