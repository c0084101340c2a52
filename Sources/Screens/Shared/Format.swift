import FoundationEssentials

/// Times as the screens write them. All in UTC: it is what AWS signs in and what servers log.
enum Format {
    /// `2026-11-23 13:05:09 UTC`
    static func timestamp(_ date: Date) -> String {
        let text = date.formatted(.iso8601)
        return text.prefix(19).replacing("T", with: " ") + " UTC"
    }

    /// `13:05 UTC`, with the day in front when it is another one than today.
    static func clock(_ date: Date, now: Date) -> String {
        let text = date.formatted(.iso8601)
        let time = text.dropFirst(11).prefix(5) + " UTC"
        return text.prefix(10) == now.formatted(.iso8601).prefix(10) ? String(time) : "\(text.prefix(10)) \(time)"
    }

    /// `13:05:09`
    static func time(_ date: Date) -> String {
        String(date.formatted(.iso8601).dropFirst(11).prefix(8))
    }

    /// How long until then: seconds are shown in the last hour only. `expired 3 min ago` once it is past.
    static func countdown(to date: Date, now: Date) -> String {
        let seconds = wholeSeconds(date.timeIntervalSince(now))
        if seconds <= 0 { return seconds == 0 ? "expired just now" : "expired \(span(-seconds)) ago" }
        if seconds < 3600, seconds >= 60 { return "\(seconds / 60) min \(padded(seconds % 60)) s" }
        return span(seconds)
    }

    /// As `countdown`, but calm: minutes until the last one.
    static func remaining(to date: Date, now: Date) -> String {
        let seconds = wholeSeconds(date.timeIntervalSince(now))
        return seconds >= 60 ? span(seconds) : countdown(to: date, now: now)
    }

    /// When the text of `remaining` next changes.
    static func nextCalmChange(to date: Date, now: Date) -> Duration {
        let left = date.timeIntervalSince(now)
        guard left > 60, left < 1e9 else { return nextChange(to: date, now: now) }
        return .milliseconds(Int(left.truncatingRemainder(dividingBy: 60) * 1000) + 1)
    }

    /// `3 days ago`, or `never`.
    static func ago(_ date: Date?, now: Date) -> String {
        guard let date else { return "never" }
        let seconds = wholeSeconds(now.timeIntervalSince(date))
        if seconds < 60 { return "just now" }
        return seconds < 86_400 && seconds >= 3600 ? "\(seconds / 3600) h ago" : "\(span(seconds)) ago"
    }

    /// The largest unit or two: `40 s`, `5 min`, `2 h 05 min`, `3 days`.
    static func span(_ seconds: Int) -> String {
        switch seconds {
        case ..<60: "\(seconds) s"
        case ..<3600: "\(seconds / 60) min"
        case ..<86_400: "\(seconds / 3600) h \(padded(seconds / 60 % 60)) min"
        case ..<172_800: "1 day"
        default: "\(seconds / 86_400) days"
        }
    }

    /// `35 ms`, `1.2 s`, `2 min`.
    static func elapsed(_ duration: Duration) -> String {
        let milliseconds = milliseconds(duration)
        if milliseconds < 1000 { return "\(milliseconds) ms" }
        if milliseconds < 60_000 { return "\(milliseconds / 1000).\(milliseconds % 1000 / 100) s" }
        return span(milliseconds / 1000)
    }

    /// When the text of `countdown` next changes.
    static func nextChange(to date: Date, now: Date) -> Duration {
        let left = date.timeIntervalSince(now)
        guard left > 0, left < 1e9 else { return .seconds(60) }
        let step: Double = left > 3600 ? 60 : 1
        let rest = left.truncatingRemainder(dividingBy: step)
        return .milliseconds(Int((rest < 0.001 ? step : rest) * 1000) + 1)
    }

    static func milliseconds(_ duration: Duration) -> Int {
        let (seconds, attoseconds) = duration.components
        guard abs(seconds) < 1 << 40 else { return seconds < 0 ? -(1 << 50) : 1 << 50 }
        return Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
    }

    static func plural(_ count: Int, _ one: String, _ many: String? = nil) -> String {
        "\(count) \(count == 1 ? one : many ?? one + "s")"
    }

    private static func wholeSeconds(_ interval: Double) -> Int {
        abs(interval) < 1e12 ? Int(interval.rounded(.up)) : (interval < 0 ? -1 : 1) << 40
    }

    private static func padded(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
