import FoundationEssentials

/// Times and spans of time for people. All in UTC: it is what AWS signs in and what servers log.
package enum TimeText {
    /// `2026-11-23 13:05:09 UTC`
    package static func timestamp(_ date: Date) -> String {
        let text = date.formatted(.iso8601)
        return text.prefix(19).replacing("T", with: " ") + " UTC"
    }

    /// `13:05 UTC`, with the day in front when it is half a day away or more: only then could another be meant.
    package static func clock(_ date: Date, now: Date) -> String {
        let text = date.formatted(.iso8601)
        let time = text.dropFirst(11).prefix(5) + " UTC"
        return abs(date.timeIntervalSince(now)) < 43_200 ? String(time) : "\(text.prefix(10)) \(time)"
    }

    /// `13:05:09`
    package static func time(_ date: Date) -> String {
        String(date.formatted(.iso8601).dropFirst(11).prefix(8))
    }

    /// How long until then: seconds are shown in the last hour only. `expired 3 min ago` once it is past.
    package static func countdown(to date: Date, now: Date) -> String {
        let seconds = wholeSeconds(date.timeIntervalSince(now))
        if seconds <= 0 { return seconds == 0 ? "expired just now" : "expired \(rough(-seconds)) ago" }
        return exact(seconds)
    }

    /// As `countdown`, but calm: minutes until the last one.
    package static func remaining(to date: Date, now: Date) -> String {
        let seconds = wholeSeconds(date.timeIntervalSince(now))
        return seconds >= 60 ? rough(seconds) : countdown(to: date, now: now)
    }

    /// `3 days ago`, or `never`.
    package static func ago(_ date: Date?, now: Date) -> String {
        guard let date else { return "never" }
        let seconds = wholeSeconds(now.timeIntervalSince(date))
        if seconds < 60 { return "just now" }
        return seconds < 86_400 && seconds >= 3600 ? "\(seconds / 3600) h ago" : "\(rough(seconds)) ago"
    }

    /// Enough to plan by: `40 s`, `5 min`, `2 h 05 min`, `3 days`.
    package static func rough(_ seconds: Int) -> String {
        switch seconds {
        case ..<60: "\(seconds) s"
        case ..<3600: "\(seconds / 60) min"
        case ..<86_400:
            seconds / 60 % 60 == 0
                ? "\(seconds / 3600) h" : "\(seconds / 3600) h \(padded(seconds / 60 % 60)) min"
        case ..<172_800: "1 day"
        default: "\(seconds / 86_400) days"
        }
    }

    /// To the second within the hour: `5 min 03 s`; longer ones as `rough`.
    package static func exact(_ seconds: Int) -> String {
        (60..<3600).contains(seconds) ? "\(seconds / 60) min \(padded(seconds % 60)) s" : rough(seconds)
    }

    /// What something took: `35 ms`, `1.2 s`, `3 min 05 s`.
    package static func measured(_ duration: Duration) -> String {
        let milliseconds = duration.wholeMilliseconds
        if milliseconds < 1000 { return "\(milliseconds) ms" }
        if milliseconds < 60_000 { return "\(milliseconds / 1000).\(milliseconds % 1000 / 100) s" }
        return exact(milliseconds / 1000)
    }

    /// How long something goes on by now: `0.4 s`, `12 s`, `3 min 05 s`.
    package static func waited(_ duration: Duration) -> String {
        let tenths = duration.wholeMilliseconds / 100
        return tenths < 100 ? "\(tenths / 10).\(tenths % 10) s" : exact(tenths / 10)
    }

    private static func wholeSeconds(_ interval: Double) -> Int {
        abs(interval) < 1e12 ? Int(interval.rounded(.up)) : (interval < 0 ? -1 : 1) << 40
    }

    private static func padded(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}

extension Duration {
    /// Bounded, so that it can be reckoned with.
    package var wholeMilliseconds: Int {
        let (seconds, attoseconds) = components
        guard abs(seconds) < 1 << 40 else { return seconds < 0 ? -(1 << 50) : 1 << 50 }
        return Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
    }
}
