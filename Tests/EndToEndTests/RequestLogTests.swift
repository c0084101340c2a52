import Chainguard
import Foundation
import Testing

/// `--debug` and `--log-file`.
@Suite struct RequestLogTests {
    @Test func requestsAreLoggedWithoutSecrets() async throws {
        try await SandboxedProgram.with { sandboxed in
            let program = sandboxed.program
            let log = program.home.path + "/log"
            try Data("before\n".utf8).write(to: URL(fileURLWithPath: log))
            let uid = try await program.run("identities", "list", "--name", "image-builder", "-o", "id").output
                .trimmingCharacters(in: .newlines)
            var said = ""
            var secrets = program.environment.filter { $0.key.contains("SECRET") || $0.key.contains("TOKEN") }.map(
                \.value)
            for arguments in [
                ["whoami"], ["token", "create", "--identity", uid], ["login", "--identity", uid, "--alias", "log"],
                ["identities", "list"], ["repos", "list", "--alias", "log"], ["status"],
            ] {
                let result = try await Program.run(
                    Program.path, ["--debug", "--log-file", log] + arguments, environment: program.environment)
                #expect(result.status == 0, "\(arguments) \(result.errors)")
                if arguments[0] == "token" { secrets.append(result.output.trimmingCharacters(in: .newlines)) }
                said += result.errors
            }
            let cache = TokenCache(folder: program.home.path + "/.cache/chainguard")
            for alias in [nil, "log"] {
                let kept = try #require(
                    try cache.read(audience: sandboxed.sandbox.endpoints.audience, alias: alias))
                secrets += [kept.token.reveal(), kept.refreshToken?.reveal()].compactMap { $0 }
            }
            #expect(secrets.count >= 5)
            let written = try String(contentsOfFile: log, encoding: .utf8)
            #expect(written.hasPrefix("before\n2"), "what was there stays, and lines begin with the time")
            for text in [written, said] {
                #expect(text.contains("/sts/exchange → 200 after"), "\(text)")
                #expect(text.contains("request id "))
                for secret in secrets { #expect(!text.contains(secret)) }
            }
            let mode = try FileManager.default.attributesOfItem(atPath: log)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test func aLogThatCannotBeWrittenIsSaidAtOnce() async throws {
        let program = Program(home: try TemporaryFolder())
        let result = try await program.run("--log-file", program.home.path + "/no/such/log", "info")
        #expect(result.status == 2)
        #expect(result.errors.contains("The log can't be written to"))
    }

    @Test func theScreenIsNotWrittenOver() async throws {
        let program = Program(home: try TemporaryFolder())
        try await Tmux.with("\(Program.path) --sandbox --debug", environment: program.environment) { terminal in
            try await terminal.see("--debug would write over the screen", "--log-file FILE", "exit status 2")
        }
    }
}
