import AWSCaller
import FoundationEssentials
import Glibc
import NcursesTerminal
import Screens
import TerminalUI

/// The terminal interface: events go from the terminal and the jobs into the app, its effects go back out.
struct TerminalInterface {
    let options: CommonOptions
    let interface: InterfaceOptions

    /// Runs on the calling thread, which must be the main one, until the person leaves.
    func run() throws {
        let variables = Environment.ofProcess.variables
        let preferences = try Preferences.ofPerson()
        if let theme = interface.theme { _ = try preferences.theme(named: theme, by: "--theme") }
        if options.debug, isatty(STDERR_FILENO) == 1 {
            throw Failure(
                "--debug would write over the screen", remedy: "Say --log-file FILE, or add 2>FILE", category: .usage)
        }
        let mouse = interface.mouse ?? preferences.mouse?.value ?? false
        try askAboutConfiguration()
        let terminal = try Self.open(TerminalOptions(environment: variables, usesMouse: mouse))
        defer { terminal.close() }
        let runtime = try Blocking.wait { try await Runtime.make(options, preferences) }
        let remembered = runtime.remembered()
        let mailbox = Mailbox<Event>()
        let runner = EffectRunner(runtime: runtime) { mailbox.post($0) }
        var app = App(
            options: appOptions(runtime, terminal, variables, remembered.memory), size: terminal.size)

        let exit = terminal.run(mailbox: mailbox) { event, control in
            for effect in app.update(Self.event(event), now: Date()) {
                Self.perform(effect, runner: runner, control: &control)
            }
        } draw: { surface in
            app.draw(into: &surface, now: Date())
        }

        terminal.close()
        runtime.remember(app.memory, after: remembered)
        Blocking.wait {
            await runner.stop()
            await runtime.close()
        }
        if case .signal(let number) = exit { throw TerminatedBySignal(number: number) }
    }

    /// Before the screen is taken, where a question can be asked.
    private func askAboutConfiguration() throws(Failure) {
        guard !options.sandbox, isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { return }
        let trust = ConfigurationTrust(environment: .ofProcess, files: PosixFiles())
        _ = try trust.configuration(options.endpointFlags)
    }

    private static func open(_ options: TerminalOptions) throws(Failure) -> Terminal {
        do {
            return try Terminal.open(options)
        } catch {
            throw Failure(error.what, remedy: error.remedy, category: .usage)
        }
    }

    private func appOptions(
        _ runtime: Runtime, _ terminal: Terminal, _ variables: [String: String], _ memory: Memory
    ) -> AppOptions {
        let choice = ThemeChoice(
            flag: interface.theme, preferences: runtime.preferences, remembered: memory.theme,
            color: options.color ?? .auto, noColor: variables["NO_COLOR"] != nil, terminalColors: terminal.colors)
        let glyphs = terminal.drawsUnicode ? Glyphs.unicode : .ascii
        return AppOptions(
            isSandbox: runtime.sandboxURL != nil,
            isReadOnly: runtime.readOnlyOrigin(flag: interface.readOnly) != nil, endpoints: runtime.endpoints,
            theme: choice.theme.with(glyphs: glyphs), themes: choice.all.map { $0.with(glyphs: glyphs) },
            memory: memory, defaultParent: runtime.configuration.defaultGroup,
            home: runtime.host.environment["HOME"], profile: runtime.profile)
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
        case .discard(let discarded): runner.discard(discarded)
        case .tick(let delay): control.tick(after: delay)
        case .copy(let secret): control.copy(secret.reveal())
        case .suspend: control.suspend()
        case .redraw: control.redraw()
        case .quit: control.quit()
        }
    }
}

extension Runtime {
    /// What the last session left; nothing in the sandbox, which begins anew each time.
    fileprivate func remembered() -> RememberedState {
        guard sandbox == nil else { return RememberedState() }
        return RememberedState.load(folder: stateFolder, configuredTheme: preferences.theme?.value)
    }

    fileprivate func remember(_ memory: Memory, after before: RememberedState) {
        var state = before
        state.memory = memory
        guard sandbox == nil, state != before else { return }
        state.save(folder: stateFolder)
    }
}

/// Ended from outside; the exit status says by what, as shells write it.
struct TerminatedBySignal: Error {
    let number: Int32
    var exitCode: Int32 { 128 + number }
}
