import AWSCaller

/// Turns a refused exchange into its cause and what to do, by the issuer's code and words.
struct ExchangeDiagnosis {
    var issuer: String
    var identity: UIDP?

    private static let service = "Chainguard's issuer"

    func failure(_ error: CallError) -> Failure {
        guard case .refused(let refusal) = error, let problem = problem(refusal) else {
            return Failure(error, service: Self.service, doing: "exchange the token")
        }
        let target = identity.map { "identity \($0)" } ?? "this login"
        // That there is no such identity is all the issuer says then.
        let detail = problem == .identityUnknown ? "" : refusal.words
        return problem.failure(["target": target, "issuer": issuer], detail: detail)
    }

    /// The issuer's codes are coarse, so its words are searched before the code decides.
    private func problem(_ refusal: Refusal) -> Problem? {
        let words = Self.words(refusal.message)
        switch refusal.code {
        case .invalidArgument, .unauthenticated, .permissionDenied, .notFound, .failedPrecondition: break
        default: return nil
        }
        if words.contains("rejected") || words.contains("security token") || Self.names("sts", in: words) {
            return .rejectedBySTS
        }
        if words.contains("audience") { return .audienceRefused }
        if words.contains("future") { return .proofFuture }
        if words.contains("expired") { return .proofExpired }
        if refusal.code == .notFound || words.contains("not found") { return .identityUnknown }
        if refusal.code == .permissionDenied || words.contains("match") { return .callerRefused }
        return refusal.code == .unauthenticated ? .proofRefused : nil
    }

    /// In lower case, without ARNs: their `sts` and their names say nothing about what happened.
    private static func words(_ message: String) -> String {
        message.lowercased().split(separator: " ").filter { !$0.contains("arn:") }.joined(separator: " ")
    }

    private static func names(_ word: String, in text: String) -> Bool {
        text.split { !$0.isLetter }.contains { $0 == word }
    }
}
