import Chainguard
import Foundation
import Sandbox

/// A sandbox of its own and the program pointed at it by variables, its operator signed in: what any other client is.
struct SandboxedProgram {
    let sandbox: Sandbox
    var program: Program

    static func with(
        caller: SandboxCaller.Name? = .role, signedIn: Bool = true,
        _ body: (SandboxedProgram) async throws -> Void
    ) async throws {
        let sandbox = try await Sandbox.start(SandboxOptions(caller: caller))
        do {
            var program = Program(home: try TemporaryFolder())
            program.environment.merge(sandbox.environment) { $1 }
            if signedIn {
                try await TokenCache(folder: program.home.path + "/.cache/chainguard")
                    .write(sandbox.operatorTokens(), audience: sandbox.endpoints.audience, alias: nil)
            }
            try await body(SandboxedProgram(sandbox: sandbox, program: program))
        } catch {
            await sandbox.stop()
            throw error
        }
        await sandbox.stop()
    }
}

/// A JSON answer, read loosely.
func json(_ text: String) throws -> [String: Any] {
    guard let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] else {
        throw CocoaError(.propertyListReadCorrupt)
    }
    return object
}
