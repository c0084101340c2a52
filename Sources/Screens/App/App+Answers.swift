import AWSCaller
import Chainguard

extension App {
    /// Take in what a job said. An answer to a question that is no longer asked is dropped.
    mutating func receive(_ id: EffectID, _ answer: Answer, isLast: Bool) -> [Effect] {
        guard let running = work.running[id] else { return [] }
        let answer = advised(answer)
        let isOver: Bool
        if case .failed(let failure) = answer {
            workspace.fail(running.job, failure)
            record(failure, of: running.job)
            isOver = true
        } else {
            workspace.take(answer)
            isOver = isLast
        }
        if isOver {
            work.finish(id)
            if case .failed = answer {} else { messages.note(done: running, now: now) }
        }
        var effects: [Effect] = []
        for screen in Screen.allCases {
            let requests = on(screen) { $0.receive(answer, of: running.job, $1) }
            if screen == self.screen { effects += apply(requests) }
        }
        return effects + followUp(answer)
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

    private mutating func record(_ failure: Failure, of job: Job) {
        guard failure.category != .cancelled else { return }
        messages.note(failure, of: job, now: now)
        notice = .error(failure)
    }

    /// What one answer makes worth asking, whichever screen is shown.
    private mutating func followUp(_ answer: Answer) -> [Effect] {
        switch answer {
        case .caller(let found):
            if let failure = found.failure { messages.note(failure, of: .detectCaller(profile: nil), now: now) }
            return []
        case .subject(let who):
            return who != nil && workspace.groups.isUntouched ? run(.groups(as: workspace.session), owner: nil) : []
        case .deleted:
            say("The identity is deleted")
            return []
        case .loggedIn(let outcome):
            return switchAfterLogin(outcome.subject)
        default:
            return []
        }
    }

    /// The identity just assumed is who this app is at Chainguard from now on.
    private mutating func switchAfterLogin(_ subject: AuthenticatedSubject) -> [Effect] {
        guard let alias = login.alias else { return [] }
        return use(.alias(alias), as: subject)
    }
}
