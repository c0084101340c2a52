import AWSCaller
import Chainguard
import FoundationEssentials
import Synchronization
import Transport

/// IAM Identity Center: the portal that trades a person's token for a role's credentials (`GetRoleCredentials`), and
/// the OIDC service that renews the token (`CreateToken`).
final class IdentityCenter: Sendable {
    static let startURL = "https://acme.awsapps.example/start"
    static let permissionSet = "Platform_Admin"
    static let tokenLifetime = 8 * 3600
    private static let clientID = Material.hex("sso client", digits: 24)
    private static let clientSecret = Material.hex("sso client secret", digits: 64)

    private let now: @Sendable () -> Date
    /// How often the token was renewed: each renewal makes the refresh token before it void.
    private let renewals = Mutex(0)

    init(now: @escaping @Sendable () -> Date) {
        self.now = now
    }

    /// - Returns: `nil` for a path of another service.
    func answer(_ request: Incoming) -> Reply? {
        switch (request.method, request.segments) {
        case ("GET", ["federation", "credentials"]): roleCredentials(request)
        case ("POST", ["token"]): createToken(request)
        default: nil
        }
    }

    /// The members of the file that `aws sso login` writes, from now on.
    func cachedToken(lifetime: Int = tokenLifetime) -> [String: String] {
        [
            "startUrl": Self.startURL, "region": MetadataService.region, "accessToken": accessToken(lifetime),
            "expiresAt": moment(lifetime), "clientId": Self.clientID, "clientSecret": Self.clientSecret,
            "registrationExpiresAt": moment(90 * 86_400), "refreshToken": Self.refreshToken(renewals.withLock { $0 }),
        ]
    }

    private func moment(_ seconds: Int) -> String {
        Timestamp.format(now().addingTimeInterval(Double(seconds)))
    }

    /// The time of its end and a mark that only this service makes: it needs no memory.
    private func accessToken(_ lifetime: Int) -> String {
        Self.accessToken(ending: Int(now().timeIntervalSince1970) + lifetime)
    }

    private static func accessToken(ending end: Int) -> String {
        "aoa\(end)-" + Material.hex("sso token ending \(end)", digits: 40)
    }

    private static func refreshToken(_ number: Int) -> String {
        "aor\(number)-" + Material.hex("sso refresh token \(number)", digits: 40)
    }

    private func isGood(_ token: String) -> Bool {
        guard token.hasPrefix("aoa"), let end = Int(token.dropFirst(3).prefix { $0 != "-" }) else { return false }
        return token == Self.accessToken(ending: end) && now().timeIntervalSince1970 < Double(end)
    }

    private func roleCredentials(_ request: Incoming) -> Reply {
        guard let token = request.headers["x-amz-sso_bearer_token"], isGood(token) else {
            return Self.error("UnauthorizedException", 401, "Session token not found or invalid")
        }
        let fields = FormFields(request.query)
        guard let role = fields["role_name"], let account = fields["account_id"] else {
            return Self.error("InvalidRequestException", 400, "role_name and account_id are required")
        }
        let caller = SandboxCaller.named(.identityCenter)
        guard role == Self.permissionSet, account == caller.identity.account else {
            return Self.error("ForbiddenException", 403, "No access")
        }
        let end = now().addingTimeInterval(3600).timeIntervalSince1970.rounded(.down)
        return .json([
            "roleCredentials": RoleCredentials(
                accessKeyId: caller.credentials.accessKeyID,
                secretAccessKey: caller.credentials.secretAccessKey.reveal(),
                sessionToken: caller.credentials.sessionToken?.reveal() ?? "", expiration: Int(end) * 1_000)
        ])
    }

    private struct RoleCredentials: Encodable {
        var accessKeyId: String
        var secretAccessKey: String
        var sessionToken: String
        /// In milliseconds since 1970.
        var expiration: Int
    }

    private static func error(_ type: String, _ status: Int, _ message: String) -> Reply {
        var reply = Reply.json(["message": message], status: status)
        reply.headers.add("x-amzn-ErrorType", type)
        return reply
    }
}

// MARK: - CreateToken

extension IdentityCenter {
    private struct CreateTokenRequest: Decodable {
        var clientId: String?
        var clientSecret: String?
        var grantType: String?
        var refreshToken: String?
    }

    private struct CreatedToken: Encodable {
        var accessToken: String
        var expiresIn: Int
        var refreshToken: String
        var tokenType = "Bearer"
    }

    private func createToken(_ request: Incoming) -> Reply {
        guard let asked = try? JSONDecoder().decode(CreateTokenRequest.self, from: Data(request.body)) else {
            return Self.refusal("InvalidRequestException", "invalid_request", "The request is not JSON")
        }
        guard asked.clientId == Self.clientID, asked.clientSecret == Self.clientSecret else {
            return Self.refusal("InvalidClientException", "invalid_client", "Invalid client", status: 401)
        }
        guard asked.grantType == "refresh_token" else {
            return Self.refusal(
                "UnsupportedGrantTypeException", "unsupported_grant_type", "Only refresh_token is served here")
        }
        return renewals.withLock { renewals in
            guard asked.refreshToken == Self.refreshToken(renewals) else {
                return Self.refusal("InvalidGrantException", "invalid_grant", "Invalid refresh token provided")
            }
            renewals += 1
            return .json(
                CreatedToken(
                    accessToken: accessToken(Self.tokenLifetime), expiresIn: Self.tokenLifetime,
                    refreshToken: Self.refreshToken(renewals)))
        }
    }

    private static func refusal(_ type: String, _ error: String, _ words: String, status: Int = 400) -> Reply {
        var reply = Reply.json(["error": error, "error_description": words], status: status)
        reply.headers.add("x-amzn-ErrorType", type)
        return reply
    }
}
