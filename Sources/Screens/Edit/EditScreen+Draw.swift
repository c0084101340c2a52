import AWSCaller
import Chainguard
import TerminalUI

extension EditScreen {
    func draw(into surface: inout Surface, _ context: Context) {
        let theme = context.theme
        let (head, rest) = context.content.splitTop(1)
        let body = rest.splitTop(1).rest
        guard let form else {
            surface.write("No identity is chosen. Esc goes back.", at: head.origin, style: theme.dim, limit: head.width)
            return
        }
        let spans = [
            Span("Edit ", theme.dim), Span(form.identity.name, theme.title),
            Span(" \(theme.glyphs.pointer) ", theme.dim),
            Span(step == .form ? "Description and patterns" : "What would change", theme.title),
        ]
        surface.write(spans, at: head.origin, limit: head.width)
        switch step {
        case .form where context.isWide:
            let (fields, pane) = body.panes(leftPercent: FormView.paneWidth)
            formView(form, theme).draw(into: &surface, in: fields)
            surface.drawDivider(leftOf: pane, isFocused: false, theme)
            review(context, width: pane.width).draw(into: &surface, in: pane, scroll: Scroll())
        case .form: formView(form, theme).draw(into: &surface, in: body)
        case .review: review(context).draw(into: &surface, in: body, scroll: scroll)
        }
    }

    private func formView(_ form: EditForm, _ theme: Theme) -> FormView {
        let rows = form.items.map { item -> FormRow in
            let problem = form.problem(item).map { ("\(theme.glyphs.cross) \($0)", theme.bad) }
            switch item {
            case .mode(let field):
                return FormRow(
                    title: "\(Self.title(field)) match", widget: .picker(form.modes[field] ?? Choice([])),
                    isFocused: form.focus == item, below: nil)
            case .text(let field):
                return FormRow(
                    title: Self.title(field), widget: .text(form.texts[field] ?? TextField()),
                    isFocused: form.focus == item, below: problem)
            }
        }
        return FormView(rows: rows, theme: theme)
    }

    private static func title(_ field: IdentityEdit.Field) -> String {
        field.title.prefix(1).uppercased() + field.title.dropFirst()
    }

    /// Each field that would change, old and new; what that means for this caller; the request.
    func review(_ context: Context, width: Int? = nil) -> Page {
        var page = Page(width: min((width ?? context.content.width) - 2, 110), theme: context.theme)
        guard let edit = form?.edit else { return page }
        let theme = context.theme
        if let failure {
            page.failure(failure)
            page.blank()
        }
        guard !edit.changes.isEmpty else {
            page.text("Nothing would change.", theme.dim)
            return page
        }
        for change in edit.changes {
            page.text([Span(change.field, theme.label)])
            page.signed("-", theme.bad, change.old.isEmpty ? "none" : change.old)
            page.signed("+", theme.good, change.new.isEmpty ? "none" : change.new)
        }
        if edit.patch.relationship != nil { consequences(edit, context, &page) }
        page.heading("The request")
        let mask = edit.patch.mask.joined(separator: ",")
        let path = "\(context.options.endpoints.api)/iam/v2/identities/\(edit.identity.uid)"
        page.code("PATCH \(path)?update_mask=\(mask)", theme.accent)
        page.code(edit.patch.requestJSON)
        return page
    }

    private func consequences(_ edit: IdentityEdit, _ context: Context, _ page: inout Page) {
        for warning in edit.relationship?.warnings() ?? [] { page.warning(warning) }
        guard case .aws(let aws) = edit.relationship else { return }
        page.heading("Would this host's caller be let in then?")
        if let caller = context.workspace.callerValues {
            page.verdict(aws.verdict(for: caller))
        } else {
            page.text("not known: nobody calls AWS from here (see 1 Caller)", context.theme.dim)
        }
    }
}
