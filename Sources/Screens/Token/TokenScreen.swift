import AWSCaller
import Chainguard
import FoundationEssentials
import TerminalUI

/// A signed token, opened: of the chosen identity, or pasted. What lets somebody in is masked until it is asked for.
struct TokenScreen: ScreenState {
    enum Pane: Sendable, CaseIterable {
        case request, canonical, toSign, checklist, findings, text, recipe

        var title: String {
            switch self {
            case .request: "Request"
            case .canonical: "Canonical"
            case .toSign: "To sign"
            case .checklist: "Checklist"
            case .findings: "Findings"
            case .text: "Base64"
            case .recipe: "Recipe"
            }
        }
    }

    var signed: SignedCallerToken? {
        didSet { opened = signed.map { OpenedToken($0) } }
    }
    private(set) var opened: OpenedToken?
    /// The identity that the token is for, or was asked for.
    var uid: UIDP?
    var failure: Failure?
    var isRevealed = false
    var pane = Pane.request
    /// Which part of the request is explained, counted among those the cursor stops at.
    var cursor = 0
    var scroll = Scroll()
    var recipe = TokenScript.openssl
    /// A token made elsewhere that is looked at instead.
    var pasted: OpenedToken?
    /// Where it is pasted, while it is.
    var field: TextField?

    /// The token that is looked at.
    var shown: OpenedToken? { pasted ?? opened }

    static let bindings: [Binding<Command>] = [
        Binding(
            .tab, .character("]"), action: .nextPane, label: "pane",
            help: "Request, canonical request, string to sign, checklist, findings, base64, recipe."),
        Binding(
            .backTab, .character("["), action: .previousPane, label: "pane", help: "The pane before.",
            showsInFooter: false),
        Binding(
            .right, action: .nextPart, label: "part",
            help: "The next part of the request: what it is, who checks it, what happens if it is wrong."),
        Binding(.left, action: .previousPart, label: "part", help: "The part before.", showsInFooter: false),
        Binding(
            .character("Y"), action: .copyRecipe, label: "copy recipe", help: "Copy the shell script that is shown."),
        Binding(
            .character("v"), action: .reveal, label: "reveal",
            help: "Reveal or mask signature, session token and base64."),
        Binding(
            .character("y"), action: .copyToken, label: "copy", help: "Copy the token, after a question."),
        Binding(
            .character("p"), action: .examine, label: "examine",
            help: "Paste any token, or what was meant to be one, and see what it says and what is wrong with it."),
        Binding(
            .character("e"), action: .recipe, label: "recipe",
            help: "Show a shell script that makes such a token with openssl; again: with curl."),
        Binding(.character("r"), action: .signAgain, label: "sign anew", help: "Sign a new token, with a new date."),
        Binding(.character("l"), action: .logIn, label: "log in", help: "Log in as this identity."),
        Binding(
            .character("i"), action: .chooseIdentity, label: "identity",
            help: "Choose the identity from a list, or type its UIDP."),
    ]

    mutating func enter(_ context: Context) -> [Request] {
        guard let chosen = context.workspace.chosen else { return [] }
        if uid != chosen { (signed, failure) = (nil, nil) }
        uid = chosen
        scroll.reset()
        if let signed, signed.expires > context.now { return [] }
        return [.run(.token(chosen, profile: context.workspace.profile))]
    }

    /// Another AWS caller signs from now on.
    mutating func forgetSigned() {
        (signed, failure, isRevealed) = (nil, nil, false)
    }

    mutating func leave() {
        isRevealed = false
        field = nil
    }

    mutating func goBack(_ context: Context) -> [Request]? {
        guard hasWayBack(context) else { return nil }
        if field != nil {
            field = nil
        } else {
            leavePasted()
        }
        return []
    }

    func hasWayBack(_ context: Context) -> Bool { field != nil || pasted != nil }

    /// Back to the token of the chosen identity.
    mutating func leavePasted() {
        guard pasted != nil else { return }
        (pasted, isRevealed) = (nil, false)
        show(.request)
    }

    mutating func receive(_ answer: Answer, of job: Job, _ context: Context) -> [Request] {
        if let uid, answer.gone.contains(uid) {
            self.uid = nil
            forgetSigned()
        }
        switch answer {
        case .token(let token):
            (signed, failure) = (token, nil)
            isRevealed = false
        case .failed(let failure) where job.question == .token: (signed, self.failure) = (nil, failure)
        default: break
        }
        return []
    }

    func objection(to command: Command, _ context: Context) -> String? {
        switch command {
        case .reveal, .nextPane, .previousPane: shown == nil ? "there is no token yet" : nil
        case .nextPart, .previousPart:
            shownPane(context) != .request || shown?.request == nil ? "no request is shown" : nil
        case .copyRecipe: pane == .recipe ? nil : "no recipe is shown"
        case .copyToken, .recipe: objectionToPasted ?? (signed == nil ? "there is no token yet" : nil)
        case .signAgain: objectionToPasted ?? (uid == nil ? "no identity is chosen" : nil)
        case .logIn: objectionToPasted ?? (uid == nil ? "no identity is chosen" : nil)
        default: nil
        }
    }

    private var objectionToPasted: String? {
        pasted == nil ? nil : "a pasted token is shown; Esc goes back"
    }

    func wakes(_ context: Context) -> [Duration] {
        guard let end = shown?.expires, end > context.now else { return [] }
        return [Format.nextChange(to: end, now: context.now)]
    }
}
