import AWSCaller
import Chainguard
import FoundationEssentials
import Sandbox
import Testing
import Transport

@Suite struct CapabilityTests {
    private static let lists = [
        "/iam/v2/identities", "/iam/v2/groups", "/iam/v2/roles", "/iam/v2/roleBindings", "/registry/v1/repos",
    ]

    private func statuses(_ sandbox: Sandbox, _ token: Secret) async throws -> [Int] {
        var statuses: [Int] = []
        for path in Self.lists { statuses.append(try await sandbox.call(.get, path, as: token).status) }
        return statuses
    }

    @Test func anIdentityWithoutABindingLogsInAndListsNothing() async throws {
        try await withSandbox { sandbox async throws in
            let token = try await sandbox.login(as: "nightly-scan").token
            let subject = try await PlatformAPI(baseURL: sandbox.endpoints.api, token: token, transport: http)
                .authenticatedSubject()
            #expect(subject.granted == [])
            #expect(try await statuses(sandbox, token) == [403, 403, 403, 403, 403])
        }
    }

    @Test func registryPullListsRepositoriesButNoIdentities() async throws {
        try await withSandbox { sandbox async throws in
            let token = try await sandbox.login(as: "image-builder").token
            #expect(try await statuses(sandbox, token) == [403, 200, 403, 403, 200])
            let denied = try await sandbox.call(.get, "/iam/v2/identities", as: token)
            #expect(denied.rpc?.code == 7)
            #expect(denied.rpc?.message.contains("identity.list") == true)
        }
    }

    @Test func aViewerReadsEverythingAndChangesNothing() async throws {
        try await withSandbox { sandbox async throws in
            let token = try await sandbox.login(as: "cluster-admin-tools").token
            #expect(try await statuses(sandbox, token) == [200, 200, 200, 200, 200])
            let root = try await sandbox.identity("image-builder").root
            let create = try await sandbox.call(.post, "/iam/v2/identities/\(root)", as: token, body: "{}")
            #expect(create.rpc?.code == 7)
        }
    }

    @Test func aBindingInAFolderReachesNoFurther() async throws {
        try await withSandbox { sandbox async throws in
            let mirror = try await sandbox.login(.container, as: "ecs-registry-mirror").token
            let api = PlatformAPI(baseURL: sandbox.endpoints.api, token: mirror, transport: http)
            #expect(try await api.repositories().map(\.name) == ["ledger-api"])
            #expect(try await api.groups().map(\.name) == ["payments"])
        }
    }

    @Test func aTokenHasToBeForTheAPIAndStillGood() async throws {
        let clock = TestClock(noon)
        try await withSandbox(SandboxOptions(now: { clock.now })) { sandbox async throws in
            let identity = try await sandbox.identity("image-builder")
            let registry = try await IssuerClient(issuer: sandbox.endpoints.issuer, transport: http).exchange(
                bearer: try sandbox.callerToken(for: identity), identity: identity, audiences: ["cgr.dev"])
            #expect(try await sandbox.call(.get, "/auth/v1/ok", as: registry.token).rpc?.code == 16)
            #expect(try await sandbox.send(.get, "/api/auth/v1/ok").rpc?.code == 16)
            let good = try await sandbox.operatorTokens().token
            #expect(try await sandbox.call(.get, "/auth/v1/ok", as: good).status == 200)
            clock.now = noon + 3600
            #expect(try await sandbox.call(.get, "/auth/v1/ok", as: good).rpc?.code == 16)
        }
    }

    @Test func whatAnotherSandboxSignedIsWorthless() async throws {
        try await withSandbox { first async throws in
            let token = try await first.operatorTokens().token
            try await withSandbox { second async throws in
                #expect(try await second.call(.get, "/auth/v1/ok", as: token).rpc?.code == 16)
            }
        }
    }

    @Test func nobodyGrantsWhatTheyDoNotHold() async throws {
        try await withSandbox { sandbox async throws in
            let owner = PlatformAPI(
                baseURL: sandbox.endpoints.api, token: try await sandbox.operatorTokens().token, transport: http)
            let scan = try await sandbox.identity("nightly-scan")
            let roles = try await owner.roles()
            let creator = try #require(roles.first { $0.name == "registry.pull_token_creator" })
            let all = try #require(roles.first { $0.name == "owner" })
            let pull = try #require(roles.first { $0.name == "registry.pull" })
            _ = try await owner.bind(identity: scan, role: creator, at: scan.root)
            let token = try await sandbox.login(as: "nightly-scan").token
            let path = "/iam/v2/roleBindings/\(scan.root)"
            func bind(_ role: Role) async throws -> HTTPResponse {
                try await sandbox.call(
                    .post, path, as: token, body: "{\"identity_uid\": \"\(scan)\", \"roleUid\": \"\(role.uid)\"}")
            }
            #expect(try await bind(all).rpc?.code == 7)
            #expect(try await bind(pull).status == 200)
            #expect(try await bind(pull).rpc?.code == 6)
        }
    }
}
