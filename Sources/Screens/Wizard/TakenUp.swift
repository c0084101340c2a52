import AWSCaller
import Chainguard
import FoundationEssentials

/// A draft that was left and is gone on with.
struct TakenUp: Sendable {
    /// When it was left, if that was in an earlier run.
    var saved: Date?
    /// It is for who calls AWS from here, as far as that is known.
    var isOfCaller: Bool

    init(_ draft: IdentityDraft, saved: Date?, _ context: Context) {
        self.saved = saved
        let caller = context.workspace.callerValues
        isOfCaller = caller.flatMap { draft.relationship.verdict(for: $0)?.matches } ?? true
    }

    func words(now: Date) -> String {
        let draft = saved.map { "the draft of \(TimeText.ago($0, now: now))" } ?? "your draft"
        return "Taken up: \(draft)" + (isOfCaller ? "" : ", not for this caller") + "; ^R starts over"
    }
}
