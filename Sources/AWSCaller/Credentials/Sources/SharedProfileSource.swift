/// `aws_access_key_id`, `aws_secret_access_key` and `aws_session_token` of the profile in force.
///
/// Keys that stand in the config file come after a login session and a credential process of the same profile, keys in
/// the credentials file before them: so does the AWS CLI v2; other SDKs put the keys first wherever they stand.
enum SharedProfileSource {
    private static let keys = ["aws_access_key_id", "aws_secret_access_key", "aws_session_token"]

    static func examine(_ settings: ChainSettings, _ scope: ProfileScope) -> Examination {
        guard let section = scope.section else { return .absent("there is no profile '\(scope.name)'") }
        let id = section[keys[0]]
        let secret = section[keys[1]]
        let token = section[keys[2]]
        guard let id else {
            return .absent("the profile '\(scope.name)' has no " + (secret != nil ? "aws_access_key_id" : "keys"))
        }
        var origins = [ValueOrigin(name: "profile", value: scope.name, location: section.location)]
        origins.append(ValueOrigin(name: "access key", value: id.text, location: id.location))
        if let secret { origins.append(ValueOrigin(name: "secret key", value: nil, location: secret.location)) }
        if let token { origins.append(ValueOrigin(name: "session token", value: nil, location: token.location)) }
        if !id.location.hasPrefix(settings.shared.credentialsFile.path + ":") {
            if section["login_session"] != nil { return .deferred(to: .loginSession, origins) }
            if section["credential_process"] != nil { return .deferred(to: .process, origins) }
        }
        guard let secret else {
            return .broken(
                Failure(
                    "Half a key pair in the profile '\(scope.name)': aws_secret_access_key is missing",
                    remedy: "Add it beside \(id.location)", category: .noCredentials), origins)
        }
        let credentials = AWSCredentials(
            accessKeyID: id.text, secretAccessKey: Secret(secret.text),
            sessionToken: token.map { Secret($0.text) }, accountID: section["aws_account_id"]?.text)
        return .ready(origins) { () throws(Failure) in .loaded(LoadedCredentials(credentials: credentials)) }
    }
}
