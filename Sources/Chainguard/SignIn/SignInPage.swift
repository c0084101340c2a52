import AWSCaller

/// The page of Chainguard's issuer on which a person signs in.
public struct SignInPage: Sendable, Hashable {
    /// The connection that a person signs in over, instead of choosing one on the page.
    public enum Connection: String, Sendable, Hashable, CaseIterable {
        case google = "google-oauth2"
        case github
        case gitlab
        case email
    }

    /// Base URL of the issuer, without a trailing slash.
    public var issuer: String
    /// Whom the token is for.
    public var audience: String
    /// `nil` lets the person choose on the page.
    public var connection: Connection?
    /// A custom identity provider's UIDP, or the name of an organization that has one.
    public var identityProvider: String?

    public init(
        issuer: String, audience: String, connection: Connection? = nil, identityProvider: String? = nil
    ) {
        self.issuer = issuer
        self.audience = audience
        self.connection = connection
        self.identityProvider = identityProvider
    }

    /// The path on this host that the issuer answers to.
    public static let callbackPath = "/callback"

    /// For a browser on this host: the issuer sends it back to `localhost` with the tokens.
    public func url(callbackPort port: Int) -> String {
        url([
            ("exit", "redirect"),
            ("redirect", "http://localhost:\(port)\(Self.callbackPath)?token=true&error=true"),
            ("create_refresh_token", "true"),
        ])
    }

    /// For a browser anywhere: the token is left with the issuer, encrypted for the key that the code is.
    public func url(headlessCode code: String) -> String {
        url([("headless_code", code)])
    }

    private func url(_ first: [(String, String)]) -> String {
        var fields = first + [("audience", audience), ("skip_registration", "true")]
        if let connection { fields.append(("connection", connection.rawValue)) }
        if let identityProvider { fields.append(("idp_id", identityProvider)) }
        return "\(issuer)/oauth?\(PercentEncoding.pairs(fields))"
    }
}
