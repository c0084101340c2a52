import AWSCaller
import Chainguard
import FoundationEssentials
import TerminalUI
import Testing

@testable import Screens

/// Presses keys and gives answers, as a person and the effect runner would, and remembers what the app asked for.
struct Driver {
    private(set) var app: App
    private(set) var now = Fixtures.now
    private(set) var size: Size
    /// Every effect so far.
    private(set) var effects: [Effect] = []
    /// Jobs that run: asked for, and neither answered nor cancelled.
    private(set) var pending: [(id: EffectID, job: Job)] = []

    init(options: AppOptions = AppOptions(), size: Size = Size(80, 24), starts: Bool = true) {
        app = App(options: options, size: size)
        self.size = size
        if starts { send(.start) }
    }

    @discardableResult
    mutating func send(_ event: Event) -> [Effect] {
        let new = app.update(event, now: now)
        effects += new
        for effect in new {
            switch effect {
            case .run(let id, let job): pending.append((id, job))
            case .cancel(let id): pending.removeAll { $0.id == id }
            default: break
            }
        }
        return new
    }

    /// Keys by their names: `n`, `Enter`, `^C`, `Tab`, `Esc`, `Down`.
    @discardableResult
    mutating func press(_ names: String...) -> [Effect] {
        names.flatMap { send(.input(.key(Self.key($0)))) }
    }

    mutating func type(_ text: String) {
        for character in text { send(.input(.key(.character(character)))) }
    }

    mutating func resize(to newSize: Size) {
        size = newSize
        send(.input(.resize(newSize)))
    }

    /// Let time pass; the tick that was asked for comes at its end.
    @discardableResult
    mutating func wait(_ duration: Duration) -> [Effect] {
        now = now.addingTimeInterval(Double(duration.wholeMilliseconds) / 1000)
        return send(.tick)
    }

    /// Answer the job that is asked for.
    @discardableResult
    mutating func answer(
        _ question: Job.Question, _ answer: Answer, isLast: Bool = true, at location: SourceLocation = #_sourceLocation
    ) -> [Effect] {
        guard let index = pending.lastIndex(where: { $0.job.question == question }) else {
            Issue.record("nobody asked for \(question)", sourceLocation: location)
            return []
        }
        let id = pending[index].id
        var isOver = isLast
        if case .failed = answer { isOver = true }
        if isOver { pending.remove(at: index) }
        return send(.answer(id, answer, isLast: isLast))
    }

    /// Do what the arranging job is asked to, and answer it.
    mutating func arrange(at location: SourceLocation = #_sourceLocation) {
        guard case .arrange(let input, let earlier) = job(.arrangement) else {
            Issue.record("no list is to be arranged", sourceLocation: location)
            return
        }
        answer(.arrangement, .arranged(IdentityArrangement(input, after: earlier)), at: location)
    }

    func job(_ question: Job.Question) -> Job? {
        pending.last { $0.job.question == question }?.job
    }

    func text() -> String { frame().plainText() }

    /// - Parameter theme: another one than the app has.
    func frame(_ theme: Theme? = nil) -> Surface {
        var (app, surface) = (app, Surface(size: size))
        if let theme { app.options.theme = theme }
        app.draw(into: &surface, now: now)
        return surface
    }

    static func key(_ name: String) -> Key {
        switch name {
        case "Enter": .enter
        case "Esc": .escape
        case "Tab": .tab
        case "Shift-Tab": .backTab
        case "Up": .up
        case "Down": .down
        case "Left": .left
        case "Right": .right
        case "PgDn": Key(.pageDown)
        case "PgUp": Key(.pageUp)
        case "End": Key(.end)
        case "Backspace": Key(.backspace)
        default:
            name.count == 2 && name.hasPrefix("^")
                ? .control(Character(name.suffix(1).lowercased())) : .character(name.first ?? " ")
        }
    }
}

extension Driver {
    /// The host is known and an operator is signed in.
    /// - Parameter draft: what the wizard was left with by an earlier run.
    static func signedIn(
        options: AppOptions = AppOptions(), size: Size = Size(80, 24), draft: KeptDraft? = nil
    ) -> Driver {
        var driver = Driver(options: options, size: size)
        driver.answer(.caller, .caller(Fixtures.detected))
        driver.answer(.subject, .subject(Fixtures.operatorSubject))
        driver.answer(.groups, .groups(Fixtures.groups))
        driver.answer(.pendingCreations, .pendingCreations([]))
        driver.answer(.keptDraft, .keptDraft(draft))
        return driver
    }

    static func identities(options: AppOptions = AppOptions(), size: Size = Size(80, 24)) -> Driver {
        var driver = signedIn(options: options, size: size)
        driver.press("2")
        driver.answer(.identities, .identities(Fixtures.identities, total: 5, complete: true))
        return driver
    }
}
