import AWSCaller
import FoundationEssentials

/// What the line above the footer says: an error until it is dismissed, anything else for some seconds.
struct Notice: Sendable, Equatable {
    enum Kind: Sendable, Equatable { case error, done }
    var kind: Kind
    var text: String
    /// `nil` stays until dismissed.
    var end: Date?

    static func error(_ failure: Failure) -> Notice {
        let remedy = failure.remedy.isEmpty ? "" : ". \(failure.remedy)"
        return Notice(kind: .error, text: failure.what + remedy, end: nil)
    }

    static func done(_ text: String, now: Date) -> Notice {
        Notice(kind: .done, text: text, end: now.addingTimeInterval(5))
    }
}
