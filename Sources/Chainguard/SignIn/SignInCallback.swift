import AWSCaller
import FoundationEssentials
import Transport

/// What the issuer's redirect brings back to this host.
struct SignInCallback {
    /// - Parameters:
    ///   - query: undecoded, without `?`.
    ///   - console: where people register.
    /// - Throws: `Failure` of category `.notAllowed` when the sign-in was refused, or brings no token.
    static func tokens(query: String, console: String) throws(Failure) -> IssuedTokens {
        let fields = fields(query)
        // The redirect's own `token=true` and `error=true` may still be there, before the answer.
        if let token = fields.last(where: { $0.name == "token" && $0.value.contains(".") })?.value {
            let refresh = fields.last { $0.name == "refresh_token" && !$0.value.isEmpty }?.value
            return IssuedTokens(
                token: Secret(token), refreshToken: refresh.map(Secret.init),
                expiry: JWTClaims(unverified: token)?.expiry)
        }
        let status = fields.last { $0.name == "status_code" }?.value
        let words = fields.last { $0.name == "error" && $0.value != "true" }?.value ?? ""
        if status == "404" {
            throw Problem.notRegistered.failure(["console": console], detail: String(words.prefix(300)))
        }
        throw Failure(
            words.isEmpty ? "The browser brought no token back" : "Chainguard refused the sign-in",
            remedy: "Try again; 'cgid signin --headless' does without the way back to this host",
            detail: String(words.prefix(300)), category: .notAllowed)
    }

    private static func fields(_ query: String) -> [(name: String, value: String)] {
        query.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(decoded)
            return (parts[0], parts.count > 1 ? parts[1] : "")
        }
    }

    /// `+` stays in a token's base64; a space is written `%20` or `+`, and no token holds one.
    private static func decoded(_ text: Substring) -> String {
        String(text).removingPercentEncoding ?? String(text)
    }

    /// The page that the person sees last; it takes the token out of the address bar.
    static func page(query: String) -> CallbackListener.Page {
        do {
            _ = try tokens(query: query, console: "")
            return .init(
                html: document("Signed in", "You are signed in to Chainguard. Close this page and go back to cgid."))
        } catch {
            return .init(status: 400, html: document("Not signed in", "The sign-in failed; cgid says why."))
        }
    }

    private static func document(_ title: String, _ text: String) -> String {
        """
        <!doctype html><html lang="en"><meta charset="utf-8"><title>\(title)</title>
        <body style="font: 1.2em sans-serif; margin: 20vh auto; max-width: 30em">
        <h1>\(title)</h1><p>\(text)</p><script>history.replaceState(null, "", "/")</script></body></html>

        """
    }
}
