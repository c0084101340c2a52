import FoundationEssentials

/// The date form of SigV4: ISO 8601 basic, in UTC, whole seconds, as in `20150830T123600Z`.
public enum AmzDate {
    /// Years outside 0000–9999 can't be written and are clamped to the nearest that can.
    public static func format(_ date: Date) -> String {
        String(decoding: bytes(date), as: UTF8.self)
    }

    /// - Returns: `nil` unless the text is exactly of this form and names a real moment.
    public static func parse(_ text: String) -> Date? {
        let bytes = Array(text.utf8)
        guard bytes.count == 16, bytes[8] == UInt8(ascii: "T"), bytes[15] == UInt8(ascii: "Z") else { return nil }
        guard let year = number(bytes[0..<4]), let month = number(bytes[4..<6]), let day = number(bytes[6..<8]),
            let hour = number(bytes[9..<11]), let minute = number(bytes[11..<13]),
            let second = number(bytes[13..<15])
        else { return nil }
        let civil = CivilDate(year: year, month: month, day: day)
        guard civil.isValid, hour < 24, minute < 60, second < 60 else { return nil }
        let seconds = civil.daysSince1970 * 86_400 + hour * 3_600 + minute * 60 + second
        return Date(timeIntervalSince1970: Double(seconds))
    }

    /// The 16 ASCII bytes of the date, for signing without strings.
    public static func bytes(_ date: Date) -> [UInt8] {
        let seconds = min(max(date.timeIntervalSince1970, -62_167_219_200), 253_402_300_799)
        let whole = Int(seconds.rounded(.down))
        let days = (whole >= 0 ? whole : whole - 86_399) / 86_400
        let civil = CivilDate(daysSince1970: days)
        let inDay = whole - days * 86_400
        var output: [UInt8] = []
        output.reserveCapacity(16)
        append(civil.year, 4, to: &output)
        append(civil.month, 2, to: &output)
        append(civil.day, 2, to: &output)
        output.append(UInt8(ascii: "T"))
        append(inDay / 3_600, 2, to: &output)
        append(inDay / 60 % 60, 2, to: &output)
        append(inDay % 60, 2, to: &output)
        output.append(UInt8(ascii: "Z"))
        return output
    }

    private static func append(_ number: Int, _ digits: Int, to output: inout [UInt8]) {
        var divisor = digits == 4 ? 1_000 : 10
        while divisor > 0 {
            output.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
            divisor /= 10
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

/// A day of the proleptic Gregorian calendar, without the cost of a calendar object.
struct CivilDate: Sendable, Equatable {
    var year: Int
    var month: Int
    var day: Int

    init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// Era arithmetic: years begin in March, so that the leap day is the last of its year.
    init(daysSince1970: Int) {
        let shifted = daysSince1970 + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    var daysSince1970: Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let marchMonth = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * marchMonth + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    var isValid: Bool {
        (1...12).contains(month) && (1...31).contains(day) && CivilDate(daysSince1970: daysSince1970) == self
    }
}
