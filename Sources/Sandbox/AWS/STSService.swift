import AWSCaller
import FoundationEssentials
import Transport

/// AWS STS: GetCallerIdentity, AssumeRole, AssumeRoleWithWebIdentity and GetWebIdentityToken.
struct STSService: Sendable {
    let roles: RoleAssumption
    let federation: OutboundFederation
    let now: @Sendable () -> Date

    /// Answers JSON when the client accepts nothing else, and XML otherwise, errors too.
    func answer(_ request: Incoming) async -> Reply {
        let id = Self.requestID(request)
        let form = STSAnswer(askedFor: request)
        guard request.method == "GET" || request.method == "POST" else {
            return form.error(STSError("InvalidAction", status: 405, "\(request.method) is not supported."), id: id)
        }
        guard let action = request.fields["Action"] else {
            return Reply(status: 302, headers: ["Location": "https://aws.amazon.com/iam"])
        }
        do throws(STSError) {
            return form.result(of: action, try await result(of: action, request), id: id)
        } catch {
            return form.error(error, id: id)
        }
    }

    private func result(of action: String, _ request: Incoming) async throws(STSError) -> STSValue {
        let version = request.fields["Version"] ?? "NO_VERSION_SPECIFIED"
        switch (action, version) {
        case ("GetCallerIdentity", "2011-06-15"):
            return Self.identity(try signer(of: request).identity)
        case ("AssumeRole", "2011-06-15"):
            return Self.session(try roles.assumeRole(request.fields, by: try signer(of: request)))
        case ("AssumeRoleWithWebIdentity", "2011-06-15"):
            return Self.session(try await roles.assumeRoleWithWebIdentity(request.fields))
        case ("GetWebIdentityToken", "2011-06-15"):
            let token = try await federation.token(
                request.fields, for: try signer(of: request), host: request.headers["host"] ?? "")
            return .members([("WebIdentityToken", .text(token.text)), ("Expiration", .moment(token.expiration))])
        default:
            throw STSError(
                "InvalidAction", status: 400, "Could not find operation \(action) for version \(version)")
        }
    }

    private func signer(of request: Incoming) throws(STSError) -> Principal {
        let sessions = roles.sessions
        let check = SignatureCheck(
            known: { key in
                sessions[key] ?? SandboxCaller.all.first { $0.credentials.accessKeyID == key }?.principal
            }, now: now())
        return try check.signer(of: request)
    }

    private static func identity(_ identity: CallerIdentity) -> STSValue {
        .members([
            ("Arn", .text(identity.arn.description)), ("UserId", .text(identity.userID)),
            ("Account", .text(identity.account)),
        ])
    }

    private static func session(_ outcome: RoleAssumption.Outcome) -> STSValue {
        let identity = outcome.session.identity
        let credentials = outcome.session.credentials
        var members: [(name: String, value: STSValue)] = [
            (
                "AssumedRoleUser",
                .members([("AssumedRoleId", .text(identity.userID)), ("Arn", .text(identity.arn.description))])
            ),
            (
                "Credentials",
                .members([
                    ("AccessKeyId", .text(credentials.accessKeyID)),
                    ("SecretAccessKey", .text(credentials.secretAccessKey.reveal())),
                    ("SessionToken", .text(credentials.sessionToken?.reveal() ?? "")),
                    ("Expiration", .moment(outcome.session.end ?? .distantFuture)),
                ])
            ),
        ]
        if let claims = outcome.webIdentity {
            members.append(("SubjectFromWebIdentityToken", .text(claims.subject)))
            members.append(("Audience", .text(ClusterIssuer.audience)))
            members.append(("Provider", .text(claims.issuer)))
        }
        return .members(members)
    }

    /// A UUID made of the request itself, so that the same request is answered in the same words.
    private static func requestID(_ request: Incoming) -> String {
        let digits = Array(Material.hex("request \(request.headers.fields)", digits: 32))
        return [digits[0..<8], digits[8..<12], digits[12..<16], digits[16..<20], digits[20..<32]]
            .map { String($0) }.joined(separator: "-")
    }
}
