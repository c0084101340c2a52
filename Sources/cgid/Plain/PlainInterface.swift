/// The interface as questions and answers, for `--plain` and for terminals that can do no more.
struct PlainInterface {
    let options: CommonOptions
    let interface: InterfaceOptions

    /// Runs on the calling thread until the person leaves.
    func run() throws {
        let preferences = try Preferences.ofPerson()
        let terminal = try LineTerminal()
        let runtime = try Blocking.wait { try await Runtime.make(options, preferences) }
        let session = PlainSession(
            runtime: runtime, terminal: terminal,
            isReadOnly: runtime.readOnlyOrigin(flag: interface.readOnly) != nil)
        let runner = session.runner
        defer {
            // Signals stay handled until nothing is left to clean up.
            withExtendedLifetime(terminal) {
                Blocking.wait {
                    await runner.stop()
                    await runtime.close()
                }
            }
        }
        do {
            try session.run()
        } catch LineTerminal.Leaving.endOfInput {
            return terminal.say("")
        } catch LineTerminal.Leaving.interrupted {
            throw CancellationError()
        } catch LineTerminal.Leaving.signal(let number) {
            throw TerminatedBySignal(number: number)
        }
    }
}
