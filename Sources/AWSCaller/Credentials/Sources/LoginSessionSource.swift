import Crypto
import FoundationEssentials

/// Profiles made by `aws login`, whose cache file holds the session's present credentials.
///
/// They are used as long as they hold. Renewing them takes a DPoP proof (RFC 9449) with the key in that file, which is
/// left to the AWS CLI: it writes the renewed credentials back there.
enum LoginSessionSource {
    static func examine(_ settings: ChainSettings, _ scope: ProfileScope) -> Examination {
        guard let session = scope.section?["login_session"] else { return .absent("the profile has no login_session") }
        let file = cacheFile(session.text, settings.environment)
        let origins = [
            ValueOrigin(name: "login session", value: session.text, location: session.location),
            ValueOrigin(name: "cached credentials", value: nil, location: file),
        ]
        return .ready(origins) { () throws(Failure) in
            .loaded(LoadedCredentials(credentials: try read(file, scope.name, settings.context)))
        }
    }

    /// Named by the SHA-256 of the session, as the AWS CLI names it.
    private static func cacheFile(_ session: String, _ environment: Environment) -> String {
        let folder = environment["AWS_LOGIN_CACHE_DIRECTORY"] ?? "~/.aws/login/cache"
        return "\(folder)/\(Hex.encode(SHA256.hash(data: Array(session.utf8)))).json"
    }

    private static func read(
        _ file: String, _ profile: String, _ context: HostContext
    ) throws(Failure) -> AWSCredentials {
        let signIn = "Run: aws login --profile \(profile)"
        guard let path = HomePath.expand(file, context.environment),
            let bytes = try context.files.read(path, limit: 1 << 18)
        else {
            throw Failure(
                "Not signed in with 'aws login' for the profile '\(profile)'", remedy: signIn,
                detail: "\(file) does not exist", category: .noCredentials)
        }
        guard let token = JSONValue.parse(bytes)?["accessToken"], let id = token["accessKeyId"]?.string,
            let secret = token["secretAccessKey"]?.string, let session = token["sessionToken"]?.string,
            let expiry = token["expiresAt"]?.string.flatMap(Timestamp.parse)
        else {
            throw Failure("\(file) holds no login session that can be read", remedy: signIn, category: .noCredentials)
        }
        guard expiry > context.now() else {
            throw Failure(
                "The credentials of the profile '\(profile)' from 'aws login' have expired",
                remedy: "Run: aws sts get-caller-identity --profile \(profile), which renews them; if that fails, "
                    + "aws login --profile \(profile)", detail: "\(file) ended \(AmzDate.format(expiry))",
                category: .noCredentials)
        }
        return AWSCredentials(
            accessKeyID: id, secretAccessKey: Secret(secret), sessionToken: Secret(session), expiration: expiry,
            accountID: token["accountId"]?.string)
    }
}
