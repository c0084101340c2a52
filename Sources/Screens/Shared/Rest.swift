import Chainguard
import FoundationEssentials

/// What is to be asked once the selection has rested on one thing: moving through a list asks nothing.
struct Rest: Sendable, Equatable {
    private var uid: UIDP?
    private var due = Date.distantPast

    /// The selection stands on this, or on nothing that needs asking.
    mutating func settle(on newUID: UIDP?, now: Date, after delay: Double = 0.2) {
        if newUID != uid || newUID == nil || now.addingTimeInterval(delay) < due {
            due = now.addingTimeInterval(delay)
        }
        uid = newUID
    }

    /// - Returns: what to ask now; once.
    mutating func take(now: Date) -> UIDP? {
        guard let uid, due <= now.addingTimeInterval(0.001) else { return nil }
        self.uid = nil
        return uid
    }

    func wakes(now: Date) -> [Duration] {
        uid == nil ? [] : [.milliseconds(Int(max(0, due.timeIntervalSince(now)) * 1000) + 1)]
    }
}
