import Chainguard
import Screens

/// Creations that did not come to their end, of this run or an earlier one.
extension PlainSession {
    func lookForUnfinished() throws {
        guard case .pendingCreations(let all) = try answer(.pendingCreations), !all.isEmpty else { return }
        let names = all.map(\.draft.name).joined(separator: ", ")
        terminal.say("Not finished: the creation of \(names). 'u' continues, undoes or forgets it")
    }

    func finishCreations() throws {
        while case .pendingCreations(let all) = try answer(.pendingCreations) {
            guard !all.isEmpty else { return terminal.say("Nothing is unfinished.") }
            guard let pending = try terminal.choose("Creation", all, title: title) else { return }
            if let problem = pending.problem { terminal.say("It was stopped by: \(problem)") }
            try settle(pending)
        }
    }

    private func title(_ pending: PendingCreation) -> String {
        let state =
            if let uid = pending.identity { "exists as \(uid)" } else if pending.mayExist {
                "may exist: it was asked for and no clear answer came"
            } else { "does not exist: the request was not sent" }
        return "\(pending.draft.name), begun \(Moment.text(pending.started, now: now)), \(state)"
    }

    private func settle(_ pending: PendingCreation) throws {
        let ways = [
            "Continue: look what exists and do what is left", "Undo: delete what it made",
            "Forget: drop the record; what exists at Chainguard stays",
        ]
        switch try terminal.choose("What to do", Array(ways.indices), title: { ways[$0] }) {
        case 0: try finish(.resume(pending, caller: callerValues, as: login))
        case 1:
            guard try terminal.ask("Type its name to delete what it made") == pending.draft.name else {
                return terminal.say("Nothing was deleted.")
            }
            _ = try answer(.undo(pending, as: login))
            terminal.say("Undone.")
        case 2:
            _ = try answer(.forget(pending))
            terminal.say("Forgotten.")
        default: break
        }
    }
}
