import AWSCaller
import FoundationEssentials

extension LintRules {
    /// From when and until when the token is good.
    static func times(_ subject: LintSubject) -> [TokenFinding] {
        let place = "header \(TokenHeader.date)"
        guard let text = subject.value(TokenHeader.date) else {
            return [
                subject.finding(.missingDate, place, "The request has no date.", "Sign the header \(TokenHeader.date).")
            ]
        }
        guard let date = GoTimestamp(amzDate: Array(text.utf8)) else {
            return [
                subject.finding(
                    .dateForm, place, "“\(text)” is not of the form 20150830T123600Z.",
                    "Write it in that form, in UTC.")
            ]
        }
        return window(subject, date, place) + fraction(subject, date, place) + credentials(subject, date)
    }

    private static func window(_ subject: LintSubject, _ date: GoTimestamp, _ place: String) -> [TokenFinding] {
        let now = GoTimestamp(subject.now)
        let end = date.adding(CallerTokenGenerator.lifetime)
        let skew = TokenVerifier.Options(identity: "").clockSkew
        if end < now {
            return [
                subject.finding(
                    .expired, place,
                    "The token ended \(TimeText.rough(Int(now.seconds - end.seconds))) ago; it is good for 15 minutes.",
                    "Make a new one.")
            ]
        }
        if date > now.adding(skew) {
            return [
                subject.finding(
                    .futureDated, place,
                    "The token's date is \(TimeText.exact(Int(date.seconds - now.seconds))) ahead of this clock.",
                    "Set the clock of the host that signs.")
            ]
        }
        if date > now.adding(.seconds(2)) {
            return [
                subject.finding(
                    .clockAhead, place,
                    "The token's date is \(TimeText.exact(Int(date.seconds - now.seconds))) ahead of this clock; up to 5 minutes pass."
                )
            ]
        }
        let left = end.seconds - now.seconds
        guard left < 120 else { return [] }
        return [
            subject.finding(
                .nearExpiry, place, "The token is good for only \(TimeText.exact(Int(left))) more.",
                "Use it at once, or make a new one.")
        ]
    }

    private static func fraction(_ subject: LintSubject, _ date: GoTimestamp, _ place: String) -> [TokenFinding] {
        guard let text = subject.value(TokenHeader.date), text.utf8.count > 16 else { return [] }
        return [
            subject.finding(
                .fractionalDate, place, "The date carries fractions of a second, which SigV4 does not have.",
                "Write whole seconds.")
        ]
    }

    /// Nothing is known of the credentials of others.
    private static func credentials(_ subject: LintSubject, _ date: GoTimestamp) -> [TokenFinding] {
        guard let end = subject.credentialsEnd.map(GoTimestamp.init) else { return [] }
        let place = "the credentials that signed it"
        let left = end.seconds - GoTimestamp(subject.now).seconds
        if left <= 0 {
            return [
                subject.finding(
                    .credentialsExpired, place,
                    "The credentials ended \(TimeText.rough(Int(-left))) ago: STS will refuse the token.",
                    "Renew them and sign again.")
            ]
        }
        guard end < date.adding(CallerTokenGenerator.lifetime) else {
            return [
                subject.finding(
                    .credentialsExpiry, place, "The credentials are good for \(TimeText.exact(Int(left))) more.")
            ]
        }
        return [
            subject.finding(
                .credentialsEndFirst, place,
                "The credentials end in \(TimeText.exact(Int(left))), and the token with them.",
                "Use it before that, or renew them and sign again.")
        ]
    }
}
