import AWSCaller
import FoundationEssentials

/// Binding, reading back, trying.
extension IdentityCreation {
    func bind(
        _ role: Role, to uid: UIDP, at parent: UIDP, _ record: PendingCreation, _ report: StepReporter
    ) async throws(Failure) {
        let step = Step.bind(role)
        try await report.step(step) { () async throws(Failure) in
            if record.bound.contains(role.uid) { return StepReporter.Finished((), "was bound before") }
            if begun != nil, await isBound(role, uid, parent) {
                return StepReporter.Finished((), "was bound before")
            }
            let operation = PlatformAPI.binding(identity: uid, role: role, at: parent, called: draft.parent?.name)
            do throws(CallError) {
                try await patiently(step, report) { () async throws(CallError) in
                    _ = try await api.answer(operation)
                }
            } catch {
                if case .refused(let refusal) = error, refusal.code == .alreadyExists {
                    return StepReporter.Finished((), "was bound already")
                }
                if error.leavesOpen, await isBound(role, uid, parent) {
                    return StepReporter.Finished((), "is bound, although no answer came")
                }
                throw api.failure(error, operation)
            }
            return StepReporter.Finished((), "at \(draft.parent?.name ?? parent.text)")
        }
    }

    private func isBound(_ role: Role, _ uid: UIDP, _ parent: UIDP) async -> Bool {
        guard let bindings = try? await api.roleBindings(identity: uid) else { return false }
        return bindings.contains { $0.role.uid == role.uid && $0.identity.uid == uid && $0.group.uid == parent }
    }

    /// Rights and names reach every server only a while after they were made, so what is refused for their lack is
    /// tried again, visibly.
    private func patiently<Value>(
        _ step: Step, _ report: StepReporter, _ work: () async throws(CallError) -> Value
    ) async throws(CallError) -> Value {
        let start = now()
        var attempt = 1
        while true {
            do throws(CallError) {
                return try await work()
            } catch {
                guard case .refused(let refusal) = error, attempt < retry.attempts,
                    [.permissionDenied, .notFound, .unavailable].contains(refusal.code)
                else { throw error }
                report.tell(step, .running, since: start, note: "\(refusal.words): try \(attempt + 1) follows")
                guard await retry.pause(after: attempt) else { throw .cancelled }
                attempt += 1
            }
        }
    }

    func readBack(_ uid: UIDP, _ new: NewIdentity, _ report: StepReporter) async throws(Failure) -> AssumableIdentity {
        try await report.step(.readBack) { () async throws(Failure) in
            let operation = PlatformAPI.reading(uid)
            let identity: AssumableIdentity?
            do throws(CallError) {
                identity = AssumableIdentity(
                    try await patiently(.readBack, report) { () async throws(CallError) in
                        try await api.answer(operation)
                    })
            } catch {
                throw api.failure(error, operation)
            }
            guard let identity, identity.uid == uid, identity.name == new.name,
                identity.relationship == new.relationship
            else {
                throw Failure(
                    "The identity \(uid) reads back other than it was sent",
                    remedy: "Look at it with cgid identities describe \(uid)")
            }
            return StepReporter.Finished(identity, "as it was sent")
        }
    }

    func testMatch(_ identity: AssumableIdentity, _ report: StepReporter) -> MatchVerdict? {
        let start = now()
        guard let caller, let verdict = identity.relationship?.verdict(for: caller) else {
            let note = caller == nil ? "no caller to try" : "no token of this caller to try"
            report.tell(.testMatch, .skipped, since: start, note: note)
            return nil
        }
        report.tell(.testMatch, .running, since: start)
        let differing = verdict.fields.filter { !$0.matches }.map(\.field.title).joined(separator: ", ")
        let detail = verdict.matches ? "lets this caller in" : "does not let this caller in: \(differing) differs"
        report.tell(.testMatch, .done(detail), since: start)
        return verdict
    }
}

/// What can be done about a creation that did not come to its end.
extension IdentityCreation {
    /// Deletes what it made and drops its record.
    ///
    /// Where it is not known what was made, that is the identity of that name, parent and patterns not older than it.
    public static func undo(
        _ pending: PendingCreation, api: PlatformAPI, journal: CreationJournal
    ) async throws(Failure) {
        let creation = IdentityCreation(api: api, resuming: pending, caller: nil, journal: journal)
        if let uid = try await creation.made(pending) {
            for binding in (try? await api.roleBindings(identity: uid)) ?? [] { try await api.unbind(binding.uid) }
            let operation = PlatformAPI.deletion(uid)
            do throws(CallError) {
                _ = try await api.answer(operation)
            } catch {
                guard case .refused(let refusal) = error, refusal.code == .notFound else {
                    throw api.failure(error, operation)
                }
            }
        }
        try journal.forget(pending)
    }

    private func made(_ pending: PendingCreation) async throws(Failure) -> UIDP? {
        if let uid = pending.identity { return uid }
        let target = try target()
        let tolerance: TimeInterval = 5 * 60
        return try await namesakes(target).first { identity in
            isSame(identity, target.new)
                && identity.created.map { $0 >= pending.started.addingTimeInterval(-tolerance) } ?? true
        }?.uid
    }
}
