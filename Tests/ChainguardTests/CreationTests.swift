import AWSCaller
import FoundationEssentials
import Testing

@testable import Chainguard

@Suite struct CreationTests {
    static let draft = IdentityDraft(
        account: "012345678901", iamName: "ci.build", name: "ci build", parent: Example.group,
        roles: [Example.viewer, Example.puller])

    func creation(
        _ fake: FakeAPI, _ journal: CreationJournal? = nil, draft: IdentityDraft = draft, pauses: Pauses = Pauses()
    ) -> IdentityCreation {
        IdentityCreation(
            api: fake.api(), draft: draft, caller: CallerValues(Example.caller), journal: journal,
            retry: pauses.policy(attempts: 4, growth: 2), now: { Example.now })
    }

    func resumed(_ pending: PendingCreation, _ fake: FakeAPI, _ journal: CreationJournal) -> IdentityCreation {
        IdentityCreation(
            api: fake.api(), resuming: pending, caller: nil, journal: journal, retry: Pauses().policy(),
            now: { Example.now })
    }

    @Test func everyStepInOrder() async throws {
        let fake = FakeAPI()
        let updates = Record<IdentityCreation.StepUpdate>()
        let creation = creation(fake)
        let created = try await creation.run { updates.add($0) }
        #expect(created.identity.uid == Example.identity(1))
        #expect(created.roles == Self.draft.roles)
        #expect(created.verdict?.matches == true)
        #expect(fake.boundRoles == [Example.viewer.uid, Example.puller.uid])
        #expect(updates.all.filter { $0.state == .running }.map(\.step) == creation.plan)
        let details = updates.all.compactMap { if case .done(let detail) = $0.state { detail } else { nil } }
        #expect(details.first == "the name is free, the roles exist")
        #expect(details.last == "lets this caller in")
    }

    @Test func aTakenNameStopsBeforeAnything() async throws {
        let fake = FakeAPI()
        _ = try await creation(fake).run()
        let taken = await failure { _ = try await creation(fake).run() }
        #expect(taken?.what == "The name ci build is taken by \(Example.identity(1))")
        #expect(fake.count("POST identities") == 1)
    }

    @Test func anUnknownRoleStopsBeforeAnything() async {
        let fake = FakeAPI()
        var draft = Self.draft
        draft.roles = [Role(uid: Example.identity(77), name: "ghost")]
        let missing = await failure { [draft] in _ = try await creation(fake, draft: draft).run() }
        #expect(missing?.what.hasPrefix("There is no role ghost") == true)
        #expect(fake.count("POST identities") == 0)
    }

    @Test func dryRunChangesNothing() async throws {
        let fake = FakeAPI()
        #expect(try await creation(fake).dryRun() == "the name is free, the roles exist")
        #expect(fake.identities.isEmpty)
    }

    @Test func notBeingAllowedToLookIsNoObstacle() async throws {
        let fake = FakeAPI { kind, number in
            ["GET identities", "GET roles"].contains(kind) && number == 1
                ? .init(answer: .refusal(403, .permissionDenied, "no")) : nil
        }
        _ = try await creation(fake).run()
        #expect(fake.identities.count == 1)
    }

    @Test func aCreateWithoutAnAnswerIsLookedForNotRepeated() async throws {
        let fake = FakeAPI { kind, _ in
            kind == "POST identities" ? .init(answer: .broken(.timeout), isCarriedOut: true) : nil
        }
        let created = try await creation(fake).run()
        #expect(created.identity.uid == Example.identity(1))
        #expect(fake.count("POST identities") == 1)
    }

    @Test func anUnavailableServiceIsAskedAgainAfterLooking() async throws {
        let fake = FakeAPI { kind, number in
            kind == "POST identities" && number == 1 ? .init(answer: .refusal(503, .unavailable, "later")) : nil
        }
        let created = try await creation(fake).run()
        #expect(fake.identities == [created.identity.uid])
        #expect(fake.count("POST identities") == 2)
    }

    @Test func rightsThatComeLateAreWaitedFor() async throws {
        let pauses = Pauses()
        let updates = Record<IdentityCreation.StepUpdate>()
        let fake = FakeAPI { kind, number in
            kind == "POST roleBindings" && number < 3 ? .init(answer: .refusal(403, .permissionDenied, "not yet")) : nil
        }
        _ = try await creation(fake, pauses: pauses).run { updates.add($0) }
        #expect(fake.boundRoles.count == 2)
        #expect(pauses.all == [.milliseconds(107), .milliseconds(207)])
        #expect(updates.all.contains { $0.note.contains("not yet") && $0.step == .bind(Example.viewer) })
    }

    @Test func aRefusedCreateLeavesNoRecord() async throws {
        try await withTemporaryFolder { folder in
            let journal = CreationJournal(folder: folder + "/state")
            let fake = FakeAPI { kind, _ in
                kind == "POST identities" ? .init(answer: .refusal(403, .permissionDenied, "no")) : nil
            }
            let refused = await failure { _ = try await creation(fake, journal).run() }
            #expect(refused?.category == .notAllowed)
            #expect(refused?.remedy.contains("identity.create") == true)
            #expect(journal.pending(api: "https://api.test").isEmpty)
        }
    }

    @Test func whatSucceedsLeavesNoRecord() async throws {
        try await withTemporaryFolder { folder in
            let journal = CreationJournal(folder: folder)
            _ = try await creation(FakeAPI(), journal).run()
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
        }
    }

    @Test func aHalfDoneCreationIsContinued() async throws {
        try await withTemporaryFolder { folder in
            let journal = CreationJournal(folder: folder + "/state")
            let fake = FakeAPI { kind, number in
                kind == "POST roleBindings" && number == 2 ? .init(answer: .refusal(400, .invalidArgument, "no")) : nil
            }
            let refused = await failure { _ = try await creation(fake, journal).run() }
            #expect(refused?.remedy.contains("The identity \(Example.identity(1)) exists") == true)
            let pending = try #require(journal.pending(api: "https://api.test").first)
            #expect(pending.identity == Example.identity(1))
            #expect(pending.bound == [Example.viewer.uid])
            #expect(pending.problem?.detail == "no (InvalidArgument)")
            #expect(journal.pending(api: "https://other.test").isEmpty)
            let file = try #require(try FileManager.default.contentsOfDirectory(atPath: journal.folder).first)
            #expect(TokenCacheTests.mode("\(journal.folder)/\(file)") == 0o600)
            #expect(TokenCacheTests.mode(journal.folder) == 0o700)
            let again = await failure { _ = try await creation(fake, journal).run() }
            #expect(again?.code == "creation-unfinished", "\(String(describing: again))")
            #expect(journal.pending(api: "https://api.test") == [pending])
            _ = try await resumed(pending, fake, journal).run()
            #expect(fake.identities == [Example.identity(1)])
            #expect(fake.boundRoles == [Example.viewer.uid, Example.puller.uid])
            #expect(journal.pending(api: "https://api.test").isEmpty)
        }
    }

    @Test func aRefusedBindingIsToldByNames() async {
        let fake = FakeAPI { kind, _ in
            kind == "POST roleBindings" ? .init(answer: .refusal(500, .internal, "no")) : nil
        }
        let refused = await failure { _ = try await creation(fake).run() }
        #expect(
            refused?.what.hasSuffix("failed to bind the role viewer at example.com") == true,
            "\(String(describing: refused))")
    }

    @Test func anUnansweredCreateIsFoundWhenContinued() async throws {
        try await withTemporaryFolder { folder in
            let journal = CreationJournal(folder: folder)
            let fake = FakeAPI { kind, number in
                switch kind {
                case "POST identities": .init(answer: .broken(.connectionFailed), isCarriedOut: true)
                case "GET identities" where (2...4).contains(number): .init(answer: .broken(.connectionFailed))
                default: nil
                }
            }
            let lost = await failure { _ = try await creation(fake, journal).run() }
            #expect(lost?.remedy.contains("It is not known whether the identity exists") == true)
            let pending = try #require(journal.pending(api: "https://api.test").first)
            #expect(pending.identity == nil)
            let created = try await resumed(pending, fake, journal).run()
            #expect(fake.identities == [created.identity.uid])
            #expect(fake.count("POST identities") == 1)
        }
    }

    @Test(arguments: [true, false])
    func undoingDeletesWhatWasMade(isKnown: Bool) async throws {
        try await withTemporaryFolder { folder in
            let journal = CreationJournal(folder: folder)
            let fake = FakeAPI { kind, number in
                kind == "POST roleBindings" && number == 2 ? .init(answer: .refusal(400, .invalidArgument, "no")) : nil
            }
            _ = await failure { _ = try await creation(fake, journal).run() }
            var pending = try #require(journal.pending(api: "https://api.test").first)
            if !isKnown { pending.identity = nil }
            try await IdentityCreation.undo(pending, api: fake.api(), journal: journal)
            #expect(fake.identities.isEmpty)
            #expect(fake.boundRoles.isEmpty)
            #expect(journal.pending(api: "https://api.test").isEmpty)
        }
    }

    /// A draft that the identity was made from is not offered again; another one is.
    @Test(arguments: [("ci build", Example.group, false), ("other", Example.group, true), ("ci build", nil, true)])
    func theKeptDraftGoesWithItsCreation(_ name: String, _ parent: Group?, _ isKept: Bool) async throws {
        try await withTemporaryFolder { folder in
            var draft = Self.draft
            draft.name = name
            draft.parent = parent
            let store = DraftStore(folder: folder)
            let kept = KeptDraft(api: "https://api.test", draft: draft, saved: Example.now)
            try store.write(kept)
            _ = try await creation(FakeAPI(), CreationJournal(folder: folder)).run()
            #expect(store.read(api: "https://api.test") == (isKept ? kept : nil))
        }
    }

    @Test func forgettingLeavesWhatExists() async throws {
        try await withTemporaryFolder { folder in
            let journal = CreationJournal(folder: folder)
            let fake = FakeAPI { kind, _ in
                kind == "POST roleBindings" ? .init(answer: .refusal(400, .invalidArgument, "no")) : nil
            }
            _ = await failure { _ = try await creation(fake, journal).run() }
            try journal.forget(try #require(journal.pending(api: "https://api.test").first))
            #expect(journal.pending(api: "https://api.test").isEmpty)
            #expect(fake.identities.count == 1)
        }
    }

    @Test func theStateFolderFollowsXDG() {
        #expect(CreationJournal.folder(environment: Environment(["XDG_STATE_HOME": "/s", "HOME": "/h"])) == "/s/cgid")
        #expect(CreationJournal.folder(environment: Environment(["HOME": "/h"])) == "/h/.local/state/cgid")
        #expect(CreationJournal.folder(environment: Environment()) == nil)
    }
}
