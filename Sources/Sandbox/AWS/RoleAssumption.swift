import AWSCaller
import FoundationEssentials

/// `AssumeRole` and `AssumeRoleWithWebIdentity` (STS API Reference): what is asked, whether the role's trust policy
/// lets in who asks, and for how long.
struct RoleAssumption: Sendable {
    /// Of a session that a role session assumes: role chaining is limited to an hour.
    private static let chainedMaximum = 3600
    private static let durations = 900...43_200

    let sessions = RoleSessions()
    let cluster: ClusterIssuer
    let now: @Sendable () -> Date

    /// A session, and the subject of the token it was given for.
    struct Outcome: Sendable {
        var session: Principal
        var webIdentity: ForeignPayload?
    }

    func assumeRole(_ fields: FormFields, by caller: Principal) throws(STSError) -> Outcome {
        let request = try Request(fields)
        guard caller.identity.kind != .root else {
            throw STSError("AccessDenied", "Roles may not be assumed by root accounts.")
        }
        guard let role = request.role, case .account(let externalID) = role.trust,
            caller.identity.account == SandboxCaller.account,
            externalID == nil || externalID == fields["ExternalId"]
        else {
            throw STSError(
                "AccessDenied",
                "User: \(caller.identity.arn) is not authorized to perform: sts:AssumeRole on resource: "
                    + request.roleARN)
        }
        let lifetime = try lifetime(request, role, isChained: caller.isRoleSession)
        return Outcome(session: sessions.issue(role, session: request.session, lifetime: lifetime, at: now()))
    }

    func assumeRoleWithWebIdentity(_ fields: FormFields) async throws(STSError) -> Outcome {
        let request = try Request(fields)
        let token = try Request.required("WebIdentityToken", fields)
        let claims = try await cluster.verified(token, at: now())
        guard let role = request.role, case .cluster(let subject) = role.trust, subject == claims.subject else {
            throw STSError("AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity")
        }
        let lifetime = try lifetime(request, role, isChained: false)
        return Outcome(
            session: sessions.issue(role, session: request.session, lifetime: lifetime, at: now()),
            webIdentity: claims)
    }

    private func lifetime(_ request: Request, _ role: SandboxRole, isChained: Bool) throws(STSError) -> Int {
        let asked = request.duration ?? 3600
        guard asked <= role.maximumDuration else {
            throw .invalid("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")
        }
        guard !isChained || asked <= Self.chainedMaximum else {
            throw .invalid(
                "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.")
        }
        return asked
    }

    /// The parameters that both operations share, checked.
    private struct Request {
        var roleARN: String
        var session: String
        var duration: Int?

        var role: SandboxRole? { SandboxRole.all.first { $0.arn.description == roleARN } }

        init(_ fields: FormFields) throws(STSError) {
            roleARN = try Self.required("RoleArn", fields)
            guard let arn = ARN(roleARN), arn.service == "iam", arn.resource.hasPrefix("role/") else {
                throw .invalid("\(roleARN) is invalid")
            }
            session = try Self.required("RoleSessionName", fields)
            guard (2...64).contains(session.count), session.utf8.allSatisfy(Self.isSessionNameByte) else {
                throw .constraint(
                    session, "roleSessionName", "satisfy regular expression pattern: [\\w+=,.@-]{2,64}")
            }
            guard let text = fields["DurationSeconds"] else { return }
            guard let seconds = Int(text), RoleAssumption.durations.contains(seconds) else {
                throw .constraint(text, "durationSeconds", "have value between 900 and 43200")
            }
            duration = seconds
        }

        static func required(_ name: String, _ fields: FormFields) throws(STSError) -> String {
            guard let value = fields[name] else {
                throw .constraint("null", name.prefix(1).lowercased() + name.dropFirst(), "not be null")
            }
            return value
        }

        private static func isSessionNameByte(_ byte: UInt8) -> Bool {
            let character = Character(UnicodeScalar(byte))
            return byte < 0x80 && (character.isLetter || character.isNumber || "_+=,.@-".contains(character))
        }
    }
}

extension STSError {
    static func invalid(_ message: String) -> STSError {
        STSError("ValidationError", status: 400, message)
    }

    static func constraint(_ value: String, _ member: String, _ rule: String) -> STSError {
        invalid(
            "1 validation error detected: Value '\(value)' at '\(member)' failed to satisfy constraint: Member must "
                + rule)
    }
}
