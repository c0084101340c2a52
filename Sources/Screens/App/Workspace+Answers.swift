import AWSCaller
import Chainguard

extension Workspace {
    mutating func begin(_ job: Job) {
        switch job {
        case .detectCaller: caller.begin()
        case .subject: subject.begin()
        case .identities:
            identities.begin()
            isListGrowing = false
        case .groups: groups.begin()
        case .roles: roles.begin()
        case .repositories: repositories.begin()
        case .bindings(let uid, _): bindings[uid, default: Loadable()].begin()
        case .tags(let uid, _): tags[uid, default: Loadable()].begin()
        case .pendingCreations: pendingCreations.begin()
        default: break
        }
    }

    /// The job was cancelled: what it had brought so far stays.
    mutating func stop(_ job: Job) {
        switch job {
        case .detectCaller: caller.isLoading = false
        case .subject: subject.isLoading = false
        case .identities: identities.isLoading = false
        case .groups: groups.isLoading = false
        case .roles: roles.isLoading = false
        case .repositories: repositories.isLoading = false
        case .bindings(let uid, _): bindings[uid]?.isLoading = false
        case .tags(let uid, _): tags[uid]?.isLoading = false
        case .pendingCreations: pendingCreations.isLoading = false
        default: break
        }
    }

    mutating func fail(_ job: Job, _ failure: Failure) {
        switch job {
        case .detectCaller: caller.fail(failure)
        case .subject: subject.fail(failure)
        case .identities: identities.fail(failure)
        case .groups: groups.fail(failure)
        case .roles: roles.fail(failure)
        case .repositories: repositories.fail(failure)
        case .bindings(let uid, _): bindings[uid, default: Loadable()].fail(failure)
        case .tags(let uid, _): tags[uid, default: Loadable()].fail(failure)
        case .pendingCreations: pendingCreations.fail(failure)
        default: break
        }
    }

    mutating func take(_ answer: Answer) {
        switch answer {
        case .caller(let found): caller.finish(found)
        case .subject(let who): subject.finish(who)
        case .identities(let all, let total, let isComplete):
            take(all, total, isComplete)
        case .identitiesRemembered(let all, let total, let saved):
            guard identities.isLoading, all.count > identities.value?.count ?? 0 else { break }
            setIdentities(all)
            (identityTotal, identitiesSaved) = (total, saved)
        case .groups(let all): groups.finish(all)
        case .roles(let all): roles.finish(all)
        case .bindings(let uid, let all): bindings[uid, default: Loadable()].finish(all)
        case .repositories(let all): repositories.finish(all)
        case .tags(let uid, let all): tags[uid, default: Loadable()].finish(all)
        case .created(let created): add(created.identity)
        case .updated(let identity): replace(identity)
        case .keptDraft(let kept): keptDraft = kept
        case .pendingCreations(let all): pendingCreations.finish(all)
        case .creationDropped(let pending, _):
            pendingCreations.value?.removeAll { $0.id == pending.id }
            remove(answer.gone)
        case .deleted, .deletedMany: remove(answer.gone)
        case .arranged, .callerProgress, .profiles, .creationStep, .token, .loginStage, .loggedIn, .saved, .fileExists,
            .federation, .draftKept, .progress, .failed:
            break
        }
    }

    /// The beginning of a list does not take the place of a whole one that is known: nothing jumps while it is refreshed.
    private mutating func take(_ all: [AssumableIdentity], _ total: Int, _ isComplete: Bool) {
        let isLess = all.count < identities.value?.count ?? 0 || identitiesSaved != nil
        identities.isLoading = !isComplete
        guard isComplete || !isLess else { return }
        setIdentities(all, isListing: true)
        identities.failure = nil
        identitiesSaved = nil
        identityTotal = max(total, all.count)
    }

    private mutating func add(_ identity: AssumableIdentity) {
        guard var known = identities.value else { return }
        known.removeAll { $0.uid == identity.uid }
        setIdentities(known + [identity])
        identityTotal = max(identityTotal + 1, known.count + 1)
    }

    private mutating func replace(_ identity: AssumableIdentity) {
        guard var known = identities.value, let index = known.firstIndex(where: { $0.uid == identity.uid }) else {
            return
        }
        known[index] = identity
        setIdentities(known)
    }

    private mutating func remove(_ uids: Set<UIDP>) {
        guard !uids.isEmpty else { return }
        if let known = identities.value {
            let left = known.filter { !uids.contains($0.uid) }
            setIdentities(left)
            identityTotal = max(0, identityTotal - (known.count - left.count))
        }
        for uid in uids { bindings[uid] = nil }
        if let chosen, uids.contains(chosen) { self.chosen = nil }
    }
}
