import FoundationEssentials
import Transport

/// The token that `aws sso login` keeps below `~/.aws/sso/cache`, and its renewal through OIDC `CreateToken`.
///
/// The rules are botocore's `SSOTokenProvider`: only a profile with an `sso_session` is renewed, in the token's last 15
/// minutes or after its end, when the file holds a refresh token and a client registration that has not ended. Other
/// SDKs begin five minutes before the end.
struct SSOToken: Sendable {
    static let window: TimeInterval = 15 * 60

    var access: Secret
    var expiry: Date
    /// The whole file, so that nothing in it is lost when it is written back.
    var document: JSONValue

    /// - Returns: `nil` when the bytes are no such document.
    init?(_ bytes: [UInt8]) {
        guard let document = JSONValue.parse(bytes), let access = document["accessToken"]?.string,
            let expiry = document["expiresAt"]?.string.flatMap(Timestamp.parse)
        else { return nil }
        self.init(access: Secret(access), expiry: expiry, document: document)
    }

    init(access: Secret, expiry: Date, document: JSONValue) {
        self.access = access
        self.expiry = expiry
        self.document = document
    }

    /// What `CreateToken` needs, unless something is missing or the registration has ended.
    func refreshRequest(at now: Date) -> Secret? {
        guard let refresh = document["refreshToken"]?.string, let id = document["clientId"]?.string,
            let secret = document["clientSecret"]?.string,
            let end = document["registrationExpiresAt"]?.string.flatMap(Timestamp.parse), end > now
        else { return nil }
        let request = JSONValue.object([
            "grantType": .string("refresh_token"), "clientId": .string(id), "clientSecret": .string(secret),
            "refreshToken": .string(refresh),
        ])
        return Secret(request.compact)
    }

    /// The token as `CreateToken` answered; the old refresh token is kept when no new one came.
    func renewed(by answer: JSONValue, at now: Date) -> SSOToken? {
        guard let access = answer["accessToken"]?.string, let seconds = answer["expiresIn"]?.number, seconds > 0 else {
            return nil
        }
        let expiry = Date(timeIntervalSince1970: (now.timeIntervalSince1970 + seconds).rounded(.down))
        var document = document
        document.set(.string(access), at: "accessToken")
        document.set(.string(expiry.formatted(.iso8601)), at: "expiresAt")
        if let refresh = answer["refreshToken"]?.string { document.set(.string(refresh), at: "refreshToken") }
        return SSOToken(access: Secret(access), expiry: expiry, document: document)
    }
}

/// Finds the token of one profile and keeps it alive.
struct SSOTokenStore: Sendable {
    let context: HostContext
    /// As people write it, with `~`.
    let file: String
    let profile: String
    /// The OIDC service; `nil` for a profile without an `sso_session`, whose token is never renewed.
    let service: String?

    private var login: String { "Run: aws sso login --profile \(profile)" }

    struct Outcome {
        var token: Secret
        var findings: [CallerFinding] = []
    }

    /// A token that is good now.
    /// - Throws: `Failure` with the command that signs in, when there is none.
    func token() async throws(Failure) -> Outcome {
        guard try renewable() != nil else { return Outcome(token: try good(try read(), because: "")) }
        // Whoever waited here finds the token that the one before renewed.
        let lock = await lock()
        defer { withExtendedLifetime(lock) {} }
        guard let due = try renewable() else { return Outcome(token: try good(try read(), because: "")) }
        do throws(Failure) {
            let renewed = try await renew(due)
            return Outcome(token: renewed.access, findings: keep(renewed))
        } catch {
            if error.category == .cancelled { throw error }
            // Another program may have renewed it meanwhile, which makes the old refresh token void.
            let latest = (try? read()) ?? due.token
            let token = try good(latest, because: error.description)
            guard latest.expiry == due.token.expiry else { return Outcome(token: token) }
            let text = "The SSO token of the profile '\(profile)' ends soon and could not be renewed: \(error.what)"
            return Outcome(token: token, findings: [CallerFinding(severity: .warning, text: text, remedy: login)])
        }
    }

    private struct Renewable {
        var token: SSOToken
        var request: Secret
        var service: String
    }

    /// The token, if it ends soon and can be renewed.
    private func renewable() throws(Failure) -> Renewable? {
        let kept = try read()
        let now = context.now()
        guard kept.expiry.timeIntervalSince(now) < SSOToken.window, let service,
            let request = kept.refreshRequest(at: now)
        else { return nil }
        return Renewable(token: kept, request: request, service: service)
    }

    /// `nil` where the folder can't be locked: the renewal is tried all the same.
    private func lock() async -> FolderLock? {
        guard let path = HomePath.expand(file, context.environment) else { return nil }
        return try? await context.writer?.lock(PrivateFile.parent(of: path)) ?? nil
    }

    private func read() throws(Failure) -> SSOToken {
        guard let path = HomePath.expand(file, context.environment),
            let bytes = try context.files.read(path, limit: 1 << 18)
        else {
            throw Failure(
                "Not signed in to IAM Identity Center for the profile '\(profile)'", remedy: login,
                detail: "\(file) does not exist", category: .noCredentials)
        }
        guard let token = SSOToken(bytes) else {
            throw Failure("\(file) holds no SSO token that can be read", remedy: login, category: .noCredentials)
        }
        return token
    }

    private func good(_ token: SSOToken, because reason: String) throws(Failure) -> Secret {
        guard token.expiry > context.now() else {
            let cause = reason.isEmpty ? "" : "; renewing it failed: \(reason)"
            throw Failure(
                "The SSO token of the profile '\(profile)' has expired", remedy: login,
                detail: STSFailures.bounded("\(file) ended \(AmzDate.format(token.expiry))\(cause)"),
                category: .noCredentials)
        }
        return token.access
    }

    private func renew(_ due: Renewable) async throws(Failure) -> SSOToken {
        let service = due.service
        let request = HTTPRequest(
            .post, service + "/token", headers: ["Content-Type": "application/json", "Accept": "application/json"],
            body: Array(due.request.reveal().utf8), maximumAnswerBytes: 1 << 18,
            allowsPlainHTTP: service.hasPrefix("http://"))
        let response: HTTPResponse
        do {
            response = try await context.transport.send(request)
        } catch {
            throw Failure(
                "\(service) did not answer: \(error.reason.words)", remedy: login, detail: error.detail,
                category: error.reason == .cancelled ? .cancelled : .service)
        }
        let answer = JSONValue.parse(response.body)
        guard response.status == 200 else {
            let code = answer?["error"]?.string ?? ""
            throw Failure(
                "\(service) refused to renew it (status \(response.status))", remedy: login,
                detail: STSFailures.bounded(code), category: .noCredentials)
        }
        guard let renewed = answer.flatMap({ due.token.renewed(by: $0, at: context.now()) }) else {
            throw Failure("\(service) answered, but with no token", remedy: login)
        }
        return renewed
    }

    /// Writes the file back. The new token is good even if that fails, but the next program will not find it.
    private func keep(_ token: SSOToken) -> [CallerFinding] {
        guard let writer = context.writer, let path = HomePath.expand(file, context.environment) else { return [] }
        do throws(Failure) {
            try writer.write(Array(token.document.compact.utf8), to: path)
            return []
        } catch {
            let text = "The renewed SSO token could not be kept, so the next program may have to sign in: \(error.what)"
            return [CallerFinding(severity: .warning, text: text, remedy: error.remedy)]
        }
    }
}
