import AWSCaller
import FoundationEssentials

/// Times for people who may parse them too: RFC 3339, with the distance from now.
enum Moment {
    static func text(_ date: Date, now: Date) -> String {
        let seconds = Int(max(-1e12, min(1e12, date.timeIntervalSince(now))))
        let distance = TimeText.exact(abs(seconds))
        return "\(date.formatted(.iso8601)) (\(seconds < 0 ? "\(distance) ago" : "in \(distance)"))"
    }

    static func day(_ date: Date?) -> String {
        date.map { String($0.formatted(.iso8601).prefix(10)) } ?? "-"
    }
}
