import FoundationEssentials

/// A role assumed with an OpenID Connect token from a file: EKS's IAM roles for service accounts, and profiles.
enum WebIdentitySource {
    static func examine(_ settings: ChainSettings, _ scope: ProfileScope) -> Examination {
        func value(_ variable: String, _ key: String) -> ConfigValue? {
            if scope.usesEnvironment, let text = settings.environment[variable] {
                return ConfigValue(text: text, location: variable)
            }
            return scope.section?[key]
        }
        guard let file = value("AWS_WEB_IDENTITY_TOKEN_FILE", "web_identity_token_file") else {
            return .absent("no web identity token file is named")
        }
        let role = value("AWS_ROLE_ARN", "role_arn")
        let session = value("AWS_ROLE_SESSION_NAME", "role_session_name")
        var origins = [ValueOrigin(name: "token file", value: file.text, location: file.location)]
        if let role { origins.append(ValueOrigin(name: "role ARN", value: role.text, location: role.location)) }
        if let session {
            origins.append(ValueOrigin(name: "session name", value: session.text, location: session.location))
        }
        guard let role else {
            return .broken(
                Failure(
                    "\(file.location) names a web identity token file, but no role ARN is set",
                    remedy: "Set AWS_ROLE_ARN, or role_arn beside web_identity_token_file",
                    category: .noCredentials), origins)
        }
        return .ready(origins) { () async throws(Failure) in
            let context = settings.context
            let token = try token(file, context)
            let name = session?.text ?? RoleSession.defaultName(context)
            let answer = try await STSClient(context: context).roleCredentials(
                "AssumeRoleWithWebIdentity",
                [("RoleArn", role.text), ("RoleSessionName", name), ("WebIdentityToken", token.reveal())],
                credentials: nil, endpoint: try STSEndpoint.resolve(settings, profile: scope.section))
            return .loaded(LoadedCredentials(credentials: answer.credentials))
        }
    }

    private static func token(_ file: ConfigValue, _ context: HostContext) throws(Failure) -> Secret {
        let path = HomePath.expand(file.text, context.environment) ?? file.text
        guard let bytes = try context.files.read(path, limit: 1 << 18) else {
            throw Failure(
                "The web identity token file \(file.text) of \(file.location) does not exist",
                remedy: "Check the pod's service account and its projected volume", category: .noCredentials)
        }
        let text = ConfigText.trimmed(String(decoding: bytes, as: UTF8.self)[...])
        guard !text.isEmpty else {
            throw Failure(
                "The web identity token file \(file.text) is empty",
                remedy: "Check the pod's service account and its projected volume", category: .noCredentials)
        }
        return Secret(String(text))
    }
}

/// The name of a role session that nobody chose.
enum RoleSession {
    static func defaultName(_ context: HostContext) -> String {
        "cgid-\(Int(context.now().timeIntervalSince1970))"
    }
}
