import AWSCaller
import FoundationEssentials

/// When times on a screen look different, and counts in words.
enum Format {
    /// When the text of `TimeText.countdown` next changes.
    static func nextChange(to date: Date, now: Date) -> Duration {
        let left = date.timeIntervalSince(now)
        guard left > 0, left < 1e9 else { return .seconds(60) }
        let step: Double = left > 3600 ? 60 : 1
        let rest = left.truncatingRemainder(dividingBy: step)
        return .milliseconds(Int((rest < 0.001 ? step : rest) * 1000) + 1)
    }

    /// When the text of `TimeText.remaining` next changes.
    static func nextCalmChange(to date: Date, now: Date) -> Duration {
        let left = date.timeIntervalSince(now)
        guard left > 60, left < 1e9 else { return nextChange(to: date, now: now) }
        return .milliseconds(Int(left.truncatingRemainder(dividingBy: 60) * 1000) + 1)
    }

    static func plural(_ count: Int, _ one: String, _ many: String? = nil) -> String {
        "\(count) \(count == 1 ? one : many ?? one + "s")"
    }
}
