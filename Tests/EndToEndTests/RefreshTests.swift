import AWSCaller
import Chainguard
import Foundation
import Sandbox
import Testing

/// `login --refresh`, which stays.
@Suite struct RefreshTests {
    @Test(arguments: [("INT", 130), ("TERM", 0)])
    func aShortLivedTokenIsRenewedUntilASignal(signal: String, status: Int) async throws {
        // Every sandbox begins with the same identities.
        let uid = try await SandboxedProgram.result { try await $0.identity("image-builder") }
        let sandbox = try await Sandbox.start(SandboxOptions(tokenLifetime: .seconds(5)))
        let program = try Program(sandboxed: sandbox)
        let script = """
            \(Program.path) login --identity \(uid) --alias kept --refresh 2>errors & login=$!
            for i in $(seq 300); do [ $(grep -c Renewed: errors) -ge 1 ] && break; sleep 0.1; done
            kill -\(signal) $login; wait $login; echo status $?
            """
        // A shell without job control starts what runs in the background with SIGINT ignored.
        let result = try await Program.run(
            "bash", ["-mc", "cd \(program.home.path); \(script)"], environment: program.environment)
        let errors = try String(contentsOfFile: program.home.path + "/errors", encoding: .utf8)
        #expect(result.output.contains("status \(status)"), "\(result.output) \(errors)")
        #expect(errors.contains("; next at "))
        let kept = try TokenCache(folder: program.home.path + "/.cache/chainguard")
            .read(audience: sandbox.endpoints.audience, alias: "kept")
        #expect(kept?.claims?.subject == uid)
        await sandbox.stop()
    }
}

extension Program {
    init(sandboxed sandbox: Sandbox) throws {
        self.init(home: try TemporaryFolder())
        environment.merge(sandbox.environment) { $1 }
    }
}
