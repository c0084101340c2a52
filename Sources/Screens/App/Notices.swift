import AWSCaller
import FoundationEssentials

/// What the line above the footer tells: an error until it is dismissed, a word about what was just done, or
/// could not be, for some seconds.
struct Notices: Sendable, Equatable {
    private(set) var error: String?
    private(set) var word: Word?

    /// Something short about what the person just did.
    struct Word: Sendable, Equatable {
        enum Kind: Sendable { case done, refused }
        var kind: Kind
        var text: String
        /// When it has been there long enough.
        var end: Date
    }

    var isEmpty: Bool { error == nil && word == nil }

    mutating func fail(_ failure: Failure) {
        error = failure.what + (failure.remedy.isEmpty ? "" : ". \(failure.remedy)")
    }

    mutating func say(_ text: String, _ kind: Word.Kind = .done, now: Date) {
        word = Word(kind: kind, text: text, end: now.addingTimeInterval(5))
    }

    mutating func expire(now: Date) {
        if let word, word.end <= now { forgetWord() }
    }

    mutating func forgetWord() {
        word = nil
    }

    mutating func dismiss() {
        self = Notices()
    }
}
