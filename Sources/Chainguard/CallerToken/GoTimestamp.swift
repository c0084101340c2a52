import FoundationEssentials

/// A point in time as Go's `time.Parse("20060102T150405Z", …)` reads it: fractional seconds may follow the seconds,
/// after `.` or `,`, and count to the nanosecond.
struct GoTimestamp: Hashable, Comparable {
    /// Since 1970-01-01T00:00:00Z.
    var seconds: Int64
    /// 0 ..< 1,000,000,000.
    var nanoseconds: Int64

    init(seconds: Int64, nanoseconds: Int64 = 0) {
        let (carry, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        self.seconds = seconds + carry - (rest < 0 ? 1 : 0)
        self.nanoseconds = rest < 0 ? rest + 1_000_000_000 : rest
    }

    /// To the microsecond: a `Date` of our days holds no more, and what a millisecond leaves behind in binary must not
    /// decide at a bound.
    init(_ date: Date) {
        let bounded = min(max(date.timeIntervalSince1970, -1e15), 1e15)
        let whole = bounded.rounded(.down)
        self.init(seconds: Int64(whole), nanoseconds: Int64(((bounded - whole) * 1e6).rounded()) * 1_000)
    }

    init?(amzDate text: [UInt8]) {
        guard text.count >= 16, let year = Self.number(text[0..<4]), let month = Self.number(text[4..<6]),
            let day = Self.number(text[6..<8]), text[8] == UInt8(ascii: "T"), let hour = Self.number(text[9..<11]),
            let minute = Self.number(text[11..<13]), let second = Self.number(text[13..<15])
        else { return nil }
        guard (1...12).contains(month), hour < 24, minute < 60, second < 60,
            day >= 1, day <= Self.days(in: month, of: year)
        else { return nil }
        var rest = text[15...]
        let fraction = Self.takeFraction(&rest)
        guard rest.elementsEqual([UInt8(ascii: "Z")]) else { return nil }
        let days = Self.daysSinceEpoch(year, month, day)
        self.init(seconds: ((days * 24 + hour) * 60 + minute) * 60 + second, nanoseconds: fraction)
    }

    var date: Date { Date(timeIntervalSince1970: Double(seconds) + Double(nanoseconds) / 1e9) }

    func adding(_ duration: Duration) -> GoTimestamp {
        let (seconds, attoseconds) = duration.components
        return GoTimestamp(
            seconds: self.seconds.addingReportingOverflow(seconds).overflow ? .max / 2 : self.seconds + seconds,
            nanoseconds: nanoseconds + attoseconds / 1_000_000_000)
    }

    static func < (lhs: GoTimestamp, rhs: GoTimestamp) -> Bool {
        (lhs.seconds, lhs.nanoseconds) < (rhs.seconds, rhs.nanoseconds)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
        var value: Int64 = 0
        for digit in digits {
            guard (48...57).contains(digit) else { return nil }
            value = value * 10 + Int64(digit - 48)
        }
        return value
    }

    /// Go takes a fraction only when a digit follows the separator, and cuts it after nine digits.
    private static func takeFraction(_ rest: inout ArraySlice<UInt8>) -> Int64 {
        guard let separator = rest.first, separator == UInt8(ascii: ".") || separator == UInt8(ascii: ",") else {
            return 0
        }
        let digits = rest.dropFirst().prefix { (48...57).contains($0) }
        guard !digits.isEmpty else { return 0 }
        rest = rest.dropFirst(1 + digits.count)
        let kept = digits.prefix(9).map { Int64($0 - 48) }
        return (kept + Array(repeating: 0, count: 9 - kept.count)).reduce(0) { $0 * 10 + $1 }
    }

    private static func days(in month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Howard Hinnant's `days_from_civil`, for years from 0.
    private static func daysSinceEpoch(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}
