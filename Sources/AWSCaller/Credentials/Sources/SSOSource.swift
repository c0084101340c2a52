import Crypto
import FoundationEssentials
import Transport

/// IAM Identity Center: the portal trades the token that `aws sso login` left for a role's credentials.
enum SSOSource {
    /// What a profile and its sso-session say together.
    private struct Settings: Sendable {
        var account: ConfigValue
        var role: ConfigValue
        var startURL: ConfigValue
        var region: ConfigValue
        var session: ConfigValue?
        var profile: String

        /// The session's name, or the start URL of a profile without one.
        var cacheKey: String { session?.text ?? startURL.text }
    }

    static func examine(_ settings: ChainSettings, _ scope: ProfileScope) -> Examination {
        guard let section = scope.section,
            ["sso_account_id", "sso_role_name"].contains(where: { section[$0] != nil })
        else { return .absent("the profile names no SSO account and role") }
        let origins = ["sso_session", "sso_start_url", "sso_account_id", "sso_role_name"].compactMap { key in
            section[key].map { ValueOrigin(name: key, value: $0.text, location: $0.location) }
        }
        do throws(Failure) {
            let sso = try read(section, settings.shared)
            return .ready(origins) { () async throws(Failure) in
                .loaded(try await load(sso, settings, section))
            }
        } catch {
            return .broken(error, origins)
        }
    }

    private static func read(_ section: ConfigSection, _ shared: SharedConfig) throws(Failure) -> Settings {
        var values = section
        if let name = section["sso_session"] {
            guard let session = shared.ssoSessions[name.text] else {
                let near = Suggestion.nearest(to: name.text, among: shared.ssoSessions.keys)
                throw Failure(
                    "The sso-session '\(name.text)' (\(name.location)) does not exist",
                    remedy: near.map { "Did you mean '\($0)'?" }
                        ?? "Add [sso-session \(name.text)], or correct the name",
                    category: .noCredentials)
            }
            for (key, value) in session.properties {
                if let own = section[key], own.text != value.text, key.hasPrefix("sso_") {
                    throw Failure(
                        "\(key) differs between the profile (\(own.location)) and its sso-session (\(value.location))",
                        remedy: "Remove it from the profile", category: .noCredentials)
                }
                values.properties[key] = value
            }
        }
        let keys = ["sso_account_id", "sso_role_name", "sso_start_url", "sso_region"]
        let missing = keys.filter { values[$0] == nil }
        guard missing.isEmpty, let account = values[keys[0]], let role = values[keys[1]],
            let startURL = values[keys[2]], let region = values[keys[3]]
        else {
            throw Failure(
                "The profile '\(section.name)' uses SSO, but lacks \(missing.joined(separator: ", "))",
                remedy: "Run: aws configure sso --profile \(section.name)", category: .noCredentials)
        }
        return Settings(
            account: account, role: role, startURL: startURL, region: region, session: section["sso_session"],
            profile: section.name)
    }

    private static func load(
        _ sso: Settings, _ settings: ChainSettings, _ section: ConfigSection
    ) async throws(Failure) -> LoadedCredentials {
        guard let partition = Partition.ofRegion(sso.region.text) else {
            throw Failure(
                "The sso_region '\(sso.region.text)' (\(sso.region.location)) is not the name of a region",
                remedy: "Set it to one such as us-east-1", category: .noCredentials)
        }
        let kept = try await store(sso, settings, section, partition).token()
        let configured = base("SSO", settings, section)
        let base = configured ?? "https://\(settings.host(of: "portal.sso", region: sso.region.text, partition))"
        let query =
            "role_name=\(PercentEncoding.encode(sso.role.text))&account_id=\(PercentEncoding.encode(sso.account.text))"
        let request = HTTPRequest(
            .get, "\(base)/federation/credentials?\(query)", headers: ["x-amz-sso_bearer_token": kept.token.reveal()],
            maximumAnswerBytes: 1 << 18, allowsPlainHTTP: configured?.hasPrefix("http://") == true)
        let name = "The SSO portal \(base)"
        let response: HTTPResponse
        do {
            response = try await settings.context.transport.send(request)
        } catch {
            throw Failure(
                "\(name) did not answer: \(error.reason.words)", remedy: "Check the network and the sso_region",
                detail: error.detail, category: error.reason == .cancelled ? .cancelled : .service)
        }
        guard response.status == 200 else { throw refusal(response, name, sso) }
        guard let fields = JSONValue.parse(response.body)?["roleCredentials"],
            let id = fields["accessKeyId"]?.string, let secret = fields["secretAccessKey"]?.string
        else {
            throw Failure("\(name) answered, but with no credentials", remedy: "Check what serves that address")
        }
        let credentials = AWSCredentials(
            accessKeyID: id, secretAccessKey: Secret(secret),
            sessionToken: fields["sessionToken"]?.string.map { Secret($0) },
            expiration: fields["expiration"]?.number.map { Date(timeIntervalSince1970: $0 / 1_000) },
            accountID: sso.account.text)
        return LoadedCredentials(credentials: credentials, findings: kept.findings)
    }

    private static func store(
        _ sso: Settings, _ settings: ChainSettings, _ section: ConfigSection, _ partition: Partition
    ) -> SSOTokenStore {
        let digest = Hex.encode(Insecure.SHA1.hash(data: Array(sso.cacheKey.utf8)))
        let standard = "https://\(settings.host(of: "oidc", region: sso.region.text, partition))"
        return SSOTokenStore(
            context: settings.context, file: "~/.aws/sso/cache/\(digest).json", profile: sso.profile,
            service: sso.session == nil ? nil : base("SSO_OIDC", settings, section) ?? standard)
    }

    /// A configured endpoint without a slash at its end.
    private static func base(_ service: String, _ settings: ChainSettings, _ section: ConfigSection) -> String? {
        guard var base = ConfiguredEndpoint.find(service, settings, profile: section)?.value.text else { return nil }
        while base.hasSuffix("/") { base.removeLast() }
        return base
    }

    private static func refusal(_ response: HTTPResponse, _ name: String, _ sso: Settings) -> Failure {
        let message = JSONValue.parse(response.body)?["message"]?.string ?? ""
        let remedy =
            switch response.status {
            case 401: "Run: aws sso login --profile \(sso.profile)"
            case 403, 404:
                "Check that the role \(sso.role.text) of account \(sso.account.text) is assigned to you"
            default: "Try again in a moment"
            }
        return Failure(
            "\(name) refused the credentials of \(sso.role.text) in \(sso.account.text) (status \(response.status))",
            remedy: remedy, detail: STSFailures.bounded(message), category: .noCredentials)
    }
}
