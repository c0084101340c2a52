/// `aws_access_key_id`, `aws_secret_access_key` and `aws_session_token` of the profile in force.
enum SharedProfileSource {
    private static let keys = ["aws_access_key_id", "aws_secret_access_key", "aws_session_token"]

    static func examine(_ scope: ProfileScope) -> Examination {
        guard let section = scope.section else { return .absent("there is no profile '\(scope.name)'") }
        let id = section[keys[0]]
        let secret = section[keys[1]]
        let token = section[keys[2]]
        guard id != nil || secret != nil else { return .absent("the profile '\(scope.name)' has no keys") }
        var origins = [ValueOrigin(name: "profile", value: scope.name, location: section.location)]
        if let id { origins.append(ValueOrigin(name: "access key", value: id.text, location: id.location)) }
        if let secret { origins.append(ValueOrigin(name: "secret key", value: nil, location: secret.location)) }
        if let token { origins.append(ValueOrigin(name: "session token", value: nil, location: token.location)) }
        guard let id, let secret else {
            let (there, missing) = id != nil ? (keys[0], keys[1]) : (keys[1], keys[0])
            return .broken(
                Failure(
                    "Half a key pair in the profile '\(scope.name)': \(there) is set, \(missing) is not",
                    remedy: "Add \(missing) beside \((id ?? secret)?.location ?? section.location)",
                    category: .noCredentials), origins)
        }
        let credentials = AWSCredentials(
            accessKeyID: id.text, secretAccessKey: Secret(secret.text),
            sessionToken: token.map { Secret($0.text) }, accountID: section["aws_account_id"]?.text)
        return .ready(origins) { () throws(Failure) in .loaded(LoadedCredentials(credentials: credentials)) }
    }
}
