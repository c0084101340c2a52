import AWSCaller
import Chainguard
import FoundationEssentials
import Sandbox
import Testing
import Transport

/// Creation over real sockets while the service fails in every way: nothing is lost, nothing is duplicated.
@Suite struct CreationFaultTests {
    private static let draft = IdentityDraft(account: "210987654321", iamName: "builder", name: "fault-test")

    static let faults: [FailureMode] = [
        .status(503), .status(500), .doneButStatus(504), .doneButCut, .garbage,
    ]

    /// The request that creates, and the one that binds, each spoilt once.
    @Test(arguments: faults, ["/api/iam/v2/identities/", "/api/iam/v2/roleBindings/"])
    func theIdentityIsThereOnceInTheEnd(_ fault: FailureMode, _ path: String) async throws {
        try await withTemporaryFolder { folder async throws in
            try await withSandbox { sandbox async throws in
                let api = PlatformAPI(
                    baseURL: sandbox.endpoints.api, token: try await sandbox.operatorTokens().token, transport: http)
                let journal = CreationJournal(folder: folder + "/state")
                let draft = try await Self.draft(api)
                sandbox.fail([FailureRule(path, fault, times: 1)])
                let creation = IdentityCreation(api: api, draft: draft, caller: nil, journal: journal, now: { noon })
                do {
                    _ = try await creation.run()
                    #expect(journal.pending(api: api.baseURL).isEmpty)
                } catch {
                    try await Self.finish(api, journal)
                }
                try await Self.checkThereIsOne(api)
            }
        }
    }

    @Test func undoingAfterALostAnswerLeavesNothing() async throws {
        try await withTemporaryFolder { folder async throws in
            try await withSandbox { sandbox async throws in
                let api = PlatformAPI(
                    baseURL: sandbox.endpoints.api, token: try await sandbox.operatorTokens().token, transport: http)
                let journal = CreationJournal(folder: folder + "/state")
                let draft = try await Self.draft(api)
                // The answer is lost, and then nobody may look.
                sandbox.fail([
                    FailureRule("/api/iam/v2/identities/", .doneButCut, times: 1),
                    FailureRule("/api/iam/v2/roleBindings", .status(500)),
                ])
                let creation = IdentityCreation(api: api, draft: draft, caller: nil, journal: journal, now: { noon })
                await #expect(throws: Failure.self) { _ = try await creation.run() }
                sandbox.fail([])
                let left = try #require(journal.pending(api: api.baseURL).first)
                try await IdentityCreation.undo(left, api: api, journal: journal)
                #expect(journal.pending(api: api.baseURL).isEmpty)
                #expect(try await api.identities(IdentityQuery(name: "fault-test")).items.isEmpty)
            }
        }
    }

    private static func draft(_ api: PlatformAPI) async throws -> IdentityDraft {
        var draft = draft
        draft.parent = try await api.groups().first { $0.uid.isRoot }
        draft.roles = try await api.roles().filter { $0.isBuiltIn && ["viewer", "registry.pull"].contains($0.name) }
        return draft
    }

    /// What the next start offers: continue.
    private static func finish(_ api: PlatformAPI, _ journal: CreationJournal) async throws {
        let left = journal.pending(api: api.baseURL)
        guard let left = left.first else {
            // Nothing was begun as far as it knows: then nothing may be there.
            #expect(try await api.identities(IdentityQuery(name: "fault-test")).items.isEmpty)
            let creation = IdentityCreation(
                api: api, draft: try await draft(api), caller: nil, journal: journal, now: { noon })
            _ = try await creation.run()
            return
        }
        _ = try await IdentityCreation(api: api, resuming: left, caller: nil, journal: journal, now: { noon }).run()
        #expect(journal.pending(api: api.baseURL).isEmpty)
    }

    private static func checkThereIsOne(_ api: PlatformAPI) async throws {
        let found = try await api.identities(IdentityQuery(name: "fault-test")).items
        #expect(found.count == 1)
        let bindings = try await api.roleBindings(identity: try #require(found.first).uid)
        #expect(bindings.map(\.role.name).sorted() == ["registry.pull", "viewer"])
    }
}
