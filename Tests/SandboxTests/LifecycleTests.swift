import AWSCaller
import Chainguard
import Foundation
import Sandbox
import Testing
import Transport

@Suite struct LifecycleTests {
    @Test func whatWasDoneIsThereAfterARestart() async throws {
        try await withTemporaryFolder { folder async throws in
            let file = "\(folder)/state.json"
            var token = Secret("")
            var made: AssumableIdentity?
            var port = 0
            try await withSandbox(SandboxOptions(stateFile: file, now: { noon })) { sandbox async throws in
                port = Int(sandbox.baseURL.split(separator: ":").last ?? "") ?? 0
                token = try await sandbox.operatorTokens().token
                let api = PlatformAPI(baseURL: sandbox.endpoints.api, token: token, transport: http)
                let root = try #require(try await api.groups().first).uid
                made = try await api.createIdentity(
                    NewIdentity(name: "kept", description: "", relationship: .servicePrincipal("KEPT")), in: root)
            }
            let permissions = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
            #expect(permissions == 0o600)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["state.json"])
            try await withSandbox(SandboxOptions(port: port, stateFile: file, now: { noon })) { sandbox async throws in
                let api = PlatformAPI(baseURL: sandbox.endpoints.api, token: token, transport: http)
                #expect(try await api.identities(IdentityQuery(name: "kept")).items == [try #require(made)])
            }
        }
    }

    @Test func aStateFileThatIsNoStateIsLeftAloneAndNamed() async throws {
        try await withTemporaryFolder { folder async throws in
            let file = "\(folder)/notes.txt"
            try Data("my notes".utf8).write(to: URL(filePath: file))
            await #expect(throws: SandboxError.state(file, "it holds no state of a sandbox")) {
                _ = try await Sandbox.start(SandboxOptions(stateFile: file))
            }
            #expect(try String(contentsOfFile: file, encoding: .utf8) == "my notes")
        }
    }

    @Test func aTakenPortIsSaid() async throws {
        try await withSandbox { sandbox async throws in
            let port = try #require(Int(sandbox.baseURL.split(separator: ":").last ?? ""))
            await #expect(throws: SandboxError.self) {
                _ = try await Sandbox.start(SandboxOptions(port: port))
            }
        }
    }

    @Test func aStoppedSandboxGivesItsPortBack() async throws {
        let first = try await Sandbox.start(SandboxOptions(now: { noon }))
        let port = try #require(Int(first.baseURL.split(separator: ":").last ?? ""))
        #expect(try await first.send(.get, "/issuer/.well-known/jwks.json").status == 200)
        await first.stop()
        try await withSandbox(SandboxOptions(port: port, now: { noon })) { second async throws in
            #expect(second.baseURL == first.baseURL)
            #expect(try await second.send(.get, "/issuer/.well-known/jwks.json").status == 200)
        }
    }

    @Test func theEnvironmentIsAShellsToRead() async throws {
        try await withSandbox { sandbox async throws in
            let lines = sandbox.exportLines.split(separator: "\n")
            #expect(lines.count == sandbox.environment.count)
            #expect(lines.contains("export AWS_ACCESS_KEY_ID=ASIABUILDER222222222"))
            #expect(lines.contains("export CHAINGUARD_PLATFORM_ISSUER=\(sandbox.endpoints.issuer)"))
            #expect(sandbox.environment["AWS_SESSION_TOKEN"]?.isEmpty == false)
        }
    }

    @Test func answersCarryTheSandboxesClock() async throws {
        try await withSandbox { sandbox async throws in
            let date = try await sandbox.send(.get, "/issuer/.well-known/jwks.json").headers["date"]
            #expect(date == "Sat, 01 Aug 2026 12:00:00 GMT")
        }
    }

    @Test func failuresAreAsOrdered() async throws {
        let discovery = "/issuer/.well-known/openid-configuration"
        let rules = [
            FailureRule("/issuer", .status(503), times: 1),
            FailureRule("/issuer", .redirect(to: "http://x/"), times: 1),
            FailureRule("/api", .oversized(bytes: 3000)), FailureRule("/latest", .slow(.milliseconds(30))),
            FailureRule("/", .garbage),
        ]
        try await withSandbox(SandboxOptions(now: { noon }, failures: rules)) { sandbox async throws in
            #expect(try await sandbox.send(.get, discovery).status == 503)
            let moved = try await sandbox.send(.get, discovery)
            #expect(moved.status == 302 && moved.headers["location"] == "http://x/")
            #expect(try await sandbox.send(.get, discovery).status == 200)
            #expect(try await sandbox.send(.get, "/api/auth/v1/ok").body.count == 3000)
            let garbage = try await sandbox.send(.get, "/")
            #expect(garbage.status == 200 && garbage.rpc == nil)
            let clock = ContinuousClock()
            let elapsed = try await clock.measure { _ = try await sandbox.send(.get, "/latest/x") }
            #expect(elapsed >= .milliseconds(30))
            sandbox.fail([])
            #expect(try await sandbox.send(.get, "/api/auth/v1/ok").rpc?.code == 16)
        }
    }

    @Test func aBodyWithoutEndIsRefused() async throws {
        try await withSandbox { sandbox async throws in
            let answer = try await sandbox.send(
                .post, "/api/iam/v2/identities", body: String(repeating: "x", count: (1 << 20) + 1))
            #expect(answer.status == 413)
        }
    }
}
