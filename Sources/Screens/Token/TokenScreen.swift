import AWSCaller
import Chainguard
import FoundationEssentials
import TerminalUI

/// The signed token of one identity, opened. What lets somebody in is masked until it is asked for.
struct TokenScreen: ScreenState {
    enum Pane: Int, Sendable, CaseIterable {
        case request, canonical, toSign, text, findings, script, checklist

        /// What can be said of a token that was made elsewhere.
        static let ofPasted: [Pane] = [.request, .findings, .checklist]

        var title: String {
            switch self {
            case .request: "Request"
            case .canonical: "Canonical"
            case .toSign: "To sign"
            case .text: "Base64"
            case .checklist: "Checklist"
            case .findings: "Findings"
            case .script: "Script"
            }
        }
    }

    var signed: SignedCallerToken?
    /// The identity that the token is for, or was asked for.
    var uid: UIDP?
    var failure: Failure?
    var isRevealed = false
    var pane = Pane.request
    var scroll = Scroll()
    /// A token made elsewhere that is looked at instead.
    var pasted: Secret?
    /// Where it is pasted, while it is.
    var field: TextField?

    static let bindings: [Binding<Command>] = [
        Binding(
            .tab, .right, .character("]"), action: .nextPane, label: "pane",
            help: "Request, canonical request, string to sign, base64, findings, script, checklist."),
        Binding(
            .backTab, .left, .character("["), action: .previousPane, label: "pane", help: "The pane before.",
            showsInFooter: false),
        Binding(
            .character("v"), action: .reveal, label: "reveal",
            help: "Reveal or mask signature, session token and base64."),
        Binding(
            .character("y"), action: .copyToken, label: "copy", help: "Copy the token, after a question."),
        Binding(
            .character("p"), action: .examine, label: "examine",
            help: "Paste any token, or what was meant to be one, and see what it says and what is wrong with it."),
        Binding(
            .character("e"), action: .script, label: "script", help: "Show the shell script that makes such a token.",
            showsInFooter: false),
        Binding(.character("r"), action: .signAgain, label: "sign anew", help: "Sign a new token, with a new date."),
        Binding(.character("l"), action: .logIn, label: "log in", help: "Log in as this identity."),
        Binding(
            .character("i"), action: .enterIdentity, label: "identity", help: "Type the UIDP of the identity."),
    ]

    mutating func enter(_ context: Context) -> [Request] {
        guard let chosen = context.workspace.chosen else { return [] }
        if uid != chosen { (signed, failure) = (nil, nil) }
        uid = chosen
        scroll.reset()
        if let signed, signed.expires > context.now { return [] }
        return [.run(.token(chosen, profile: context.workspace.profile))]
    }

    mutating func leave() {
        isRevealed = false
        field = nil
    }

    var isTyping: Bool { field != nil }

    var typingHints: [KeyHint] { [KeyHint(key: "Enter", label: "examine"), KeyHint(key: "Esc", label: "give up")] }

    mutating func paste(_ text: String, _ context: Context) {
        if field != nil { examine(text) }
    }

    /// Pasted text is taken whole at once: its line ends are part of what is examined.
    private mutating func examine(_ text: String) {
        (pasted, field, isRevealed, pane) = (Secret(text), nil, false, .findings)
        scroll.reset()
    }

    mutating func goBack(_ context: Context) -> [Request]? {
        if field != nil {
            field = nil
        } else if pasted != nil {
            (pasted, pane, isRevealed) = (nil, .request, false)
            scroll.reset()
        } else {
            return nil
        }
        return []
    }

    var panes: [Pane] { pasted == nil ? Pane.allCases : Pane.ofPasted }

    mutating func receive(_ answer: Answer, of job: Job, _ context: Context) -> [Request] {
        switch answer {
        case .token(let token):
            (signed, failure) = (token, nil)
            isRevealed = false
        case .failed(let failure) where job.question == .token: (signed, self.failure) = (nil, failure)
        case .deleted(let uid) where uid == self.uid: self = TokenScreen()
        default: break
        }
        return []
    }

    mutating func handle(_ key: Key, _ context: Context) -> [Request]? {
        if field != nil { return type(key) }
        let body = body(context)
        return scroll.update(key, rows: page(context, width: body.width).rows.count, height: body.height) ? [] : nil
    }

    private mutating func type(_ key: Key) -> [Request]? {
        if key == .enter {
            examine(field?.text ?? "")
            return []
        }
        return field?.update(key) == true ? [] : nil
    }

    mutating func perform(_ command: Command, _ context: Context) -> [Request] {
        switch command {
        case .nextPane: turn(1)
        case .previousPane: turn(-1)
        case .reveal: isRevealed.toggle()
        case .examine: field = TextField(placeholder: "paste it here", masked: true, maximumLength: 1 << 20)
        case .script:
            pane = .script
            scroll.reset()
        case .signAgain, .refresh:
            guard let uid else { return [] }
            return [.run(.token(uid, profile: context.workspace.profile))]
        case .copyToken: return signed.map { [.confirm(.copyToken($0, context))] } ?? []
        case .logIn: return uid.map { [.choose($0, name: nil, then: .login), .startLogin] } ?? []
        case .enterIdentity: return [.prompt(.identity(then: .token))]
        default: break
        }
        return []
    }

    private mutating func turn(_ by: Int) {
        let place = panes.firstIndex(of: pane) ?? 0
        pane = panes[(place + by + panes.count) % panes.count]
        scroll.reset()
    }

    func objection(to command: Command, _ context: Context) -> String? {
        switch command {
        case .reveal, .nextPane, .previousPane: signed == nil && pasted == nil ? "there is no token yet" : nil
        case .copyToken, .script:
            pasted != nil ? "a pasted token is shown; Esc goes back" : signed == nil ? "there is no token yet" : nil
        case .signAgain, .logIn: uid == nil ? "no identity is chosen" : nil
        default: nil
        }
    }

    func wakes(_ context: Context) -> [Duration] {
        guard let signed, signed.expires > context.now else { return [] }
        return [Format.nextChange(to: signed.expires, now: context.now)]
    }
}
