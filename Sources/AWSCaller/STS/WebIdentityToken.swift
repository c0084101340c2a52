import FoundationEssentials

/// A token of AWS outbound identity federation: a JWT by which others know a principal of the account
/// (`GetWebIdentityToken`, STS API Reference).
public struct WebIdentityToken: Sendable, Hashable {
    /// How the token is signed (`SigningAlgorithm`).
    public enum Algorithm: String, Sendable, Hashable, CaseIterable {
        case es384 = "ES384"
        case rs256 = "RS256"
    }

    /// The JWT. Whoever has it is the principal to its audience until it ends.
    public var token: Secret
    /// When it ends; `nil` when STS did not say it.
    public var expiration: Date?

    public init(token: Secret, expiration: Date? = nil) {
        self.token = token
        self.expiration = expiration
    }
}

extension STSEndpoint {
    /// The endpoint itself, or where it is the global one, which does not offer every action, that of `us-east-1`.
    var regional: STSEndpoint {
        guard url == Self.global.url else { return self }
        return STSEndpoint(
            url: "https://sts.us-east-1.amazonaws.com", signingRegion: "us-east-1",
            origin: "the endpoint of us-east-1, as no region is set and the global one does not offer it")
    }
}

extension STSClient {
    /// A token for an audience. The account must have outbound identity federation switched on and the caller must be
    /// allowed `sts:GetWebIdentityToken`.
    /// - Parameters:
    ///   - audience: whom the token is for, as its `aud` claim will say.
    ///   - lifetime: in seconds, 60 to 3600.
    ///   - endpoint: the global one is replaced by a regional one.
    /// - Throws: `Failure` naming STS's error code and message.
    public func webIdentityToken(
        audience: String, lifetime: Int = 300, algorithm: WebIdentityToken.Algorithm = .es384,
        credentials: AWSCredentials, endpoint: STSEndpoint
    ) async throws(Failure) -> WebIdentityToken {
        let action = "GetWebIdentityToken"
        let endpoint = endpoint.regional
        let exchange = try await call(
            [
                ("Action", action), ("Version", "2011-06-15"), ("Audience.member.1", audience),
                ("DurationSeconds", String(lifetime)), ("SigningAlgorithm", algorithm.rawValue),
            ], credentials: credentials, endpoint: endpoint)
        guard let token = Self.webIdentityToken(exchange.response.body, action) else {
            throw Failure(
                "\(endpoint.url) answered \(action), but not as STS does",
                remedy: "Check that this is an STS endpoint: it is \(endpoint.origin)")
        }
        return token
    }

    /// The query protocol's JSON form gives moments as seconds since 1970, the XML form as text.
    private static func webIdentityToken(_ body: [UInt8], _ action: String) -> WebIdentityToken? {
        if STSAnswer.isXML(body) {
            guard let result = XMLElement.parse(body)?[action + "Result"], let token = result.text("WebIdentityToken")
            else { return nil }
            return WebIdentityToken(
                token: Secret(token), expiration: result.text("Expiration").flatMap(Timestamp.parse))
        }
        guard let result = JSONValue.parse(body)?[action + "Response"]?[action + "Result"],
            let token = result["WebIdentityToken"]?.string
        else { return nil }
        let expiration =
            result["Expiration"]?.number.map { Date(timeIntervalSince1970: $0) }
            ?? result["Expiration"]?.string.flatMap(Timestamp.parse)
        return WebIdentityToken(token: Secret(token), expiration: expiration)
    }
}
