import FoundationEssentials

/// `credential_process`: a command whose output is the credentials.
enum ProcessSource {
    static func examine(_ settings: ChainSettings, _ scope: ProfileScope) -> Examination {
        guard let command = scope.section?["credential_process"] else {
            return .absent("the profile has no credential_process")
        }
        // The command line may hold secrets, so where it stands is shown, not what it says.
        let origins = [ValueOrigin(name: "command", value: nil, location: command.location)]
        return .ready(origins) { () async throws(Failure) in
            var credentials = try await load(command, settings.context)
            credentials.accountID = credentials.accountID ?? scope.section?["aws_account_id"]?.text
            return .loaded(LoadedCredentials(credentials: credentials))
        }
    }

    private static func load(_ command: ConfigValue, _ context: HostContext) async throws(Failure) -> AWSCredentials {
        let name = "The credential_process of \(command.location)"
        let result = try await context.processes.run(
            shell: command.text, environment: context.environment, limit: 1 << 18, timeout: .seconds(60))
        guard result.status == 0 else {
            let words = ConfigText.trimmed(String(decoding: result.standardError, as: UTF8.self)[...])
            throw Failure(
                "\(name) failed with status \(result.status)", remedy: "Run the command by itself to see why",
                detail: STSFailures.bounded(String(words)), category: .noCredentials)
        }
        guard let document = JSONValue.parse(result.standardOutput) else {
            throw Failure("\(name) printed no JSON", remedy: "Check what it prints", category: .noCredentials)
        }
        guard document["Version"]?.number == 1 else {
            throw Failure(
                "\(name) printed a document whose Version is not 1", remedy: "Check the command's version",
                category: .noCredentials)
        }
        guard let credentials = CredentialDocument.credentials(document, tokenName: "SessionToken") else {
            throw Failure(
                "\(name) printed incomplete credentials", remedy: "Check the command", category: .noCredentials)
        }
        guard credentials.expiration.map({ $0 > context.now() }) ?? true else {
            throw Failure(
                "\(name) printed credentials that have expired", remedy: "Sign in again with that tool",
                category: .noCredentials)
        }
        return credentials
    }
}
