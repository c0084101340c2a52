import AWSCaller
import FoundationEssentials
import Screens
import Synchronization
import TerminalUI

/// The terminal interface without a terminal: the same app, effects and services, its frames taken instead of shown.
/// Used by one task.
final class HeadlessInterface {
    private var app: App
    private let size: Size
    private let runner: EffectRunner
    private let mailbox: Inbox
    private var tickDue: ContinuousClock.Instant?

    private final class Inbox: Sendable {
        private let events = Mutex<[Event]>([])

        func post(_ event: Event) { events.withLock { $0.append(event) } }

        func drain() -> [Event] {
            events.withLock { waiting in
                defer { waiting = [] }
                return waiting
            }
        }
    }

    init(runtime: Runtime, size: Size, theme: Theme = .standard) {
        let inbox = Inbox()
        mailbox = inbox
        self.size = size
        runner = EffectRunner(runtime: runtime) { inbox.post($0) }
        app = App(
            options: AppOptions(
                isSandbox: runtime.sandbox != nil, endpoints: runtime.endpoints, theme: theme,
                profile: runtime.profile), size: size)
        handle(.start)
    }

    func press(_ codes: Key.Code...) {
        for code in codes { handle(.input(.key(Key(code)))) }
    }

    func type(_ text: String) {
        for character in text { press(.character(character)) }
    }

    var frame: Surface {
        var surface = Surface(size: size)
        app.draw(into: &surface, now: Date())
        return surface
    }

    /// Lets the jobs go on until the frame holds every one of `texts`.
    /// - Throws: `Failure` after ten seconds, with the frame as its detail.
    func wait(for texts: String...) async throws {
        let deadline = ContinuousClock.now + .seconds(10)
        while true {
            for event in mailbox.drain() { handle(event) }
            if let due = tickDue, due <= .now {
                tickDue = nil
                handle(.tick)
            }
            let shown = frame.plainText()
            if texts.allSatisfy({ shown.contains($0) }) { return }
            guard ContinuousClock.now < deadline else {
                throw Failure("The screen never showed \(texts.joined(separator: " + "))", detail: shown)
            }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    func stop() async {
        await runner.stop()
    }

    private func handle(_ event: Event) {
        for effect in app.update(event, now: Date()) {
            switch effect {
            case .run(let id, let job): runner.run(id, job)
            case .cancel(let id): runner.cancel(id)
            case .tick(let delay): tickDue = .now + delay
            case .discard, .copy, .suspend, .redraw, .quit: break
            }
        }
    }
}
