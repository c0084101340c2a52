import AWSCaller
import Chainguard

extension App {
    /// Take in what a job said. An answer to a question that is no longer asked is dropped.
    mutating func receive(_ id: EffectID, _ answer: Answer, isLast: Bool) -> [Effect] {
        guard let running = work.running[id] else { return [] }
        let answer = advised(answer)
        let outdated = replaced(by: answer)
        let isOver: Bool
        if case .failed(let failure) = answer {
            workspace.fail(running.job, failure)
            record(failure, of: running)
            isOver = true
        } else {
            workspace.take(answer)
            work.note(answer, of: id)
            isOver = isLast
        }
        if isOver {
            work.finish(id)
            if case .failed = answer {} else { succeed(running) }
        }
        var effects: [Effect] = []
        for screen in Screen.allCases {
            let requests = on(screen) { $0.receive(answer, of: running.job, $1) }
            if screen == self.screen { effects += apply(requests) }
        }
        return effects + followUp(answer, of: running.job) + refreshMenu(after: answer) + outdated
    }

    /// A large list that the answer may take the place of, to be freed then.
    private func replaced(by answer: Answer) -> [Effect] {
        switch answer {
        case .identities, .identitiesRemembered, .arranged, .created, .updated, .deleted, .deletedMany:
            let all = workspace.identities.value ?? []
            guard all.count > IdentityArrangement.atOnce else { return [] }
            return [.discard(Discarded([all, identities.arrangement, answer]))]
        default: return []
        }
    }

    /// What an assumed identity may not do, the operator perhaps may: say how to become the operator again.
    private func advised(_ answer: Answer) -> Answer {
        guard case .failed(var failure) = answer, failure.category == .notAllowed,
            case .alias(let alias) = workspace.session
        else { return answer }
        let hint = "You are \(alias) here; o on 4 Login makes you the operator again"
        failure.remedy = failure.remedy.isEmpty ? hint : "\(failure.remedy). \(hint)"
        return .failed(failure)
    }

    private mutating func succeed(_ running: Work.Running) {
        notices.succeed(running.job.question)
        let silent: [Job.Question] = [.pendingCreations, .profiles, .keptDraft, .keeping, .arrangement]
        if !silent.contains(running.job.question) { messages.note(done: running, now: now) }
    }

    private mutating func record(_ failure: Failure, of running: Work.Running) {
        guard failure.category != .cancelled else { return }
        messages.note(failure, of: running, now: now)
        notices.fail(failure, of: running.job.question)
    }

    /// What one answer makes worth asking, whichever screen is shown.
    private mutating func followUp(_ answer: Answer, of job: Job) -> [Effect] {
        switch answer {
        case .caller(let found):
            if let failure = found.failure {
                messages.note(failure, of: Work.Running(job: job, started: now), now: now)
            }
            return []
        case .subject(let who):
            guard who != nil else { return [] }
            let unfinished = workspace.pendingCreations.isUntouched ? run(.pendingCreations, owner: nil) : []
            let groups = workspace.groups.isUntouched ? run(.groups(as: workspace.session), owner: nil) : []
            let draft = workspace.keptDraft == nil ? run(.keptDraft, owner: nil) : []
            return groups + unfinished + draft
        case .pendingCreations(let all): return offer(all)
        case .created(let created):
            forgetDraft(of: created.identity)
            return run(.pendingCreations, owner: nil)
        case .failed: return job.question == .creation ? run(.pendingCreations, owner: nil) : []
        case .creationDropped(let pending, let wasUndone):
            say(wasUndone ? "The creation of \(pending.draft.name) is undone" : "The record is forgotten")
            return []
        case .deletedMany(let uids):
            say("\(Format.plural(uids.count, "identity is", "identities are")) deleted")
            return []
        case .deleted:
            say("The identity is deleted")
            return []
        case .saved(let path):
            say("Written to \(path)")
            return []
        case .fileExists(let file):
            overlay = .confirm(.replace(file))
            return []
        case .loggedIn(let outcome):
            return switchAfterLogin(outcome.subject)
        default:
            return []
        }
    }

    /// What was typed in the wizard has become an identity, perhaps by a creation that was continued. The one on disk is
    /// dropped by the creation itself.
    private mutating func forgetDraft(of identity: AssumableIdentity) {
        func became(_ draft: IdentityDraft) -> Bool { draft.isCalled(identity.name, at: identity.uid.parent) }
        if wizard.created == nil, became(wizard.form.draft) { wizard.startOver(context) }
        if let kept = workspace.keptDraft, became(kept.draft) { workspace.keptDraft = nil }
    }

    /// What was left half-done by an earlier run is offered before anything else; while the person is at something,
    /// one line tells.
    private mutating func offer(_ all: [PendingCreation]) -> [Effect] {
        guard !all.isEmpty, !hasOffered else { return [] }
        hasOffered = true
        guard overlay == nil, !hasTyped else {
            if screen != .unfinished, screen != .wizard {
                say("\(Format.plural(all.count, "creation", "creations")) did not come to an end: U shows")
            }
            return []
        }
        return move(to: .unfinished, keepsHistory: true)
    }

    /// The identity just assumed is who this app is at Chainguard from now on.
    private mutating func switchAfterLogin(_ subject: AuthenticatedSubject) -> [Effect] {
        guard let alias = login.alias else { return [] }
        if let uid = login.uid {
            workspace.lastUsed = Memory.Identity(
                api: options.endpoints.api, uid: uid, name: workspace.name(of: uid))
        }
        return use(.alias(alias), as: subject)
    }
}
