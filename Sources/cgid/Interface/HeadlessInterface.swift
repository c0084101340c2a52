import AWSCaller
import FoundationEssentials
import Screens
import Synchronization
import TerminalUI

/// Time that passes only when it is told to.
final class ManualClock: Sendable {
    private let time: Mutex<Date>

    init(_ start: Date) {
        time = Mutex(start)
    }

    var now: Date { time.withLock { $0 } }

    func advance(_ duration: Duration) {
        time.withLock { $0 = $0.addingTimeInterval(duration / .seconds(1)) }
    }
}

/// The terminal interface without a terminal: the same app, effects and services, its frames taken instead of shown.
/// Jobs run one after the other, and time passes only while none runs: each run shows the same frames. Used by one task.
final class HeadlessInterface {
    private var app: App
    private let size: Size
    private let clock: ManualClock
    private let runner: EffectRunner
    private let mailbox: Inbox
    private var tick: Duration?
    private var waiting: [(id: EffectID, job: Job)] = []
    private var running: EffectID?

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

    /// - Parameter clock: the one that the runtime reads.
    init(runtime: Runtime, size: Size, clock: ManualClock) {
        let inbox = Inbox()
        mailbox = inbox
        self.size = size
        self.clock = clock
        runner = EffectRunner(runtime: runtime) { inbox.post($0) }
        app = App(
            options: AppOptions(
                isSandbox: runtime.sandbox != nil, endpoints: runtime.endpoints, home: runtime.host.environment["HOME"],
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
        app.draw(into: &surface, now: clock.now)
        return surface
    }

    private var isIdle: Bool { running == nil && waiting.isEmpty }

    /// Lets the jobs come to their end, and time pass, until the frame holds every one of `texts`.
    /// - Throws: `Failure` after ten seconds, with the frame as its detail.
    func wait(for texts: String...) async throws {
        let deadline = ContinuousClock.now + .seconds(10)
        while true {
            for event in mailbox.drain() { handle(event) }
            startNext()
            let shown = frame.plainText()
            if isIdle, texts.allSatisfy({ shown.contains($0) }) { return }
            guard ContinuousClock.now < deadline else {
                throw Failure("The screen never showed \(texts.joined(separator: " + "))", detail: shown)
            }
            if isIdle, let delay = tick {
                tick = nil
                clock.advance(delay)
                handle(.tick)
            } else {
                try await Task.sleep(for: .milliseconds(2))
            }
        }
    }

    func stop() async {
        await runner.stop()
    }

    private func startNext() {
        guard running == nil, !waiting.isEmpty else { return }
        let (id, job) = waiting.removeFirst()
        running = id
        runner.run(id, job)
    }

    private func handle(_ event: Event) {
        if case .answer(running, _, isLast: true) = event { running = nil }
        for effect in app.update(event, now: clock.now) {
            switch effect {
            case .run(let id, let job): waiting.append((id, job))
            case .cancel(let id):
                waiting.removeAll { $0.id == id }
                runner.cancel(id)
            case .tick(let delay): tick = delay
            case .discard, .copy, .suspend, .redraw, .quit: break
            }
        }
    }
}
