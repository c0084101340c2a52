import AWSCaller
import FoundationEssentials

/// What the line above the footer tells: an error until it is dismissed or what failed has succeeded, a word about what
/// was just done, or could not be, for some seconds.
struct Notices: Sendable, Equatable {
    private(set) var error: String?
    private(set) var word: Word?
    /// What was asked when the error came.
    private var failed: Job.Question?

    /// Something short about what the person just did.
    struct Word: Sendable, Equatable {
        enum Kind: Sendable { case done, refused }
        var kind: Kind
        var text: String
        /// When it has been there long enough.
        var end: Date
    }

    var isEmpty: Bool { error == nil && word == nil }

    mutating func fail(_ failure: Failure, of question: Job.Question) {
        failed = question
        error = failure.what + (failure.remedy.isEmpty ? "" : ". \(failure.remedy)")
    }

    mutating func succeed(_ question: Job.Question) {
        if failed == question { (error, failed) = (nil, nil) }
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
