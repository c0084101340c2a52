import FoundationEssentials

/// Moments as AWS writes them: RFC 3339 with `Z` or an offset, with or without fractional seconds.
public enum Timestamp {
    /// - Returns: `nil` when the text is of another form or names no real moment. `UTC` is read as `Z`: older tools
    ///   write it.
    public static func parse(_ text: String) -> Date? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            [UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: " ")].contains(bytes[10]),
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":")
        else { return nil }
        let digits = [0..<4, 5..<7, 8..<10, 11..<13, 14..<16, 17..<19].map { number(bytes[$0]) }
        guard let year = digits[0], let month = digits[1], let day = digits[2], let hour = digits[3],
            let minute = digits[4], let second = digits[5]
        else { return nil }
        let civil = CivilDate(year: year, month: month, day: day)
        guard civil.isValid, hour < 24, minute < 60, second < 61 else { return nil }
        var rest = bytes[19...]
        let fraction = takeFraction(&rest)
        guard let offset = offset(rest) else { return nil }
        let whole = civil.daysSince1970 * 86_400 + hour * 3_600 + minute * 60 + second - offset
        return Date(timeIntervalSince1970: Double(whole) + fraction)
    }

    /// To the second in UTC: `2026-08-01T12:00:00Z`.
    public static func format(_ date: Date) -> String {
        let digits = Array(AmzDate.format(date))
        let part = { (range: Range<Int>) in String(digits[range]) }
        return "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(9..<11)):\(part(11..<13)):\(part(13..<15))Z"
    }

    private static func takeFraction(_ rest: inout ArraySlice<UInt8>) -> Double {
        guard rest.first == UInt8(ascii: ".") || rest.first == UInt8(ascii: ",") else { return 0 }
        let digits = rest.dropFirst().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        rest = rest.dropFirst(1 + digits.count)
        return Double("0." + String(decoding: digits, as: UTF8.self)) ?? 0
    }

    /// Seconds east of Greenwich.
    private static func offset(_ rest: ArraySlice<UInt8>) -> Int? {
        let text = String(decoding: rest, as: UTF8.self)
        if ["Z", "z", "UTC"].contains(text) { return 0 }
        let bytes = Array(text.utf8)
        guard bytes.count == 6 || bytes.count == 5, let hours = number(bytes[1..<3]),
            let minutes = number(bytes.suffix(2)), hours < 24, minutes < 60,
            bytes.count == 5 || bytes[3] == UInt8(ascii: ":")
        else { return nil }
        switch bytes[0] {
        case UInt8(ascii: "+"): return hours * 3_600 + minutes * 60
        case UInt8(ascii: "-"): return -(hours * 3_600 + minutes * 60)
        default: return nil
        }
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for byte in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return value
    }
}
