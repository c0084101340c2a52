import Chainguard
import FoundationEssentials
import Transport

/// Chainguard's API, second generation: every call behind its capability.
struct PlatformService: Sendable {
    let store: Store
    let tokens: TokenMint
    let audience: String
    let now: @Sendable () -> Date
    private let identityLists = LastList()

    init(store: Store, tokens: TokenMint, audience: String, now: @escaping @Sendable () -> Date) {
        (self.store, self.tokens, self.audience, self.now) = (store, tokens, audience, now)
    }

    /// One authenticated call.
    struct Call: Sendable {
        var request: Incoming
        /// The rest of the path, which is a UIDP where a call names one.
        var target: String
        var access: Access
        /// Of the state that `access` knows.
        var revision: Int
        var claims: IssuedClaims
        var now: Date

        func place() throws(StatusError) -> UIDP {
            guard let place = UIDP(target) else { throw StatusError(.invalidArgument, "invalid UIDP: \(target)") }
            return place
        }

        func body<Body: Decodable>(as type: Body.Type = Body.self) throws(StatusError) -> Body {
            do {
                return try JSONDecoder().decode(Body.self, from: Data(request.body))
            } catch {
                throw StatusError(.invalidArgument, "the body is not valid JSON of the expected message")
            }
        }
    }

    func answer(_ request: Incoming) async -> Reply {
        do throws(StatusError) {
            let claims = try await authenticate(request)
            let path = request.segments
            let snapshot = store.snapshot
            let call = Call(
                request: request, target: path.dropFirst(3).joined(separator: "/"),
                access: Access(subject: claims.subject, state: snapshot.state), revision: snapshot.revision,
                claims: claims, now: now())
            return try route(call, path.prefix(3).joined(separator: "/"))
        } catch {
            return error.reply
        }
    }

    private func authenticate(_ request: Incoming) async throws(StatusError) -> IssuedClaims {
        guard let bearer = request.bearer else { throw StatusError(.unauthenticated, "no bearer token") }
        let claims = try await tokens.verified(bearer, at: now())
        guard claims.audience.contains(audience) else {
            throw StatusError(.unauthenticated, "the token is not for the audience \(audience)")
        }
        return claims
    }

    private func route(_ call: Call, _ collection: String) throws(StatusError) -> Reply {
        let identities = IdentitiesAPI(store: store, lists: identityLists)
        let organizations = OrganizationsAPI(store: store)
        let hasTarget = !call.target.isEmpty
        switch (call.request.method, collection, hasTarget) {
        case ("GET", "auth/v1/ok", false): return SubjectReply(call).reply
        case ("GET", "iam/v2/identities", false): return try identities.list(call)
        case ("GET", "iam/v2/identities", true): return try identities.get(call)
        case ("POST", "iam/v2/identities", true): return try identities.create(call)
        case ("PATCH", "iam/v2/identities", true): return try identities.update(call)
        case ("DELETE", "iam/v2/identities", true): return try identities.delete(call)
        case ("GET", "iam/v2/groups", false): return try organizations.listGroups(call)
        case ("GET", "iam/v2/groups", true): return try organizations.getGroup(call)
        case ("GET", "iam/v2/roles", false): return try organizations.listRoles(call)
        case ("GET", "iam/v2/roles", true): return try organizations.getRole(call)
        case ("GET", "iam/v2/roleBindings", false): return try organizations.listBindings(call)
        case ("POST", "iam/v2/roleBindings", true): return try organizations.bind(call)
        case ("DELETE", "iam/v2/roleBindings", true): return try organizations.unbind(call)
        case ("GET", "registry/v1/repos", false): return try RegistryAPI().listRepositories(call)
        case ("GET", "registry/v1/tags", false): return try RegistryAPI().listTags(call)
        default:
            throw StatusError(.notFound, "no such call: \(call.request.method) \(call.request.path)")
        }
    }
}

/// `GET /auth/v1/ok`: who the token is.
private struct SubjectReply: Encodable {
    struct Granted: Encodable {
        var group: String
        var role: String
        var capabilities: [String]
    }
    var issuer: String
    var subject: String
    var audience: [String]
    var expiry: String
    var issuedAt: String
    var email: String?
    var capabilities: [Granted]

    init(_ call: PlatformService.Call) {
        issuer = call.claims.issuer
        subject = call.claims.subject
        audience = call.claims.audience
        expiry = Timestamp.format(call.claims.expiry)
        issuedAt = Timestamp.format(call.claims.issuedAt)
        email = call.claims.email
        capabilities = call.access.grants.map { grant in
            Granted(group: grant.group.text, role: grant.role.name, capabilities: grant.role.capabilities)
        }
    }

    var reply: Reply { .json(self) }
}
