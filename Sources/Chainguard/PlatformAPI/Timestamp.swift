import AWSCaller
import FoundationEssentials

/// RFC 3339 moments, as Chainguard's services write them too.
public typealias Timestamp = AWSCaller.Timestamp

extension Timestamp {
    /// As Chainguard's services write times, to the second in UTC: `2026-08-01T12:00:00Z`.
    public static func format(_ date: Date) -> String {
        let digits = Array(AmzDate.format(date))
        let part = { (range: Range<Int>) in String(digits[range]) }
        return "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(9..<11)):\(part(11..<13)):\(part(13..<15))Z"
    }
}
