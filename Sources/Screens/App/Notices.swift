import AWSCaller
import FoundationEssentials

/// What the line above the footer tells: an error until it is dismissed, what was just done for some seconds.
struct Notices: Sendable, Equatable {
    private(set) var error: String?
    private(set) var done: String?
    /// When `done` has been there long enough.
    private(set) var end: Date?

    var isEmpty: Bool { error == nil && done == nil }

    mutating func fail(_ failure: Failure) {
        error = failure.what + (failure.remedy.isEmpty ? "" : ". \(failure.remedy)")
    }

    mutating func say(_ text: String, now: Date) {
        (done, end) = (text, now.addingTimeInterval(5))
    }

    mutating func expire(now: Date) {
        if let end, end <= now { forgetDone() }
    }

    mutating func forgetDone() {
        (done, end) = (nil, nil)
    }

    mutating func dismiss() {
        self = Notices()
    }
}
