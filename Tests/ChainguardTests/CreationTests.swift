import AWSCaller
import FoundationEssentials
import Synchronization
import Testing
import Transport

@testable import Chainguard

@Suite struct DraftTests {
    static let good = IdentityDraft(
        account: "012345678901", iamName: "ci.build+x", uniqueID: "AROAEXAMPLEEXAMPLE00", name: "ci",
        parent: Example.group)

    static let mistakes: [(IdentityDraft.Field, String, String)] = [
        (.partition, "aws-moon", "The partition is one of"), (.account, "12345678901", "12 digits"),
        (.account, "12345678901x", "12 digits"), (.account, "１２３４５６７８９０１２", "12 digits"),
        (.iamName, "", "Give the role's name"),
        (.iamName, "a b", "not “ ”"), (.iamName, "path/name", "without ARN or path"), (.iamName, "é", "not “é”"),
        (.iamName, String(repeating: "a", count: 65), "at most 64"),
        (.uniqueID, "AIDAEXAMPLEEXAMPLE00", "begins with AROA"),
        (.uniqueID, "AROA", "16 to 128"), (.uniqueID, "AROAexampleexample00", "16 to 128"), (.name, "ab", "3 to 63"),
        (.name, String(repeating: "a", count: 64), "3 to 63"), (.name, "Ci.x", "not “C”"), (.name, "a/b", "not “/”"),
        (.description, "a\nb", "no line breaks"), (.description, String(repeating: "a", count: 513), "at most 512"),
    ]

    static func set(_ field: IdentityDraft.Field, _ value: String, in draft: inout IdentityDraft) {
        switch field {
        case .partition: draft.partition = value
        case .account: draft.account = value
        case .iamName: draft.iamName = value
        case .path: draft.path = value
        case .uniqueID: draft.uniqueID = value
        case .name: draft.name = value
        case .description: draft.description = value
        case .parent, .roles: break
        }
    }

    @Test(arguments: mistakes)
    func mistakesNameTheRule(field: IdentityDraft.Field, value: String, rule: String) async {
        var draft = Self.good
        draft.name = "ci build"
        #expect(draft.problems().isEmpty)
        Self.set(field, value, in: &draft)
        #expect(draft.problem(field)?.contains(rule) == true, "\(String(describing: draft.problem(field)))")
        #expect(draft.problems().count == 1)
        let refused = await failure { [draft] in _ = try draft.requestJSON() }
        #expect(refused?.category == .usage)
    }

    @Test(arguments: [("x/", false), ("/x", false), ("/a b/", false), ("/", true), ("", true), ("/a/b.c/", true)])
    func aUsersPath(path: String, isRight: Bool) {
        var draft = Self.good
        #expect(draft.problem(.path) == nil)
        draft.kind = .user
        draft.path = path
        #expect((draft.problem(.path) == nil) == isRight)
    }

    @Test func parentAndRolesAreChecked() {
        var draft = Self.good
        draft.parent = nil
        draft.roles = [Example.viewer, Example.viewer]
        #expect(draft.problem(.parent) != nil)
        #expect(draft.problem(.roles) == "The role viewer is chosen twice")
    }

    @Test func aRoleCallersDraftLetsTheCallerIn() throws {
        let draft = IdentityDraft(from: Example.caller)
        #expect(draft.kind == .role)
        #expect(draft.iamName == "ci.build")
        #expect(draft.uniqueID == "AROAEXAMPLEEXAMPLE00")
        #expect(draft.name == "ci.build")
        #expect(draft.relationship.arn == .pattern(#"^arn:aws:sts::012345678901:assumed-role/ci\.build/(.+)$"#))
        #expect(draft.relationship.verdict(for: CallerValues(Example.caller)).matches)
        var other = Example.caller
        other.arn.resource = "assumed-role/cixbuild/i-0abc"
        #expect(!draft.relationship.verdict(for: CallerValues(other)).matches)
    }

    @Test func aUserCallersDraftLetsTheCallerIn() throws {
        let caller = CallerIdentity(
            account: "012345678901", arn: ARN("arn:aws-cn:iam::012345678901:user/team/a/Eve")!,
            userID: "AIDAEXAMPLEEXAMPLE00")
        var draft = IdentityDraft(from: caller)
        #expect(draft.kind == .user)
        #expect(draft.path == "/team/a/")
        #expect(draft.name == "eve")
        #expect(draft.relationship.userID == .exact("AIDAEXAMPLEEXAMPLE00"))
        #expect(draft.relationship.verdict(for: CallerValues(caller)).matches)
        draft.uniqueID = ""
        #expect(draft.relationship.userID == .pattern("^AIDA[A-Z0-9]+$"))
        #expect(draft.relationship.verdict(for: CallerValues(caller)).matches)
    }

    @Test func rootHasNoSafeDraft() {
        let root = CallerIdentity(
            account: "012345678901", arn: ARN("arn:aws:iam::012345678901:root")!, userID: "012345678901")
        #expect(IdentityDraft(from: root).iamName.isEmpty)
        #expect(IdentityDraft(from: root).account == "012345678901")
    }
}

/// The part of the API that creating needs, with faults on demand.
final class FakeAPI: Sendable {
    struct State: Sendable {
        var identities: [UIDP: JSONValue] = [:]
        var bindings: [UIDP: (identity: UIDP, role: UIDP)] = [:]
        var next = 1
    }
    /// What goes wrong with a request: the answer given, and whether the request is carried out all the same.
    struct Fault: Sendable {
        var answer: ScriptedService.Answer
        var isCarriedOut = false
    }

    private let state = Mutex(State())
    private let fault: @Sendable (String, Int) -> Fault?
    private let counts = Mutex<[String: Int]>([:])

    /// - Parameter fault: by method and kind (`POST identities`) and how often that was asked, counted from 1.
    init(_ fault: @escaping @Sendable (String, Int) -> Fault? = { _, _ in nil }) {
        self.fault = fault
    }

    var identities: [UIDP] { state.withLock { $0.identities.keys.sorted() } }
    var boundRoles: [UIDP] { state.withLock { $0.bindings.values.map(\.role).sorted() } }
    func count(_ kind: String) -> Int { counts.withLock { $0[kind] ?? 0 } }

    func api() -> PlatformAPI {
        let service = ScriptedService { request, _ in self.answer(request) }
        return PlatformAPI(
            baseURL: "https://api.test", token: Example.personToken, transport: service, retry: Pauses().policy())
    }

    private func answer(_ request: HTTPRequest) -> ScriptedService.Answer {
        let parts = request.path.split(separator: "/", maxSplits: 3).map(String.init)
        let kind = "\(request.method.rawValue) \(parts[2])"
        let number = counts.withLock { counts in
            counts[kind, default: 0] += 1
            return counts[kind] ?? 0
        }
        let uid = parts.count > 3 ? UIDP(parts[3]) : nil
        guard let fault = fault(kind, number) else { return carryOut(kind, uid, request) }
        if fault.isCarriedOut { _ = carryOut(kind, uid, request) }
        return fault.answer
    }

    private func carryOut(_ kind: String, _ uid: UIDP?, _ request: HTTPRequest) -> ScriptedService.Answer {
        state.withLock { state in
            switch (kind, uid) {
            case ("GET identities", nil):
                return list(state.identities.sorted { $0.key < $1.key }.map(\.value), "identities")
            case ("GET identities", let uid?):
                return state.identities[uid].map { .json($0.compact) } ?? .refusal(404, .notFound, "no such identity")
            case ("GET roles", _):
                let roles = [Example.viewer, Example.puller].map { role in
                    JSONValue.object(["uid": .string(role.uid.text), "name": .string(role.name)])
                }
                return list(roles, "roles")
            case ("GET roleBindings", _): return list(state.bindings.map(Self.binding), "roleBindings")
            case ("POST identities", let parent?): return create(request, parent, &state)
            case ("POST roleBindings", let group?): return bind(request, group, &state)
            case ("DELETE identities", let uid?):
                state.identities[uid] = nil
                return .json("{}")
            case ("DELETE roleBindings", let uid?):
                state.bindings[uid] = nil
                return .json("{}")
            default: return .refusal(404, .notFound, "no such call")
            }
        }
    }

    private func list(_ items: [JSONValue], _ name: String) -> ScriptedService.Answer {
        .json(JSONValue.object([.init(name, .array(items))]).compact)
    }

    private func create(_ request: HTTPRequest, _ parent: UIDP, _ state: inout State) -> ScriptedService.Answer {
        let uid = Example.identity(state.next)
        state.next += 1
        guard parent == Example.root, case .object(let members) = try? JSONValue(reading: request.body) else {
            return .refusal(400, .invalidArgument, "bad")
        }
        let identity = JSONValue.object([.init("uid", .string(uid.text))] + members)
        state.identities[uid] = identity
        return .json(identity.compact)
    }

    private func bind(_ request: HTTPRequest, _ group: UIDP, _ state: inout State) -> ScriptedService.Answer {
        guard let body = try? JSONValue(reading: request.body), let identity = body.uidp("identityUid"),
            let role = body.uidp("roleUid")
        else { return .refusal(400, .invalidArgument, "bad") }
        let uid = Example.identity(1_000 + state.next)
        state.next += 1
        state.bindings[uid] = (identity, role)
        return .json(Self.binding(uid, (identity, role)).compact)
    }

    private static func binding(_ uid: UIDP, _ binding: (identity: UIDP, role: UIDP)) -> JSONValue {
        .object([
            "uid": .string(uid.text), "identity": .object(["uid": .string(binding.identity.text)]),
            "group": .object(["uid": .string(Example.root.text)]), "role": .object(["uid": .string(binding.role.text)]),
        ])
    }
}

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
            _ = try await resumed(pending, fake, journal).run()
            #expect(fake.identities == [Example.identity(1)])
            #expect(fake.boundRoles == [Example.viewer.uid, Example.puller.uid])
            #expect(journal.pending(api: "https://api.test").isEmpty)
        }
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
