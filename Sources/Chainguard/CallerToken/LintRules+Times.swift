import AWSCaller
import FoundationEssentials

extension LintRules {
    /// From when and until when the token is good.
    static func times(_ subject: LintSubject) -> [TokenFinding] {
        let place = "header \(TokenHeader.date)"
        guard let text = subject.value(TokenHeader.date) else {
            return [
                subject.error("missing-date", place, "The request has no date.", "Sign the header \(TokenHeader.date).")
            ]
        }
        guard let date = GoTimestamp(amzDate: Array(text.utf8)) else {
            return [
                subject.error(
                    "date-form", place, "“\(text)” is not of the form 20150830T123600Z.",
                    "Write it in that form, in UTC.")
            ]
        }
        return window(subject, date, place) + fraction(subject, date, place)
    }

    private static func window(_ subject: LintSubject, _ date: GoTimestamp, _ place: String) -> [TokenFinding] {
        let now = GoTimestamp(subject.now)
        let end = date.adding(CallerTokenGenerator.lifetime)
        let skew = TokenVerifier.Options(identity: "").clockSkew
        if end < now {
            return [
                subject.error(
                    "expired", place,
                    "The token ended \(TimeText.rough(Int(now.seconds - end.seconds))) ago; it is good for 15 minutes.",
                    "Make a new one.")
            ]
        }
        if date > now.adding(skew) {
            return [
                subject.error(
                    "future-dated", place,
                    "The token's date is \(TimeText.exact(Int(date.seconds - now.seconds))) ahead of this clock.",
                    "Set the clock of the host that signs.")
            ]
        }
        if date > now.adding(.seconds(2)) {
            return [
                subject.note(
                    "clock-ahead", place,
                    "The token's date is \(TimeText.exact(Int(date.seconds - now.seconds))) ahead of this clock; up to 5 minutes pass."
                )
            ]
        }
        let left = end.seconds - now.seconds
        guard left < 120 else { return [] }
        return [
            subject.warning(
                "near-expiry", place, "The token is good for only \(TimeText.exact(Int(left))) more.",
                "Use it at once, or make a new one.")
        ]
    }

    private static func fraction(_ subject: LintSubject, _ date: GoTimestamp, _ place: String) -> [TokenFinding] {
        guard let text = subject.value(TokenHeader.date), text.utf8.count > 16 else { return [] }
        return [
            subject.warning(
                "fractional-date", place, "The date carries fractions of a second, which SigV4 does not have.",
                "Write whole seconds.")
        ]
    }
}
