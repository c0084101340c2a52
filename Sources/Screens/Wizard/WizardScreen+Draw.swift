import AWSCaller
import Chainguard
import TerminalUI

extension WizardScreen {
    func draw(into surface: inout Surface, _ context: Context) {
        let (head, rest) = context.content.splitTop(1)
        drawHead(into: &surface, in: head, context)
        let body = rest.splitTop(1).rest
        switch step {
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
        var rows: [(item: WizardForm.Item, height: Int)] = []
        for item in form.items(of: step) { rows.append((item, height(of: item, in: rect, context))) }
        // The focused row stays in sight on a screen that is too low for all of them.
        let before = rows.prefix { $0.item != form.focus }.map(\.height).reduce(0, +)
        let focused = rows.first { $0.item == form.focus }?.height ?? 0
        var y = rect.y - max(0, before + focused - rect.height)
        for row in rows {
            let place = Rect(x: rect.x, y: y, width: min(rect.width, 100), height: row.height)
            if y >= rect.y, place.maxY <= rect.maxY { draw(row.item, into: &surface, in: place, context) }
            y += row.height
        }
    }

    private func height(of item: WizardForm.Item, in rect: Rect, _ context: Context) -> Int {
        if item == .field(.parent) { return max(3, min(form.parent.options.count + 1, rect.height - 4)) }
        guard item != .kind else { return 1 }
        let words = below(item, context)?.text ?? ""
        return 1 + Text.wrapped(words, width: max(1, min(rect.width, 100) - 18)).count
    }

    /// What stands under a field: the rule that it breaks, or a hint.
    private func below(_ item: WizardForm.Item, _ context: Context) -> (text: String, style: Style)? {
        if let problem = form.problem(item, always: showsProblems) {
            return ("\(context.theme.glyphs.cross) \(problem)", context.theme.bad)
        }
        return hint(item, isFocused: form.focus == item, context)
    }

    private func draw(_ item: WizardForm.Item, into surface: inout Surface, in rect: Rect, _ context: Context) {
        let theme = context.theme
        let isFocused = form.focus == item
        let (label, value) = rect.splitLeft(18)
        let pointer = isFocused ? theme.glyphs.pointer : " "
        surface.write(
            "\(pointer) \(title(item))", at: label.origin, style: isFocused ? theme.title : theme.label, limit: 17)
        switch item {
        case .kind: drawPicker(form.kind, into: &surface, in: value, theme, isFocused)
        case .field(.partition): drawPicker(form.partition, into: &surface, in: value, theme, isFocused)
        case .field(.parent):
            drawParent(into: &surface, in: value, context, isFocused)
            return
        case .field(let field):
            let place = Rect(x: value.x, y: value.y, width: min(64, value.width), height: 1)
            form.texts[field]?.draw(into: &surface, in: place, theme: theme, focused: isFocused)
        }
        guard let words = below(item, context) else { return }
        for (row, line) in Text.wrapped(words.text, width: value.width).prefix(value.height - 1).enumerated() {
            surface.write(line, at: Point(value.x, value.y + 1 + row), style: words.style, limit: value.width)
        }
    }

    private func title(_ item: WizardForm.Item) -> String {
        switch item {
        case .kind: "Kind"
        case .field(.partition): "Partition"
        case .field(.account): "AWS account"
        case .field(.iamName): form.isUser ? "User name" : "Role name"
        case .field(.path): "User path"
        case .field(.uniqueID): "Unique id"
        case .field(.name): "Name"
        case .field(.description): "Description"
        case .field(.parent): "Parent"
        case .field(.roles): "Roles"
        }
    }

    /// All on one row, the chosen one marked.
    private func drawPicker(
        _ choice: Choice, into surface: inout Surface, in rect: Rect, _ theme: Theme, _ isFocused: Bool
    ) {
        var spans: [Span] = []
        for (index, option) in choice.options.enumerated() {
            let isChosen = index == choice.selected
            let sign = isChosen ? theme.glyphs.radioOn : theme.glyphs.radioOff
            let style = isChosen ? (isFocused ? theme.selected : theme.text) : theme.dim
            spans += [Span("\(sign) \(option.title)", style), Span("  ", theme.text)]
        }
        guard spans.width > rect.width else {
            surface.write(spans, at: rect.origin, limit: rect.width)
            return
        }
        let option = choice.options[choice.selected]
        let chosen = Span("\(theme.glyphs.radioOn) \(option.title)", isFocused ? theme.selected : theme.text)
        let count = "  \(choice.selected + 1) of \(choice.options.count), left and right change"
        surface.write([chosen, Span(count, theme.dim)], at: rect.origin, limit: rect.width)
    }

    private func drawParent(into surface: inout Surface, in rect: Rect, _ context: Context, _ isFocused: Bool) {
        let theme = context.theme
        guard form.groups.isEmpty else {
            form.parent.draw(into: &surface, in: rect, theme: theme, focused: isFocused)
            return
        }
        let groups = context.workspace.groups
        if let failure = groups.failure {
            surface.write("\(theme.glyphs.cross) \(failure.what)", at: rect.origin, style: theme.bad, limit: rect.width)
            surface.write(
                failure.remedy, at: Point(rect.x, rect.y + 1), style: theme.text, limit: rect.width)
        } else if groups.value != nil {
            surface.write("no organization can be seen: is anybody signed in?", at: rect.origin, style: theme.warning)
        } else {
            surface.write("asking …", at: rect.origin, style: theme.dim, limit: rect.width)
        }
    }

    private func hint(_ item: WizardForm.Item, isFocused: Bool, _ context: Context) -> (text: String, style: Style)? {
        let theme = context.theme
        switch item {
        case .field(.partition):
            let id = Partition.all[form.partition.selected].id
            guard id != "aws" else { return nil }
            let words = "\(theme.glyphs.warning) \(id) may not get through: only the global STS is accepted"
            return (words, theme.warning)
        case .field(.uniqueID):
            let isPinned = !(form.texts[.uniqueID]?.isEmpty ?? true)
            let kind = form.isUser ? "user" : "role"
            let words =
                isPinned
                ? "Pinned: a \(kind) made anew under this name is kept out"
                : "Not pinned: whoever carries the name is let in"
            return (words, theme.dim)
        case .field(.name): return takenName(context).map { ("\(theme.glyphs.warning) \($0)", theme.warning) }
        case .field(.iamName) where isFocused && !form.isUser:
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
        let (note, list) = rect.splitTop(1)
        let words = "Bound at \(form.draft.parent?.name ?? "the parent"); none is fine, but then it may do nothing"
        surface.write(words, at: note.origin, style: theme.dim, limit: note.width)
        guard form.knownRoles.isEmpty else {
            form.roles.draw(into: &surface, in: list, theme: theme, focused: true)
            return
        }
        var page = Page(width: list.width, theme: theme)
        page.blank()
        if let failure = context.workspace.roles.failure {
            page.failure(failure)
        } else {
            page.text(context.workspace.roles.value == nil ? "asking …" : "no role can be seen", theme.dim)
        }
        page.draw(into: &surface, in: list, scroll: Scroll())
    }
}
