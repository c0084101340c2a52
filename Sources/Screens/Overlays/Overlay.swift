import AWSCaller
import Chainguard
import FoundationEssentials
import TerminalUI

/// What lies over the screen and has the keys.
enum Overlay: Sendable {
    case help(HelpOverlay)
    case palette(PaletteOverlay)
    case confirm(Confirmation)
    case prompt(Prompt)
    case facets(FacetMenu)
    case profiles(ProfileMenu)
    case identities(IdentityMenu)

    /// Nothing of the screen is seen behind it.
    var coversScreen: Bool {
        switch self {
        case .help, .palette, .profiles, .identities: true
        case .confirm, .prompt, .facets: false
        }
    }

    /// The keys that matter while it is open.
    var hints: [KeyHint] {
        let close = KeyHint(.escape, label: "close")
        switch self {
        case .help: return [KeyHint(.up, .down, label: "scroll"), close]
        case .palette: return [KeyHint(.enter, label: "do it"), KeyHint(.up, .down, label: "choose"), close]
        case .confirm: return [KeyHint(.tab, label: "move"), KeyHint(.enter, label: "press"), close]
        case .prompt: return [KeyHint(.enter, label: "take it"), close]
        case .profiles, .identities:
            return [KeyHint(.enter, label: "use it"), KeyHint(.up, .down, label: "choose"), close]
        case .facets(let menu) where menu.choice.isFiltering: return MultiChoice.filterHints
        case .facets:
            return MultiChoice.hints + [KeyHint(.enter, label: "show these"), close]
        }
    }
}

/// A question, and what yes means.
struct Confirmation: Sendable {
    enum Action: Sendable, Equatable {
        case quit
        /// Cancel the delicate work and go to the screen.
        case abandon(to: Screen)
        case delete(UIDP)
        case bind([Role], to: UIDP, at: Group)
        case unbind(RoleBinding)
        /// Write over a file that is there.
        case replace(TextFile)
        case deleteMarked([UIDP])
        /// Delete what the unfinished creation made.
        case undo(PendingCreation)
        case copyToken(SignedCallerToken)
    }

    var dialog: Dialog
    var action: Action

    static func quit(running job: Job?) -> Confirmation {
        let message = job.map { "\($0.title) is in progress. Quitting cancels it." } ?? "Leave cgid?"
        return Confirmation(dialog: Dialog(title: "Quit", message: message, confirmLabel: "Quit"), action: .quit)
    }

    static func abandon(_ job: Job, to screen: Screen) -> Confirmation {
        let dialog = Dialog(
            title: "In progress", message: "\(job.title) is in progress. Leaving cancels it, half done as it may be.",
            confirmLabel: "Cancel it and leave")
        return Confirmation(dialog: dialog, action: .abandon(to: screen))
    }

    static func delete(_ identity: AssumableIdentity, _ context: Context) -> Confirmation {
        let theme = context.theme
        let place = identity.uid.parent ?? identity.uid.root
        let dialog = Dialog(
            title: "Delete an identity",
            message: [
                [Span("Identity      ", theme.label), Span(identity.name, theme.title)],
                [Span("UIDP          ", theme.label), Span(identity.uid.text)],
                [Span("Stands in     ", theme.label), Span(context.workspace.groupPath(place))],
                [
                    Span("Lets in       ", theme.label),
                    Span("\(IdentityWords.kind(identity)) \(IdentityWords.who(identity))"),
                ],
                [],
            ] + losses(identity, context),
            confirmLabel: "Delete", isDestructive: true, requiredText: typeable(identity))
        return Confirmation(dialog: dialog, action: .delete(identity.uid))
    }

    /// What goes with an identity: each binding as far as it is known.
    private static func losses(_ identity: AssumableIdentity, _ context: Context) -> [[Span]] {
        let end = "whoever uses it is locked out. This can't be undone."
        guard let bindings = context.workspace.bindings[identity.uid]?.value else {
            return [[Span("Its role bindings, which could not be read, go with it, and \(end)")]]
        }
        guard !bindings.isEmpty else { return [[Span("It is bound to no role; \(end)")]] }
        let shown = bindings.prefix(4).map {
            [Span("Bound to      ", context.theme.label), Span("\($0.role.name) at \($0.group.name)")]
        }
        let more = bindings.count > 4 ? " (and \(bindings.count - 4) more)" : ""
        return shown + [[Span("These bindings\(more) go with it, and \(end)")]]
    }

    static func replace(_ file: TextFile) -> Confirmation {
        let dialog = Dialog(
            title: "Replace a file", message: "\(file.path) is there already. What it holds will be lost.",
            confirmLabel: "Replace")
        return Confirmation(dialog: dialog, action: .replace(file))
    }

    static func bind(
        _ roles: [Role], to identity: AssumableIdentity, at group: Group, _ context: Context
    ) -> Confirmation {
        let theme = context.theme
        let allowing = roles.count == 1 ? "the role allows" : "the roles allow"
        let pairs = [
            ("Identity      ", identity.name), ("Roles         ", roles.map(\.name).joined(separator: ", ")),
            ("Bound at      ", context.workspace.groupPath(group.uid)),
        ]
        let dialog = Dialog(
            title: roles.count == 1 ? "Bind a role" : "Bind roles",
            message: pairs.map { [Span($0, theme.label), Span($1)] } + [
                [], [Span("Whoever uses the identity may then do, there and below, what \(allowing).")],
            ], confirmLabel: "Bind")
        return Confirmation(dialog: dialog, action: .bind(roles, to: identity.uid, at: group))
    }

    static func unbind(_ binding: RoleBinding, of identity: AssumableIdentity, _ context: Context) -> Confirmation {
        let theme = context.theme
        let dialog = Dialog(
            title: "Unbind a role",
            message: [
                [Span("Identity      ", theme.label), Span(identity.name, theme.title)],
                [Span("Organization  ", theme.label), Span(context.workspace.groupName(identity.uid.root))],
                [Span("Role          ", theme.label), Span(binding.role.name)],
                [Span("Bound at      ", theme.label), Span(binding.group.name)],
                [],
                [Span("What the role allows there and below is lost to whoever uses the identity.")],
            ], confirmLabel: "Unbind", isDestructive: true)
        return Confirmation(dialog: dialog, action: .unbind(binding))
    }

    static func undo(_ pending: PendingCreation, _ context: Context) -> Confirmation {
        let what =
            pending.identity.map { "the identity \($0)" } ?? "an identity of that name and patterns, if there is one"
        let dialog = Dialog(
            title: "Undo the creation",
            message: [
                [Span("Identity      ", context.theme.label), Span(pending.draft.name, context.theme.title)],
                [Span("Parent        ", context.theme.label), Span(pending.draft.parent?.name ?? "")],
                [],
                [Span("This deletes \(what), with its role bindings. It can't be undone.")],
            ],
            confirmLabel: "Delete", isDestructive: true, requiredText: pending.draft.name)
        return Confirmation(dialog: dialog, action: .undo(pending))
    }

    /// What must be typed: the name, or the UIDP's end where the name can't be typed.
    private static func typeable(_ identity: AssumableIdentity) -> String {
        let isPlain = !identity.name.isEmpty && Text.sanitised(identity.name) == identity.name
        return isPlain ? identity.name : String(identity.uid.text.suffix(16))
    }

    static func copyToken(_ token: SignedCallerToken, _ context: Context) -> Confirmation {
        let end = TimeText.clock(token.expires, now: context.now)
        let left = TimeText.countdown(to: token.expires, now: context.now)
        let dialog = Dialog(
            title: "Copy the token",
            message:
                "Whoever gets this text can become the identity until \(end) (\(left)). It goes to the clipboard of "
                + "your terminal, which other programs can read.",
            confirmLabel: "Copy")
        return Confirmation(dialog: dialog, action: .copyToken(token))
    }
}

/// One line to type.
struct Prompt: Sendable {
    enum Purpose: Sendable, Equatable {
        /// A file's name, for this text.
        case save(String)
        /// A file's name, for a support bundle.
        case bundle([Message])
    }

    var purpose: Purpose
    var field: TextField

    static func save(_ text: String, as fileName: String) -> Prompt {
        Prompt(
            purpose: .save(text), field: TextField(fileName, placeholder: "a file's name", maximumLength: 4096))
    }

    static func bundle(_ messages: [Message], now: Date) -> Prompt {
        let digits = TimeText.timestamp(now).filter { $0.isNumber }
        let name = "cgid-support-\(digits.prefix(8))-\(digits.dropFirst(8)).json"
        return Prompt(
            purpose: .bundle(messages), field: TextField(name, placeholder: "a file's name", maximumLength: 4096))
    }

    var title: String {
        switch purpose {
        case .save: "Write to which file?"
        case .bundle: "Write the support bundle to which file?"
        }
    }

    func draw(into surface: inout Surface, in rect: Rect, theme: Theme) {
        let width = min(rect.width, 72)
        let box = Rect(
            x: rect.x + (rect.width - width) / 2, y: rect.y + max(0, (rect.height - 4) / 2), width: width,
            height: min(4, rect.height))
        Panel.draw(into: &surface, in: box, title: title, theme: theme)
        let inner = box.inset(horizontal: 2, vertical: 1)
        surface.cursor = nil
        field.draw(into: &surface, in: inner.splitTop(2).top, theme: theme, focused: true)
    }
}
