import FoundationEssentials
import Transport

extension LintRules {
    /// The headers that bind a token to one audience, one identity and one time.
    static func binding(_ subject: LintSubject) -> [TokenFinding] {
        [duplicates, audience, identity].flatMap { $0(subject) }
    }

    private static func duplicates(_ subject: LintSubject) -> [TokenFinding] {
        let names = [TokenHeader.authorization, TokenHeader.date, TokenHeader.audience, TokenHeader.identity]
        return names.filter { subject.request.headers.values($0).count > 1 }.map { name in
            subject.finding(
                .duplicateHeader, "header \(name)", "\(name) comes more than once; Chainguard refuses that.",
                "Keep one.")
        }
    }

    private static func audience(_ subject: LintSubject) -> [TokenFinding] {
        let place = "header \(TokenHeader.audience)"
        let wanted = subject.audiences.joined(separator: " or ")
        guard let audience = subject.request.audience.map(canonical), !audience.isEmpty else {
            return [
                subject.finding(
                    .missingAudience, place, "The token names no audience.",
                    "Sign the header \(TokenHeader.audience): \(wanted).")
            ]
        }
        let allowed = subject.audiences.map(canonical)
        guard !allowed.contains(where: { $0.utf8.elementsEqual(audience.utf8) }) else { return [] }
        if allowed.contains(where: { audience == $0 + "/" }) {
            return [
                subject.finding(
                    .audienceTrailingSlash, place, "The audience ends in a slash, \(wanted) does not.",
                    "Remove the slash and sign again.")
            ]
        }
        return [
            subject.finding(
                .audience, place, "The token is for \(audience), not for \(wanted).", "Sign one for \(wanted).")
        ]
    }

    private static func identity(_ subject: LintSubject) -> [TokenFinding] {
        let place = "header \(TokenHeader.identity)"
        guard let identity = subject.request.identity.map(canonical), !identity.isEmpty else {
            return [
                subject.finding(
                    .missingIdentity, place, "The token names no identity.",
                    "Sign the header \(TokenHeader.identity) with the identity's UIDP.")
            ]
        }
        if let expected = subject.expectedIdentity.map(canonical), !expected.utf8.elementsEqual(identity.utf8) {
            return [
                subject.finding(
                    .identity, place, "The token names \(identity), expected is \(expected).",
                    "Sign one for \(expected).")
            ]
        }
        guard UIDP(identity) == nil else { return [] }
        return [
            subject.finding(
                .identityForm, place, "“\(identity)” is not of the form of a UIDP, so no identity has it.",
                "Use 40 hexadecimal digits, and /16 more for each level below the organization.")
        ]
    }

    private static func canonical(_ text: String) -> String {
        String(decoding: GoHeader.canonicalValue(Array(text.utf8)), as: UTF8.self)
    }
}
