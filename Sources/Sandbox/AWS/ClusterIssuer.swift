import Chainguard
import FoundationEssentials
import JWTKit

/// The OpenID Connect issuer of a Kubernetes cluster, for which the sandbox's account has an identity provider: what
/// makes IAM roles for service accounts work.
struct ClusterIssuer: Sendable {
    /// What a service account's token has to be for.
    static let audience = "sts.amazonaws.com"

    let url: String
    private let keys: JWTKeyCollection

    static func url(_ baseURL: String) -> String { baseURL + "/oidc" }

    init(url: String) async throws {
        self.url = url
        keys = try await IssuerKey.workload.collection()
    }

    /// Discovery and keys (OpenID Connect Discovery 1.0).
    func answer(_ request: Incoming) -> Reply {
        switch (request.method, request.segments) {
        case ("GET", [".well-known", "openid-configuration"]):
            .json(Discovery(issuer: url, jwksURI: url + "/keys"))
        case ("GET", ["keys"]): .json(IssuerKey.workload.keySet)
        default: .text("Not Found", status: 404)
        }
    }

    private struct Discovery: Encodable {
        var issuer: String
        var jwksURI: String
        var algorithms = ["ES256"]
        var subjectTypes = ["public"]
        var responseTypes = ["id_token"]

        private enum CodingKeys: String, CodingKey {
            case issuer
            case jwksURI = "jwks_uri"
            case algorithms = "id_token_signing_alg_values_supported"
            case subjectTypes = "subject_types_supported"
            case responseTypes = "response_types_supported"
        }
    }

    /// The claims of a token that this cluster signed for STS.
    /// - Throws: `InvalidIdentityToken` or `ExpiredTokenException`, as STS does.
    func verified(_ token: String, at now: Date) async throws(STSError) -> ForeignPayload {
        guard let claims = try? await keys.unverified(token, as: ForeignPayload.self) else {
            throw .invalidToken("The ID Token provided is not a valid JWT.")
        }
        guard claims.issuer == url else {
            throw .invalidToken("No OpenIDConnect provider found in your account for \(claims.issuer)")
        }
        guard claims.audience.contains(Self.audience) else { throw .invalidToken("Incorrect token audience") }
        guard (try? await keys.verify(token, as: ForeignPayload.self)) != nil else {
            throw .invalidToken("Token signature invalid")
        }
        guard now.timeIntervalSince1970 < claims.expiry else {
            let end = Date(timeIntervalSince1970: claims.expiry)
            throw STSError(
                "ExpiredTokenException", status: 400,
                "Token expired: current date/time \(Timestamp.format(now)) must be before the expiration date/time "
                    + Timestamp.format(end))
        }
        return claims
    }
}

extension STSError {
    fileprivate static func invalidToken(_ message: String) -> STSError {
        STSError("InvalidIdentityToken", status: 400, message)
    }
}
