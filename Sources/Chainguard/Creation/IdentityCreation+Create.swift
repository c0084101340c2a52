import AWSCaller
import FoundationEssentials
import Transport

/// Checking and creating.
extension IdentityCreation {
    /// Whether the name is free and the roles exist, as far as the login may look.
    func check(_ target: Target) async throws(Failure) -> String {
        let name = try await checkName(target)
        return "\(name), \(try await checkRoles())"
    }

    private func checkName(_ target: Target) async throws(Failure) -> String {
        let namesakes: [AssumableIdentity]
        do throws(Failure) {
            namesakes = try await self.namesakes(target)
        } catch {
            guard error.category == .notAllowed else { throw error }
            return "not allowed to look whether the name is free"
        }
        guard let first = namesakes.first else { return "the name is free" }
        if let begun, first.uid == begun.identity || isSame(first, target.new) && begun.identity == nil {
            return "the identity is there already"
        }
        let names = ["name": target.new.name, "uid": first.uid.text]
        guard let own = unfinished(first, target) else { throw Problem.nameTaken.failure(names) }
        let when = String(own.started.formatted(.iso8601).prefix(10))
        throw Problem.creationUnfinished.failure(names.merging(["when": when]) { $1 })
    }

    /// The creation of one's own that made this namesake, or may have, and did not come to its end.
    private func unfinished(_ namesake: AssumableIdentity, _ target: Target) -> PendingCreation? {
        journal?.pending(api: api.baseURL).first { pending in
            guard pending.draft.isCalled(target.new.name, at: target.parent) else { return false }
            return pending.identity.map { $0 == namesake.uid }
                ?? (pending.mayExist && isSame(namesake, pending.draft.unchecked))
        }
    }

    private func checkRoles() async throws(Failure) -> String {
        guard !draft.roles.isEmpty else { return "no roles to bind" }
        let known: [Role]
        do throws(Failure) {
            known = try await api.roles()
        } catch {
            guard error.category == .notAllowed else { throw error }
            return "not allowed to look whether the roles exist"
        }
        let uids = Set(known.map(\.uid))
        guard let missing = draft.roles.first(where: { !uids.contains($0.uid) }) else {
            return draft.roles.count == 1 ? "the role exists" : "the roles exist"
        }
        throw Failure(
            "There is no role \(missing.name) (\(missing.uid))", remedy: "Pick a role from the list", category: .usage)
    }

    /// Identities of this name directly in the parent.
    func namesakes(_ target: Target) async throws(Failure) -> [AssumableIdentity] {
        let query = IdentityQuery(childrenOf: target.parent, name: target.new.name)
        return try await api.identities(query).items.filter {
            $0.name == target.new.name && $0.uid.parent == target.parent
        }
    }

    func isSame(_ identity: AssumableIdentity, _ new: NewIdentity) -> Bool {
        identity.name == new.name && identity.relationship == new.relationship
    }

    /// Creates it, unless it was created before. After an answer that leaves it open whether it worked, looks first.
    func create(
        _ target: Target, _ record: inout PendingCreation, _ report: StepReporter
    ) async throws(Failure) -> UIDP {
        var open = record
        do throws(Failure) {
            let uid = try await report.step(.create) { () async throws(Failure) in
                try await created(target, &open, report)
            }
            record = open
            return uid
        } catch {
            record = open
            throw error
        }
    }

    private func created(
        _ target: Target, _ record: inout PendingCreation, _ report: StepReporter
    ) async throws(Failure) -> StepReporter.Finished<UIDP> {
        if let uid = record.identity { return StepReporter.Finished(uid, "\(uid) was created before") }
        if begun != nil, let found = try await namesakes(target).first(where: { isSame($0, target.new) }) {
            return try keep(found.uid, "found \(found.uid), created before", &record)
        }
        let start = now()
        var attempt = 1
        while true {
            record.mayExist = true
            try journal?.record(record)
            let problem: CallError
            switch await send(target) {
            case .success(let uid): return try keep(uid, uid.text, &record)
            case .failure(let error): problem = error
            }
            record.mayExist = problem.leavesOpen
            let failure = api.failure(problem, PlatformAPI.creation(target.new, in: target.parent))
            guard problem.leavesOpen else { throw failure }
            if let found = await look(target, start, report) {
                return try keep(found, "found \(found): it was created although no answer came", &record)
            }
            guard case .refused(let refusal) = problem, refusal.code == .unavailable, attempt < retry.attempts else {
                throw failure
            }
            attempt += 1
        }
    }

    private func send(_ target: Target) async -> Result<UIDP, CallError> {
        let operation = PlatformAPI.creation(target.new, in: target.parent)
        do throws(CallError) {
            if let identity = AssumableIdentity(try await api.answer(operation)) { return .success(identity.uid) }
            return .failure(.garbage(.other, expected: operation.expected, detail: "JSON without a valid UIDP"))
        } catch {
            return .failure(error)
        }
    }

    private func keep(
        _ uid: UIDP, _ detail: String, _ record: inout PendingCreation
    ) throws(Failure) -> StepReporter.Finished<UIDP> {
        record.identity = uid
        record.mayExist = true
        try journal?.record(record)
        return StepReporter.Finished(uid, detail)
    }

    /// Looks by name for what a request without an answer may have made, a few times.
    private func look(_ target: Target, _ start: Date, _ report: StepReporter) async -> UIDP? {
        for attempt in 1...3 {
            report.tell(.create, .running, since: start, note: "no clear answer: looking whether it was created")
            guard await retry.pause(after: attempt) else { return nil }
            guard let found = try? await namesakes(target) else { continue }
            if let same = found.first(where: { isSame($0, target.new) }) { return same.uid }
        }
        return nil
    }
}

extension CallError {
    /// The request may have been carried out all the same.
    var leavesOpen: Bool {
        switch self {
        case .cancelled, .garbage: true
        case .unreachable(let error):
            switch error.reason {
            case .invalidURL, .insecureURL, .unknownHost, .connectionRefused, .connectTimeout, .proxyAuthentication,
                .proxyRefused, .untrustedCertificate,
                .expiredCertificate, .earlyCertificate, .wrongHostName, .tls:
                false
            case .connectionFailed, .timeout, .answerTooLarge, .malformedAnswer, .cancelled: true
            }
        case .refused(let refusal):
            switch refusal.code {
            case .unavailable, .deadlineExceeded, .internal, .unknown, .aborted, .cancelled, .dataLoss: true
            default: false
            }
        }
    }
}
