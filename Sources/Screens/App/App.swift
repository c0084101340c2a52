import AWSCaller
import Chainguard
import FoundationEssentials
import TerminalUI

/// The whole program as a value: events go in, effects come out, and it can draw itself at any time.
///
/// It does no input or output and reads no clock: the time is handed in, and so is everything that a job found out.
public struct App: Sendable {
    /// Where the person is.
    public internal(set) var screen = Screen.caller
    /// Where Esc leads.
    var history: [Screen] = []
    var options: AppOptions
    var size: Size
    var now = Date(timeIntervalSince1970: 0)
    var workspace = Workspace()
    var work = Work()
    var overlay: Overlay?
    var notices = Notices()
    var isQuitArmed = false
    /// Unfinished creations were offered; once is enough.
    var hasOffered = false
    /// The theme that was changed to on screen.
    var chosenTheme: String?
    /// The person has pressed a key.
    var hasTyped = false
    /// Since when the wizard holds a draft that is not kept.
    var unkeptSince: Date?
    /// When the pending tick will come.
    var tickDue: Date?
    /// The last answer ended the program.
    public internal(set) var hasQuit = false

    var caller = CallerScreen()
    var identities = IdentitiesScreen()
    var wizard = WizardScreen()
    var token = TokenScreen()
    var login = LoginScreen()
    var repositories = RepositoriesScreen()
    var messages = MessagesScreen()
    var unfinished = UnfinishedScreen()
    var edit = EditScreen()
    var bindings = BindingsScreen()

    public init(options: AppOptions, size: Size) {
        self.options = options
        self.size = size
        workspace.profile = options.profile
        recall(options.memory)
    }

    /// Take in one event.
    /// - Parameter now: the time of the event; never read from a clock here.
    /// - Returns: what the outside has to do, in this order.
    public mutating func update(_ event: Event, now: Date) -> [Effect] {
        self.now = now
        var effects =
            switch event {
            case .start: start()
            case .input(let input): handle(input)
            case .answer(let id, let answer, let isLast): receive(id, answer, isLast: isLast)
            case .requested(let id, let requestIDs): note(requestIDs, of: id)
            case .tick: tick()
            }
        if effects.contains(.quit) { hasQuit = true }
        unkeptSince = hasUnkeptDraft ? unkeptSince ?? now : nil
        if !hasQuit { effects += schedule() }
        return effects
    }

    private mutating func note(_ requestIDs: [String], of id: EffectID) -> [Effect] {
        work.note(requestIDs, of: id)
        return []
    }

    private mutating func start() -> [Effect] {
        workspace.caller.begin()
        workspace.subject.begin()
        return work.start(.detectCaller(profile: workspace.profile, probes: false), owner: nil, now: now)
            + work.start(.subject(as: workspace.session), owner: nil, now: now)
            + apply(onCurrent { $0.enter($1) })
    }

    private mutating func tick() -> [Effect] {
        tickDue = nil
        notices.expire(now: now)
        let keeping = unkeptSince.map { $0.addingTimeInterval(Self.draftPatience) <= now } == true ? keepDraft() : []
        return keeping + apply(onCurrent { $0.wake($1) })
    }
}

// MARK: - The screens, one at a time

extension App {
    var context: Context {
        Context(
            options: options, workspace: workspace, work: work, now: now, content: Chrome.content(of: size),
            screen: screen)
    }

    mutating func onCurrent<Result>(_ body: (inout any ScreenState, Context) -> Result) -> Result {
        on(screen, body)
    }

    mutating func on<Result>(_ screen: Screen, _ body: (inout any ScreenState, Context) -> Result) -> Result {
        let context = context
        switch screen {
        case .caller: return Self.lift(&caller) { body(&$0, context) }
        case .identities: return Self.lift(&identities) { body(&$0, context) }
        case .wizard: return Self.lift(&wizard) { body(&$0, context) }
        case .token: return Self.lift(&token) { body(&$0, context) }
        case .login: return Self.lift(&login) { body(&$0, context) }
        case .repositories: return Self.lift(&repositories) { body(&$0, context) }
        case .messages: return Self.lift(&messages) { body(&$0, context) }
        case .unfinished: return Self.lift(&unfinished) { body(&$0, context) }
        case .edit: return Self.lift(&edit) { body(&$0, context) }
        case .bindings: return Self.lift(&bindings) { body(&$0, context) }
        }
    }

    var current: any ScreenState {
        switch screen {
        case .caller: caller
        case .identities: identities
        case .wizard: wizard
        case .token: token
        case .login: login
        case .repositories: repositories
        case .messages: messages
        case .unfinished: unfinished
        case .edit: edit
        case .bindings: bindings
        }
    }

    private static func lift<State: ScreenState, Result>(
        _ state: inout State, _ body: (inout any ScreenState) -> Result
    ) -> Result {
        var box: any ScreenState = state
        let result = body(&box)
        if let changed = box as? State { state = changed }
        return result
    }
}
