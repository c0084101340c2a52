import AWSCaller
import ArgumentParser
import Glibc

/// How the program ends: which error leads to which exit code, and the one line on stderr.
enum ProgramExit {
    static let wrongUsage: Int32 = 2
    static let interrupted: Int32 = 130

    static func run(_ root: (some ParsableCommand).Type) -> Never {
        do {
            var command = try root.parseAsRoot()
            try command.run()
            exit(0)
        } catch {
            exit(report(error, from: root))
        }
    }

    private static func report(_ error: any Error, from root: any ParsableCommand.Type) -> Int32 {
        switch error {
        case let failure as Failure:
            Console.complain("cgid: \(failure)")
            return code(for: failure.category)
        case is CancellationError: return interrupted
        case let ended as TerminatedBySignal: return ended.exitCode
        default: return reportParsing(error, from: root)
        }
    }

    /// Help and version go to stdout; everything else the argument parser says is wrong usage.
    private static func reportParsing(_ error: any Error, from root: any ParsableCommand.Type) -> Int32 {
        let code = root.exitCode(for: error)
        let message = root.fullMessage(for: error)
        guard code.isSuccess else {
            if !message.isEmpty { Console.complain(message) }
            return code == .validationFailure ? wrongUsage : code.rawValue
        }
        if !message.isEmpty { Console.answer(message) }
        return 0
    }

    static func code(for category: Failure.Category) -> Int32 {
        switch category {
        case .service: 1
        case .usage: wrongUsage
        case .noCredentials: 3
        case .notAllowed: 4
        case .verdict: 5
        case .cancelled: interrupted
        }
    }
}
