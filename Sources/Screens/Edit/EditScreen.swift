import AWSCaller
import Chainguard
import TerminalUI

/// Changing an identity's description and patterns: a form, then what would change, before it is changed.
struct EditScreen: ScreenState {
    enum Step: Sendable, Equatable { case form, review }

    var form: EditForm?
    /// What was typed and not saved, of each identity.
    private var kept: [UIDP: EditForm] = [:]
    var step = Step.form
    var scroll = Scroll()
    private(set) var failure: Failure?

    static let bindings: [Binding<Command>] = [
        Binding(
            .enter, action: .nextStep, label: "next",
            help: "Go to the next field; from the last one to what would change."),
        Binding(
            .tab, action: .nextField, label: "field", help: "Go to the next field; Shift-Tab to the one before."),
        Binding(
            .escape, action: .back, label: "back",
            help: "Back to the fields; from there, leave without changing: what was typed is kept.",
            showsInFooter: false),
        Binding(
            .character("s"), action: .saveChanges, label: "save",
            help: "Where the changes are shown: make them at Chainguard."),
        Binding(
            .control("r"), action: .startOver, label: "start over", help: "Forget what was typed and start over.",
            showsInFooter: false),
    ]

    /// - Returns: whether what was typed for this identity before, and not saved, is taken up.
    mutating func start(_ identity: AssumableIdentity) -> Bool {
        putAside()
        let old = kept.removeValue(forKey: identity.uid)
        form = EditForm(identity, takingUp: old)
        return form?.isChanged == true
    }

    private mutating func putAside() {
        if let form, form.isChanged { kept[form.identity.uid] = form }
        (form, step, failure) = (nil, .form, nil)
    }

    var farewell: String? { form?.isChanged == true ? "Nothing is changed; e takes up again what was typed" : nil }

    var isTyping: Bool { step == .form && form?.focusedIsText ?? false }

    var typingHints: [KeyHint] {
        [
            KeyHint(.enter, label: "next"), KeyHint(.tab, label: "field"), KeyHint(.escape, label: "back"),
        ]
    }

    mutating func receive(_ answer: Answer, of job: Job, _ context: Context) -> [Request] {
        guard job.question == .change else { return [] }
        switch answer {
        case .updated(let identity):
            (form, step) = (nil, .form)
            return [.back, .say("\(identity.name) is changed")]
        case .failed(let reason): failure = reason
        default: break
        }
        return []
    }

    mutating func sessionChanged(_ context: Context) {
        putAside()
    }

    mutating func handle(_ key: Key, _ context: Context) -> [Request]? {
        if step == .form {
            if key == .enter { return advance() }
            return form?.update(key) ?? false ? [] : nil
        }
        let rows = review(context).rows.count
        return scroll.update(key, rows: rows, height: context.content.height - 2) ? [] : nil
    }

    mutating func handle(_ hit: MouseHit, _ context: Context) -> [Request] {
        if step == .review { return turnWheel(hit, context) }
        form?.click(hit)
        return []
    }

    mutating func paste(_ text: String, _ context: Context) {
        if step == .form { form?.paste(text) }
    }

    /// Enter: the next field, or from the last one what would change.
    private mutating func advance() -> [Request] {
        guard let form, step == .form else { return [] }
        guard form.focus == form.items.last else {
            self.form?.advance()
            return []
        }
        if let wrong = form.items.first(where: { form.problem($0) != nil }) {
            self.form?.focus = wrong
            return []
        }
        (step, failure) = (.review, nil)
        scroll.reset()
        return []
    }

    mutating func goBack(_ context: Context) -> [Request]? {
        guard step == .review else { return nil }
        step = .form
        return []
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Request] {
        switch command {
        case .nextStep: return advance()
        case .nextField: _ = form?.update(.tab)
        case .startOver: form = form.map { EditForm($0.identity) }
        case .saveChanges:
            guard let edit = form?.edit else { return [] }
            failure = nil
            return [.run(.update(edit.identity.uid, edit.patch, as: context.workspace.session))]
        default: break
        }
        return []
    }

    func objection(to command: Command, _ context: Context) -> String? {
        if context.work.contains(.change) { return "it is being changed" }
        switch command {
        case .nextStep: return step == .review ? "s saves" : form == nil ? "no identity is chosen" : nil
        case .nextField: return step == .review ? "Esc goes back to the fields" : nil
        case .startOver where step == .form: return form?.isChanged == true ? nil : "nothing was typed"
        case .startOver: return "Esc goes back to the fields"
        case .saveChanges:
            guard step == .review, let edit = form?.edit else { return "what would change is shown first" }
            return edit.changes.isEmpty ? "nothing would change" : nil
        default: return nil
        }
    }
}
