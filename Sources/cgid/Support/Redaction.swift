import AWSCaller

/// Takes out of a text what must not leave the host: every secret that is known, and what looks like one.
struct Redaction: Sendable {
    static let mark = "<redacted>"
    /// The longest first: one may hold another.
    private let known: [String]

    /// - Parameter secrets: of this host; short ones would take ordinary words away.
    init(secrets: [Secret]) {
        known = Set(secrets.map { $0.reveal() }).filter { $0.utf8.count >= 6 }.sorted { $0.count > $1.count }
    }

    func text(_ text: String) -> String {
        let withoutKnown = known.reduce(text) { $0.replacing($1, with: Self.mark) }
        let withoutTokens = Self.replacing(in: withoutKnown, wordsOf: "_-.", where: Self.looksLikeToken)
        return Self.replacing(in: withoutTokens, wordsOf: "+/", where: Self.looksLikeKey)
    }

    /// - Parameter signs: what belongs to a word besides letters and digits.
    private static func replacing(in text: String, wordsOf signs: String, where isSecret: (String) -> Bool) -> String {
        var clean = ""
        var word = ""
        for character in text {
            if character.isASCII, character.isLetter || character.isNumber || signs.contains(character) {
                word.append(character)
            } else {
                clean += isSecret(word) ? mark : word
                clean.append(character)
                word = ""
            }
        }
        return clean + (isSecret(word) ? mark : word)
    }

    /// A JWT, or anything as long and as mixed in base64url.
    private static func looksLikeToken(_ word: String) -> Bool {
        word.count >= 20 && word.hasPrefix("eyJ") || word.count >= 100 && isMixed(word)
    }

    /// A secret access key (40 characters of base64), or a session token; a long path has shorter parts.
    private static func looksLikeKey(_ word: String) -> Bool {
        guard word.count >= 40, isMixed(word) else { return false }
        return word.count == 40 || word.count >= 100 && word.count / (1 + word.count { $0 == "/" }) >= 20
    }

    /// UIDPs, digests and request ids have no capital letters.
    private static func isMixed(_ word: String) -> Bool {
        word.contains(where: \.isUppercase) && word.contains(where: \.isLowercase) && word.contains(where: \.isNumber)
    }
}

extension Environment {
    /// The values of variables whose names say that they hold a secret.
    var secrets: [Secret] {
        let marks = ["SECRET", "TOKEN", "PASSWORD", "PASSWD", "CREDENTIAL", "API_KEY", "PRIVATE_KEY"]
        return variables.filter { name, _ in marks.contains { name.uppercased().contains($0) } }.map { Secret($1) }
    }
}
