import FoundationEssentials

/// The `Date` header: IMF-fixdate of RFC 9110 section 5.6.7, as in `Sun, 06 Nov 1994 08:49:37 GMT`.
public enum HTTPDate {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]

    /// - Returns: `nil` for any other form; the day's name is not checked.
    public static func parse(_ text: String) -> Date? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[0].hasSuffix(","), parts[5] == "GMT" else { return nil }
        let time = parts[4].split(separator: ":", omittingEmptySubsequences: false)
        guard let day = Int(parts[1]), let month = months.firstIndex(of: String(parts[2])), let year = Int(parts[3]),
            time.count == 3, let hour = Int(time[0]), let minute = Int(time[1]), let second = Int(time[2])
        else { return nil }
        let civil = CivilDate(year: year, month: month + 1, day: day)
        guard (1...9999).contains(year), civil.isValid, (0..<24).contains(hour), (0..<60).contains(minute),
            (0...60).contains(second)
        else { return nil }
        return Date(
            timeIntervalSince1970: Double(civil.daysSince1970 * 86_400 + hour * 3_600 + minute * 60 + second))
    }

    /// The date as servers send it, whole seconds.
    public static func format(_ date: Date) -> String {
        let bytes = AmzDate.format(date)
        guard let exact = AmzDate.parse(bytes) else { return "" }
        let seconds = Int(exact.timeIntervalSince1970)
        let days = (seconds >= 0 ? seconds : seconds - 86_399) / 86_400
        let civil = CivilDate(daysSince1970: days)
        let digits = Array(bytes)
        let weekday = weekdays[((days % 7) + 7) % 7]
        let time = "\(String(digits[9..<11])):\(String(digits[11..<13])):\(String(digits[13..<15]))"
        return "\(weekday), \(String(digits[6..<8])) \(months[civil.month - 1]) \(String(digits[0..<4])) \(time) GMT"
    }
}
