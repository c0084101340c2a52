import ArgumentParser
import Sandbox

/// The callers that the sandbox knows, and none at all.
struct SandboxCallerName: ExpressibleByArgument, Sendable {
    /// `nil`: no credentials anywhere.
    let name: SandboxCaller.Name?

    static let standard = SandboxCallerName(name: .role)

    init(name: SandboxCaller.Name?) {
        self.name = name
    }

    init?(argument: String) {
        guard argument == "none" || SandboxCaller.Name(rawValue: argument) != nil else { return nil }
        name = SandboxCaller.Name(rawValue: argument)
    }

    static var allValueStrings: [String] { SandboxCaller.Name.allCases.map(\.rawValue) + ["none"] }
}
