import FoundationEssentials
import TerminalUI

/// The jobs that run now.
struct Work: Sendable, Equatable {
    struct Running: Sendable, Equatable {
        var job: Job
        var started: Date
        /// The screen that asked and whose leaving cancels the job; `nil` when the whole app wants the answer.
        var owner: Screen?
        /// As the servers asked named its requests.
        var requestIDs: [String] = []
        /// How far it is, where the whole is known.
        var progress: ProgressBar?
    }

    private(set) var running: [EffectID: Running] = [:]
    private var lastID = 0

    var isIdle: Bool { running.isEmpty }

    /// The jobs in the order they were started.
    var inOrder: [(id: EffectID, running: Running)] {
        running.sorted { $0.key.rawValue < $1.key.rawValue }.map { ($0.key, $0.value) }
    }

    /// The job whose elapsed time is shown: one that must not be dropped by accident, else the oldest.
    var foremost: Running? {
        let all = inOrder.map(\.running)
        return all.first { $0.job.isDelicate } ?? all.first
    }

    /// Register a job; a running one that asks the same question is cancelled, for its answer is outdated.
    mutating func start(_ job: Job, owner: Screen?, now: Date) -> [Effect] {
        let superseded = running.filter { $0.value.job.question == job.question }.map(\.key)
        lastID += 1
        let id = EffectID(rawValue: lastID)
        let effects = superseded.flatMap { cancel($0) }
        running[id] = Running(job: job, started: now, owner: owner)
        return effects + [.run(id, job)]
    }

    mutating func cancel(_ id: EffectID) -> [Effect] {
        running.removeValue(forKey: id) == nil ? [] : [.cancel(id)]
    }

    mutating func cancelAll(where condition: (Running) -> Bool) -> [Effect] {
        inOrder.filter { condition($0.running) }.flatMap { cancel($0.id) }
    }

    mutating func note(_ requestIDs: [String], of id: EffectID) {
        running[id]?.requestIDs = requestIDs
    }

    /// An answer that is not the last may tell how far the job is.
    mutating func note(_ answer: Answer, of id: EffectID) {
        switch answer {
        case .progress(let done, let total): running[id]?.progress = ProgressBar(done: done, total: total)
        case .identities(let all, let total, _): running[id]?.progress = ProgressBar(done: all.count, total: total)
        default: break
        }
    }

    mutating func finish(_ id: EffectID) {
        running[id] = nil
    }

    /// What is being arranged.
    var arrangement: IdentityArrangement.Input? {
        for case .arrange(let input, _) in running.values.lazy.map(\.job) { return input }
        return nil
    }

    func contains(_ question: Job.Question) -> Bool {
        running.values.contains { $0.job.question == question }
    }
}

extension Job {
    /// What a job asks, whoever it asks as: two jobs of one question are never of use at once.
    enum Question: Hashable, Sendable {
        case caller, profiles, subject, identities, arrangement, groups, roles, bindings, creation, pendingCreations,
            dropping,
            token, login, repositories, tags, deletion, change, binding, saving,
            federation, keptDraft, keeping
    }

    var question: Question {
        switch self {
        case .detectCaller: .caller
        case .profiles: .profiles
        case .subject: .subject
        case .identities: .identities
        case .arrange: .arrangement
        case .groups: .groups
        case .roles: .roles
        case .bindings: .bindings
        case .create, .resume: .creation
        case .update: .change
        case .bind, .unbind: .binding
        case .pendingCreations: .pendingCreations
        case .undo, .forget: .dropping
        case .token: .token
        case .login: .login
        case .repositories: .repositories
        case .tags: .tags
        case .deleteIdentity, .deleteIdentities: .deletion
        case .save, .saveBundle: .saving
        case .federation: .federation
        case .keptDraft: .keptDraft
        case .keepDraft: .keeping
        }
    }

    /// As the status line says it: "Listing identities".
    public var title: String {
        switch self {
        case .detectCaller(_, let probes): probes ? "Probing every credential source" : "Finding the AWS caller"
        case .profiles: "Reading the AWS files"
        case .subject: "Asking who is signed in"
        case .identities: "Listing identities"
        case .arrange: "Arranging the list"
        case .groups: "Listing organizations"
        case .roles: "Listing roles"
        case .bindings: "Reading role bindings"
        case .create: "Creating the identity"
        case .update: "Changing the identity"
        case .bind: "Binding roles"
        case .unbind: "Unbinding the role"
        case .pendingCreations: "Looking for unfinished creations"
        case .resume: "Continuing the creation"
        case .undo: "Undoing the creation"
        case .forget: "Forgetting the creation"
        case .token: "Signing a token"
        case .login: "Logging in"
        case .repositories: "Listing repositories"
        case .tags: "Listing tags"
        case .deleteIdentity: "Deleting the identity"
        case .save: "Writing the file"
        case .federation: "Asking STS for a web identity token"
        case .keptDraft: "Looking for a draft"
        case .keepDraft: "Keeping the draft"
        case .saveBundle: "Writing the support bundle"
        case .deleteIdentities(let uids, _): "Deleting \(Format.plural(uids.count, "identity", "identities"))"
        }
    }

    /// True for work that must not be dropped by accident: leaving it asks first.
    var isDelicate: Bool {
        switch question {
        case .creation, .dropping, .login, .deletion, .change, .binding: true
        default: false
        }
    }
}
