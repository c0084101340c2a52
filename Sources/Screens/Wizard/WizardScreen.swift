import AWSCaller
import Chainguard
import FoundationEssentials
import TerminalUI

/// Making an identity for a caller from AWS, step by step. Going back and forth loses nothing.
struct WizardScreen: ScreenState {
    enum Step: Int, Sendable, CaseIterable {
        case who, naming, roles, review, result

        var title: String {
            switch self {
            case .who: "Who may assume it"
            case .naming: "What it is called and where it stands"
            case .roles: "What it may do"
            case .review: "Review"
            case .result: "Create"
            }
        }
    }

    /// What the review shows; the first is always there, the others take turns.
    enum Pane: Int, Sendable, CaseIterable {
        case check, request, chainctl, terraform, policy

        var title: String {
            switch self {
            case .check: "Check"
            case .request: "API request"
            case .chainctl: "chainctl"
            case .terraform: "Terraform"
            case .policy: "IAM policy"
            }
        }

        /// What can be copied and written to a file.
        var recipe: Recipe? {
            switch self {
            case .check: nil
            case .request: .json
            case .chainctl: .chainctl
            case .terraform: .terraform
            case .policy: .policy
            }
        }
    }

    var step = Step.who
    var form = WizardForm()
    var pane = Pane.check
    var scroll = Scroll()
    /// The person tried to go on: every problem of the page is shown.
    var showsProblems = false
    /// The draft as it was when the wizard was started, to tell whether anything was typed.
    private(set) var original: IdentityDraft?
    var steps: [IdentityCreation.StepUpdate] = []
    var created: CreatedIdentity?
    var failure: Failure?
    /// What a token that STS gave this caller says.
    private(set) var federation: IdentityDraft.Federation?

    /// What would be lost if it were not kept; `nil` when nothing was typed or the identity is made.
    var unfinishedDraft: IdentityDraft? {
        guard let original, created == nil, form.draft != original else { return nil }
        return form.draft
    }

    var farewell: String? { unfinishedDraft == nil ? nil : "The draft is kept: n takes it up again" }

    static let bindings: [Binding<Command>] = [
        Binding(
            .enter, action: .nextStep, label: "next", help: "Go to the next field; from the last one to the next step."),
        Binding(
            .tab, action: .nextField, label: "field", help: "Go to the next field; Shift-Tab to the one before."),
        Binding(
            .escape, action: .back, label: "back",
            help: "Go back one step; from the first one, leave: what was typed is kept.", showsInFooter: false),
        Binding(
            .character("c"), action: .create, label: "create",
            help: "On the review: create the identity and bind its roles."),
        Binding(
            .right, .character("]"), action: .nextPane, label: "pane",
            help: "On the review: check, API request, chainctl, Terraform."),
        Binding(
            .left, .character("["), action: .previousPane, label: "pane", help: "On the review: the pane before.",
            showsInFooter: false),
        Binding(
            .control("t"), action: .fetchFederation, label: "ask STS",
            help: "For outbound federation: ask STS for a token of this caller and take issuer and subject from it."),
        Binding(
            .control("r"), action: .startOver, label: "start over", help: "Forget what was typed and start over.",
            showsInFooter: false),
        Binding(
            .character("l"), action: .logIn, label: "log in", help: "When it is created: log in as the new identity."),
        Binding(
            .character("t"), action: .showToken, label: "token",
            help: "When it is created: sign a token for it and open it."),
        Binding(
            .character("y"), action: .copyIdentity, label: "copy",
            help: "On the review: copy the pane that is shown. When it is created: copy its UIDP."),
        Binding(
            .character("w"), action: .saveRecipe, label: "write",
            help: "On the review: write the pane that is shown to a file."),
        Binding(
            .character("n"), action: .newIdentity, label: "new", help: "When it is created: make another identity."),
        Binding(
            .character("U"), action: .go(.unfinished), label: "unfinished",
            help: "When it broke half-way: continue, undo or forget it."),
    ]

    var isTyping: Bool {
        switch step {
        case .who, .naming: form.focusedIsText
        case .roles: form.roles.choice.isFiltering
        case .review, .result: false
        }
    }

    /// Where nothing broke there is hardly anything unfinished.
    var asides: Set<Command> { step == .result && failure != nil ? [] : [.go(.unfinished)] }

    /// Issuer and subject are filled in here.
    var asksForToken: Bool { step == .who && form.draftKind == .federation }

    var listHints: [KeyHint] { step == .roles ? MultiChoice.hints : [] }

    var typingHints: [KeyHint] {
        guard step != .roles else { return MultiChoice.filterHints }
        let stepping = [
            KeyHint(.enter, label: "next"), KeyHint(.tab, label: "field"), KeyHint(.escape, label: "back"),
        ]
        return stepping + (asksForToken ? [KeyHint(.control("t"), label: "ask STS")] : [])
    }

    // MARK: Coming and going

    /// Begin: with the draft that was left unfinished, in this run or the one before, else filled in from the caller.
    /// - Returns: what is taken up, if anything is.
    mutating func start(_ context: Context) -> TakenUp? {
        let isFirst = original == nil
        let isUntouched = original.map { $0 == form.draft } ?? true
        guard created != nil || isUntouched else { return TakenUp(form.draft, saved: nil, context) }
        startOver(context)
        guard isFirst, let kept = context.workspace.keptDraft else { return nil }
        takeUp(kept.draft)
        let taken = TakenUp(kept.draft, saved: kept.saved, context)
        if !taken.isOfCaller { show(.who) }
        return taken
    }

    /// As it was left, with the keys where something is missing still.
    private mutating func takeUp(_ draft: IdentityDraft) {
        form.takeUp(draft)
        show([.who, .naming].first { form.hasProblem(on: $0) } ?? .roles)
        form.focus = form.items(of: step).first { form.problem($0, always: true) != nil } ?? form.focus
    }

    /// Another AWS caller asks from now on: what STS told the one before does not hold.
    mutating func forgetToken() { federation = nil }

    /// Forget what was typed; fill in from the caller.
    mutating func startOver(_ context: Context) {
        self = WizardScreen()
        let identity = context.workspace.caller.value?.answer?.identity
        form.fill(identity.map(IdentityDraft.init(from:)) ?? IdentityDraft())
        form.parent.take(context.workspace.groups.value ?? [], preferring: context.options.defaultParent)
        form.roles.take(context.workspace.roles.value ?? [])
        original = form.draft
    }

    mutating func enter(_ context: Context) -> [Request] {
        var requests: [Request] = []
        let session = context.workspace.session
        if context.workspace.groups.value == nil, !context.workspace.groups.isLoading {
            requests.append(.run(.groups(as: session)))
        }
        if context.workspace.roles.value == nil, !context.workspace.roles.isLoading {
            requests.append(.run(.roles(as: session)))
        }
        // So that a name already taken is told while it is typed.
        if context.workspace.identities.isUntouched { requests.append(.run(.identities(as: session))) }
        return requests
    }

    mutating func receive(_ answer: Answer, of job: Job, _ context: Context) -> [Request] {
        let wasUntouched = original == form.draft
        switch answer {
        case .caller where wasUntouched && original != nil && step == .who: startOver(context)
        case .groups(let groups): form.parent.take(groups, preferring: context.options.defaultParent)
        case .roles(let roles): form.roles.take(roles)
        case .federation(let found):
            federation = found
            form.take(found)
            if wasUntouched { original = form.draft }
            return [.say("Issuer and subject are those of the token that STS gave this caller")]
        case .creationStep(let update) where Self.isOwn(job): steps.note(update)
        case .created(let created) where Self.isOwn(job): self.created = created
        case .failed(let failure) where Self.isOwn(job): self.failure = failure
        default: return []
        }
        if wasUntouched, original != nil { original = form.draft }
        return []
    }

    /// The creation that the wizard began, not one that is continued elsewhere.
    private static func isOwn(_ job: Job) -> Bool {
        if case .create = job { true } else { false }
    }
}
