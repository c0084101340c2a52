import AWSCaller

/// What Chainguard's services answer instead of what was asked for.
extension Problem {
    static let webPage = Problem(
        "captive-portal", "{service} answered with a web page instead of {expected}",
        cause: "A captive portal or a proxy answers in the service's place, or the address is another one's",
        remedy: "Sign in to this network in a browser, or check the proxy and the address: cgid info --check")
    static let redirected = Problem(
        "redirected", "{service} answered with a redirect instead of {expected}",
        cause: "A captive portal or a proxy answers in the service's place; tokens are never sent after a redirect",
        remedy: "Sign in to this network in a browser, or check the proxy and the address: cgid info --check")
    static let notUnderstood = Problem(
        "answer-not-understood", "{service} answered something that is not {expected}",
        cause: "The address leads to another service, or something on the way changes the answers",
        remedy: "Check the configured address and any proxy on the way: cgid info --check")
    static let rateLimited = Problem(
        "rate-limited", "{service} was asked too often",
        cause: "Too many requests in a short time, from this login or this network", remedy: "Wait {wait} and try again"
    )
    static let unavailable = Problem(
        "service-unavailable", "{service} failed to {doing}", cause: "A fault there, or maintenance",
        remedy: "Try again {when}; https://status.chainguard.dev shows known faults")
    static let tokenRefused = Problem(
        "token-refused", "{service} did not accept the token{whose} to {doing}",
        cause: "The kept token was revoked, has ended meanwhile, or is for another audience",
        remedy: "Sign in again: cgid signin, or cgid login for an identity", category: .notAllowed)
    /// The kept API token is at its end and nothing renews it.
    public static let tokenExpired = Problem(
        "token-expired", "The kept Chainguard token expired at {until}",
        cause: "API tokens last up to an hour, and there is no refresh token, or it was used up",
        remedy: "Sign in with cgid signin, or assume the identity again with cgid login", category: .notAllowed)
    static let notAllowed = Problem(
        "not-allowed", "{who} may not {doing}", cause: "No role with the capability is bound to this login",
        remedy: "{grant}", category: .notAllowed)
    /// Nobody has signed in yet.
    public static let notSignedIn = Problem(
        "not-signed-in", "{who} to Chainguard", cause: "The token cache holds nothing for this audience and alias",
        remedy: "Sign in with cgid signin, or assume an identity with cgid login --identity UIDP",
        category: .notAllowed)

    static let service = [
        webPage, redirected, notUnderstood, rateLimited, unavailable, tokenRefused, tokenExpired, notAllowed,
        notSignedIn,
    ]
}
