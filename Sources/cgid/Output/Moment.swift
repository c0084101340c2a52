import FoundationEssentials

/// Times for people: UTC, with the distance from now.
enum Moment {
    static func text(_ date: Date, now: Date) -> String {
        let seconds = date.timeIntervalSince(now)
        let distance = span(abs(seconds))
        return "\(date.formatted(.iso8601)) (\(seconds < 0 ? "\(distance) ago" : "in \(distance)"))"
    }

    static func day(_ date: Date?) -> String {
        date.map { String($0.formatted(.iso8601).prefix(10)) } ?? "-"
    }

    /// The two largest units.
    static func span(_ seconds: TimeInterval) -> String {
        let whole = Int(seconds)
        if whole < 60 { return "\(whole) s" }
        if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
        if whole < 86400 { return "\(whole / 3600) h \(whole % 3600 / 60) min" }
        return "\(whole / 86400) d \(whole % 86400 / 3600) h"
    }

    /// The server's clock against this one.
    static func clock(_ difference: Duration) -> String {
        let seconds = Int(difference.components.seconds)
        if abs(seconds) <= 1 { return "agrees with the server's" }
        return seconds > 0 ? "\(seconds) s behind the server's" : "\(-seconds) s ahead of the server's"
    }
}
