import AWSCaller
import FoundationEssentials

extension App {
    /// Ask for a tick when something on the screen counts, and only then.
    mutating func schedule() -> [Effect] {
        guard let wait = wakes().min() else { return [] }
        let wanted = max(wait, .milliseconds(1))
        let due = now.addingTimeInterval(Double(wanted.wholeMilliseconds) / 1000)
        if let pending = tickDue, pending <= due.addingTimeInterval(0.005), pending > now { return [] }
        tickDue = due
        return [.tick(after: wanted)]
    }

    private func wakes() -> [Duration] {
        var wakes = current.wakes(context)
        if let work = work.foremost { wakes.append(Self.spinnerWake(started: work.started, now: now)) }
        if let end = notices.word?.end { wakes.append(wait(until: end)) }
        if let unkeptSince { wakes.append(wait(until: unkeptSince.addingTimeInterval(Self.draftPatience))) }
        if let expiry = workspace.signedIn?.expiry, expiry > now {
            wakes.append(Format.nextCalmChange(to: expiry, now: now))
        }
        return wakes
    }

    private func wait(until moment: Date) -> Duration {
        .milliseconds(Int(max(0, moment.timeIntervalSince(now)) * 1000) + 1)
    }

    /// A spinner appears after 150 ms and then turns ten times a second.
    static func spinnerWake(started: Date, now: Date) -> Duration {
        let age = now.timeIntervalSince(started)
        guard age >= 0 else { return .milliseconds(150) }
        return age < 0.15 ? .milliseconds(Int((0.15 - age) * 1000) + 1) : .milliseconds(100)
    }
}
