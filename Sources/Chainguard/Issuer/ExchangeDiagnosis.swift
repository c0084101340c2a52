import AWSCaller

/// Turns a refused exchange into its cause and what to do, by the issuer's code and words.
struct ExchangeDiagnosis {
    var issuer: String
    var identity: UIDP?

    private static let service = "Chainguard's issuer"

    func failure(_ error: CallError) -> Failure {
        guard case .refused(let refusal) = error, let (what, remedy) = cause(refusal) else {
            return Failure(error, service: Self.service, doing: "exchange the token")
        }
        return Failure(what, remedy: remedy, detail: refusal.words, category: .notAllowed)
    }

    private var target: String { identity.map { "identity \($0)" } ?? "this login" }

    /// The issuer's codes are coarse, so its words are searched before the code decides.
    private func cause(_ refusal: Refusal) -> (String, String)? {
        let words = refusal.message.lowercased()
        switch refusal.code {
        case .invalidArgument, .unauthenticated, .permissionDenied, .notFound, .failedPrecondition: break
        default: return nil
        }
        if words.contains("rejected") || words.contains("security token") || Self.names("sts", in: words) {
            return (
                "AWS did not accept the signed request that the issuer passed on",
                "Check with cgid whoami that the keys work, and that they belong to the partition aws"
            )
        }
        if words.contains("audience") {
            return (
                "The issuer did not accept the token's audience",
                "Sign for the issuer's own URL, \(issuer), without a trailing slash"
            )
        }
        if words.contains("future") {
            return ("The issuer finds the token dated in the future", "Set this host's clock right; it runs ahead")
        }
        if words.contains("expired") {
            return (
                "The issuer finds the token expired",
                "Try again with a fresh token; if it stays, this host's clock runs behind"
            )
        }
        return identityCause(refusal, words)
    }

    private static func names(_ word: String, in text: String) -> Bool {
        text.split { !$0.isLetter }.contains { $0 == word }
    }

    private func identityCause(_ refusal: Refusal, _ words: String) -> (String, String)? {
        if refusal.code == .notFound || words.contains("not found") {
            return ("Chainguard knows no \(target)", "Check the UIDP: cgid identities list shows them")
        }
        if refusal.code == .permissionDenied || words.contains("match") {
            return (
                "The caller is not one that \(target) lets in",
                "cgid identities match shows which of account, ARN and user id differs"
            )
        }
        guard refusal.code == .unauthenticated else { return nil }
        return (
            "The issuer did not accept the signed request for \(target)",
            "cgid token inspect says what is wrong with a token; cgid identities match, whether the caller fits"
        )
    }
}
