import ArgumentParser
import Sandbox

/// `NAME`, or `NAME=COUNT`: what the sandbox does wrong, and how often.
struct FaultArgument: ExpressibleByArgument, Sendable {
    let fault: SandboxFault
    /// `nil` for always.
    let count: Int?

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let fault = SandboxFault(rawValue: parts[0]) else { return nil }
        self.fault = fault
        guard parts.count > 1 else {
            count = nil
            return
        }
        guard fault.isCounted, let count = Int(parts[1]), count > 0 else { return nil }
        self.count = count
    }

    static var allValueStrings: [String] { SandboxFault.allCases.map(\.rawValue) }

    static var allValueDescriptions: [String: String] {
        Dictionary(uniqueKeysWithValues: SandboxFault.allCases.map { ($0.rawValue, $0.summary) })
    }

    /// For options whose help does not list every fault.
    @Sendable static func parse(_ text: String) throws -> FaultArgument {
        guard let argument = FaultArgument(argument: text) else {
            throw ValidationError("'\(text)' is no fault of the sandbox: 'cgid sandbox --help' lists them")
        }
        return argument
    }
}

extension SandboxOptions {
    mutating func add(_ faults: [FaultArgument]) {
        for argument in faults { add(argument.fault, times: argument.count) }
    }
}
