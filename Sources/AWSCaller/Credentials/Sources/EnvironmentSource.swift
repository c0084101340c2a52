/// `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`.
enum EnvironmentSource {
    static func examine(_ settings: ChainSettings) -> Examination {
        let environment = settings.environment
        let id = environment["AWS_ACCESS_KEY_ID"]
        let secret = environment["AWS_SECRET_ACCESS_KEY"]
        // Older tools set the token under this name; botocore reads it second.
        let tokenVariable = ["AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN"].first { environment[$0] != nil }
        var origins: [ValueOrigin] = []
        if let id { origins.append(ValueOrigin(name: "access key", value: id, location: "AWS_ACCESS_KEY_ID")) }
        if secret != nil {
            origins.append(ValueOrigin(name: "secret key", value: nil, location: "AWS_SECRET_ACCESS_KEY"))
        }
        // A secret without an id counts as absent in every SDK; only an id without a secret stops the chain.
        guard let id else {
            return .absent("AWS_ACCESS_KEY_ID is not set" + (secret != nil ? ", though AWS_SECRET_ACCESS_KEY is" : ""))
        }
        if let tokenVariable {
            origins.append(ValueOrigin(name: "session token", value: nil, location: tokenVariable))
        }
        guard let secret else {
            return .broken(
                Failure(
                    "Half a key pair in the environment: AWS_ACCESS_KEY_ID is set, AWS_SECRET_ACCESS_KEY is not",
                    remedy: "Set AWS_SECRET_ACCESS_KEY too, or unset AWS_ACCESS_KEY_ID", category: .noCredentials),
                origins)
        }
        let credentials = AWSCredentials(
            accessKeyID: id, secretAccessKey: Secret(secret),
            sessionToken: tokenVariable.flatMap { environment[$0] }.map { Secret($0) },
            expiration: environment["AWS_CREDENTIAL_EXPIRATION"].flatMap(Timestamp.parse),
            accountID: environment["AWS_ACCOUNT_ID"])
        return .ready(origins) { () throws(Failure) in
            .loaded(LoadedCredentials(credentials: credentials, findings: staleToken(credentials, tokenVariable)))
        }
    }

    private static func staleToken(_ credentials: AWSCredentials, _ variable: String?) -> [CallerFinding] {
        guard let variable, credentials.accessKeyID.hasPrefix("AKIA") else { return [] }
        return [
            CallerFinding(
                severity: .warning,
                text: "\(variable) stands beside a long-term key (AKIA…), which has no session token: a leftover",
                remedy: "unset \(variable)")
        ]
    }
}
