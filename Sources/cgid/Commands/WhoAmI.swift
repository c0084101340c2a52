import AWSCaller
import ArgumentParser
import FoundationEssentials

struct WhoAmI: ServiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "whoami", abstract: "Which AWS caller this host is, and why.")

    @OptionGroup var common: CommonOptions
    @ParentCommand var root: CgidCommand

    @Flag(help: "Show every credential source in order: which won, which are shadowed, which failed and why.")
    var explain = false

    @Flag(help: "Ask the sources of the network too when an earlier one won; says --explain.")
    var probe = false

    func run(in runtime: Runtime) async throws {
        var detector = runtime.detector
        detector.probes = probe
        let caller = await detector.detect()
        switch output {
        case .json: try JSONOutput.print(CallerDocument(caller, explain: explain || probe))
        case .id: if let answer = caller.answer { Console.answer(answer.identity.arn.description) }
        case .text: printText(caller, now: runtime.host.now())
        }
        if let failure = caller.failure { throw failure }
    }

    private func printText(_ caller: DetectedCaller, now: Date) {
        let isExplained = explain || probe
        if caller.answer != nil || isExplained { Console.answer(CallerText.summary(caller, now: now)) }
        guard isExplained else { return }
        Console.answer("\n" + CallerText.chain(caller))
        if !caller.findings.isEmpty { Console.answer("\n" + CallerText.findings(caller)) }
    }
}
