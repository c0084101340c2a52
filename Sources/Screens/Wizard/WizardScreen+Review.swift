import AWSCaller
import Chainguard
import TerminalUI

extension WizardScreen {
    func drawReview(into surface: inout Surface, in rect: Rect, _ context: Context) {
        guard context.isWide else {
            let (tabs, body) = rect.splitTop(1)
            drawTabs(into: &surface, in: tabs, panes(context), context)
            page(pane, context, width: body.width).draw(into: &surface, in: body, scroll: scroll)
            return
        }
        let (left, rest) = rect.panes(leftPercent: 50)
        surface.drawDivider(leftOf: rest, isFocused: false, context.theme)
        page(.check, context, width: left.width - 2).draw(into: &surface, in: left, scroll: scroll)
        let (tabs, body) = rest.splitTop(1)
        drawTabs(into: &surface, in: tabs, panes(context), context)
        page(shownPane(context), context, width: body.width).draw(into: &surface, in: body, scroll: scroll)
    }

    func shownPane(_ context: Context) -> Pane {
        let all = panes(context)
        return all.contains(pane) ? pane : all[0]
    }

    private func drawTabs(into surface: inout Surface, in rect: Rect, _ panes: [Pane], _ context: Context) {
        let selected = panes.firstIndex(of: shownPane(context)) ?? 0
        surface.within(.panes) {
            Tabs(panes.map(\.title), selected: selected, isNumbered: false).draw(
                into: &$0, in: rect, theme: context.theme)
        }
    }

    func reviewRows(_ context: Context) -> Int {
        let width = context.isWide ? context.content.panes(leftPercent: 50).right.width : context.content.width
        let shown = page(shownPane(context), context, width: width).rows.count
        return context.isWide ? max(shown, page(.check, context, width: width - 2).rows.count) : shown + 1
    }

    func page(_ pane: Pane, _ context: Context, width: Int) -> Page {
        var page = Page(width: width - 2, theme: context.theme)
        page.blank()
        switch pane {
        case .check: check(context, &page)
        case .request: request(context, &page)
        case .chainctl: page.code(Recipes.chainctl(form.draft))
        case .terraform: page.code(Recipes.terraform(form.draft))
        case .policy:
            page.text(
                "What the role or user needs to get such tokens; the account must offer them too.", page.theme.dim)
            page.code(Recipes.policy(issuer: context.options.endpoints.issuer))
        }
        return page
    }

    private func check(_ context: Context, _ page: inout Page) {
        let draft = form.draft
        page.labelWidth = 12
        page.pair("Kind", form.kind.options[form.kind.selected].title)
        page.pair("Name", draft.name)
        if !draft.description.isEmpty { page.pair("Description", draft.description) }
        page.pair("Parent", draft.parent?.name ?? "")
        page.pair("Roles", draft.roles.map(\.name).joined(separator: ", "))
        patterns(draft.relationship, &page)
        problems(context, &page)
        verdict(draft.relationship, context, &page)
    }

    /// What the fields of the first step come to, while they are typed.
    func outcome(_ context: Context, width: Int) -> Page {
        var page = Page(width: width - 2, theme: context.theme)
        page.labelWidth = 10
        page.heading("Whom this lets in")
        patterns(form.draft.relationship, &page)
        verdict(form.draft.relationship, context, &page)
        return page
    }

    private func patterns(_ relationship: Relationship, _ page: inout Page) {
        switch relationship {
        case .aws(let aws):
            page.pair("Account", aws.account)
            page.matcher("ARN", aws.arn)
            page.matcher("User id", aws.userID)
        case .claimMatch(let claims):
            page.matcher("Issuer", claims.issuer)
            page.matcher("Subject", claims.subject)
        case .staticKeys, .servicePrincipal: break
        }
    }

    private func verdict(_ relationship: Relationship, _ context: Context, _ page: inout Page) {
        page.heading("Would this host's caller be let in?")
        guard let caller = caller(context) else {
            return page.text("not known: nobody calls AWS from here (see 1 Caller)", page.theme.dim)
        }
        guard let verdict = relationship.verdict(for: caller) else {
            return page.text(
                "not known: STS was not asked for a token (^T where issuer and subject are typed)", page.theme.dim)
        }
        page.verdict(verdict)
    }

    /// Whom the review judges and the creation tries: the caller with the token that STS gave it, if it was asked.
    func caller(_ context: Context) -> CallerValues? {
        var caller = context.workspace.callerValues
        caller?.token = federation
        return caller
    }

    private func problems(_ context: Context, _ page: inout Page) {
        let draft = form.draft
        for (field, problem) in draft.problems().sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            page.item(page.theme.glyphs.cross, page.theme.bad, [Span("\(field.title): \(problem)")])
        }
        if let taken = takenName(context) { page.warning(taken) }
        for warning in draft.warnings() { page.warning(warning) }
        for role in draft.roles {
            let namesakes = form.roles.known.filter { $0.name == role.name }.count
            guard namesakes > 1 else { continue }
            page.warning("\(namesakes) roles are called \(role.name): bound is …\(role.uid.text.suffix(6))")
        }
        if draft.roles.isEmpty { page.warning("No role is chosen: the identity will log in but may do nothing") }
    }

    private func request(_ context: Context, _ page: inout Page) {
        let parent = form.draft.parent?.uid.text ?? "PARENT"
        page.code("POST \(context.options.endpoints.api)/iam/v2/identities/\(parent)", page.theme.accent)
        page.blank()
        page.code(form.draft.previewJSON)
        for role in form.draft.roles {
            page.blank()
            page.text(
                "then POST …/iam/v2/roleBindings/\(parent) for the role \(role.name), \(role.uid)", page.theme.dim)
        }
    }

    // MARK: The result

    func result(_ context: Context) -> Page {
        var page = Page(width: context.content.width - 2, theme: context.theme)
        for update in steps { StepRows.creation(update, context.workspace, &page) }
        if let failure {
            page.blank()
            page.failure(failure)
            page.text("Esc goes back to the review; nothing that you typed is lost.", page.theme.dim)
            if context.workspace.pendingCreations.value?.isEmpty == false {
                page.text("U continues, undoes or forgets what was begun.", page.theme.dim)
            }
        }
        if let created {
            page.blank()
            page.item(
                page.theme.glyphs.check, page.theme.good, [Span("Created \(created.identity.name)", page.theme.title)])
            page.pair("UIDP", [Span(created.identity.uid.text, page.theme.accent)])
            page.pair("Roles", created.roles.map(\.name).joined(separator: ", "))
            page.blank()
            if let verdict = created.verdict { page.verdict(verdict) }
        }
        if failure == nil, created == nil, !context.work.contains(.creation) {
            page.blank()
            page.warning("Cancelled. What was done stays done: U continues, undoes or forgets it")
        }
        if steps.isEmpty, context.work.contains(.creation) { page.text("beginning …", page.theme.dim) }
        return page
    }
}
