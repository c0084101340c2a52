import AWSCaller
import FoundationEssentials
import Transport

/// Creates an identity as a plan of steps: check, create, bind each role, read back, try the caller against it.
///
/// Creating is not idempotent. What was begun is written down before the first change and crossed out after the last, so
/// that nothing half-done is lost when a step fails or the program dies.
public struct IdentityCreation: Sendable {
    let api: PlatformAPI
    let draft: IdentityDraft
    let caller: CallerValues?
    let journal: CreationJournal?
    let retry: RetryPolicy
    let now: @Sendable () -> Date
    /// What was done before, when a creation is continued.
    let begun: PendingCreation?

    /// - Parameters:
    ///   - caller: tried against the new identity; `nil` skips that.
    ///   - journal: where half-done work is recorded; `nil` records nothing.
    ///   - retry: for permissions that a new identity does not have yet everywhere.
    public init(
        api: PlatformAPI, draft: IdentityDraft, caller: CallerValues?, journal: CreationJournal? = nil,
        retry: RetryPolicy = .creation, now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.init(
            api: api, draft: draft, caller: caller, journal: journal, retry: retry, now: now, begun: nil)
    }

    /// Continues a creation that did not come to its end.
    public init(
        api: PlatformAPI, resuming begun: PendingCreation, caller: CallerValues?, journal: CreationJournal,
        retry: RetryPolicy = .creation, now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.init(
            api: api, draft: begun.draft, caller: caller, journal: journal, retry: retry, now: now, begun: begun)
    }

    private init(
        api: PlatformAPI, draft: IdentityDraft, caller: CallerValues?, journal: CreationJournal?, retry: RetryPolicy,
        now: @escaping @Sendable () -> Date, begun: PendingCreation?
    ) {
        self.api = api
        self.draft = draft
        self.caller = caller
        self.journal = journal
        self.retry = retry
        self.now = now
        self.begun = begun
    }

    /// The steps in the order they are done.
    public var plan: [Step] {
        [.check, .create] + draft.roles.map(Step.bind) + [.readBack, .testMatch]
    }

    /// Does every step.
    /// - Parameter progress: called for each step when it begins, before it is tried again, and when it ends.
    /// - Throws: the failure of the step that failed, which says what exists by then.
    public func run(
        progress: @escaping @Sendable (StepUpdate) -> Void = { _ in }
    ) async throws(Failure) -> CreatedIdentity {
        let report = StepReporter(now: now, progress: progress)
        let target = try await report.step(.check) { () async throws(Failure) in
            let target = try self.target()
            return StepReporter.Finished(target, try await self.check(target))
        }
        var record =
            begun
            ?? PendingCreation(
                id: CreationJournal.id(draft, at: now()), api: api.baseURL, draft: draft, started: now())
        record.problem = nil
        do throws(Failure) {
            let created = try await finish(target, &record, report)
            try journal?.forget(record)
            if let journal { DraftStore(folder: journal.folder).forget(createdFrom: draft, at: api.baseURL) }
            return created
        } catch {
            throw leftBehind(error, record)
        }
    }

    private func finish(
        _ target: Target, _ record: inout PendingCreation, _ report: StepReporter
    ) async throws(Failure) -> CreatedIdentity {
        try journal?.record(record)
        let uid = try await create(target, &record, report)
        for role in draft.roles {
            try await bind(role, to: uid, at: target.parent, record, report)
            if !record.bound.contains(role.uid) { record.bound.append(role.uid) }
            try journal?.record(record)
        }
        let identity = try await readBack(uid, target.new, report)
        return CreatedIdentity(identity: identity, roles: draft.roles, verdict: testMatch(identity, report))
    }

    /// Keeps the record where something exists, or may.
    private func leftBehind(_ failure: Failure, _ record: PendingCreation) -> Failure {
        guard record.identity != nil || record.mayExist else {
            if begun == nil { try? journal?.forget(record) }
            return failure
        }
        var record = record
        record.problem = failure
        try? journal?.record(record)
        var failure = failure
        let state = record.identity.map { "The identity \($0) exists" } ?? "It is not known whether the identity exists"
        let next = journal == nil ? state : "\(state); its creation can be continued, undone or forgotten"
        failure.remedy = failure.remedy.isEmpty ? next : "\(failure.remedy). \(next)"
        return failure
    }

    /// The checks alone: nothing is changed.
    /// - Returns: what they found, as a clause.
    public func dryRun() async throws(Failure) -> String {
        try await check(try target())
    }

    struct Target: Sendable {
        var new: NewIdentity
        var parent: UIDP
    }

    func target() throws(Failure) -> Target {
        let new = try draft.newIdentity()
        guard let parent = draft.parent?.uid else {
            throw Failure("The draft names no parent", remedy: "Pick an organization or a folder", category: .usage)
        }
        return Target(new: new, parent: parent)
    }
}
