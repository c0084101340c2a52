import AWSCaller
import FoundationEssentials
import Glibc
import NcursesTerminal
import Screens
import TerminalUI

/// The terminal interface: events go from the terminal and the jobs into the app, its effects go back out.
struct TerminalInterface {
    let options: CommonOptions
    let readOnly: Bool
    let theme: ThemeName?
    let mouse: Bool

    /// Runs on the calling thread, which must be the main one, until the person leaves.
    func run() throws {
        let variables = Environment.ofProcess.variables
        let terminal = try Self.open(TerminalOptions(environment: variables, usesMouse: mouse))
        defer { terminal.close() }
        let runtime = try Blocking.wait { try await Runtime.make(options) }
        let mailbox = Mailbox<Event>()
        let runner = EffectRunner(runtime: runtime) { mailbox.post($0) }
        var app = App(options: appOptions(runtime, terminal, variables), size: terminal.size)

        let exit = terminal.run(mailbox: mailbox) { event, control in
            for effect in app.update(Self.event(event), now: Date()) {
                Self.perform(effect, runner: runner, control: &control)
            }
        } draw: { surface in
            app.draw(into: &surface, now: Date())
        }

        terminal.close()
        Blocking.wait {
            await runner.stop()
            await runtime.close()
        }
        if case .signal(let number) = exit { throw TerminatedBySignal(number: number) }
    }

    private static func open(_ options: TerminalOptions) throws(Failure) -> Terminal {
        do {
            return try Terminal.open(options)
        } catch {
            throw Failure(error.what, remedy: error.remedy, category: .usage)
        }
    }

    private func appOptions(_ runtime: Runtime, _ terminal: Terminal, _ variables: [String: String]) -> AppOptions {
        var theme = ThemeChoice(named: theme, color: options.color ?? .auto, noColor: variables["NO_COLOR"] != nil)
            .theme(terminalColors: terminal.colors)
        if !terminal.isUTF8 { theme.glyphs = .ascii }
        return AppOptions(
            isSandbox: runtime.sandbox != nil, isReadOnly: readOnly, endpoints: runtime.endpoints, theme: theme,
            defaultParent: runtime.configuration.defaultGroup, profile: runtime.profile)
    }

    private static func event(_ event: LoopEvent<Event>) -> Event {
        switch event {
        case .started: .start
        case .input(let input): .input(input)
        case .message(let message): message
        case .tick: .tick
        }
    }

    private static func perform(_ effect: Effect, runner: EffectRunner, control: inout LoopControl) {
        switch effect {
        case .run(let id, let job): runner.run(id, job)
        case .cancel(let id): runner.cancel(id)
        case .tick(let delay): control.tick(after: delay)
        case .copy(let secret): control.copy(secret.reveal())
        case .suspend: control.suspend()
        case .redraw: control.redraw()
        case .quit: control.quit()
        }
    }
}

/// Ended from outside; the exit status says by what, as shells write it.
struct TerminatedBySignal: Error {
    let number: Int32
    var exitCode: Int32 { 128 + number }
}

/// Which theme the person gets: what they named, or one without colour where colour is unwanted or missing.
struct ThemeChoice {
    let named: ThemeName?
    let color: ColorChoice
    /// `NO_COLOR` is set, to anything (no-color.org).
    let noColor: Bool

    func theme(terminalColors: Int) -> Theme {
        let colorless =
            switch color {
            case .always: false
            case .never: true
            case .auto: noColor || terminalColors < 8
            }
        if colorless { return .mono }
        return switch named {
        case .mono: .mono
        case .highContrast: .highContrast
        case .standard, nil: .standard
        }
    }
}
