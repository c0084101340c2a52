import Chainguard
import FoundationEssentials

/// The registry, as far as pulling takes it: `/v2` (OCI Distribution Specification 1.1), and the token endpoint that
/// its challenge names (the Distribution project's "Token Authentication").
///
/// A registry token of the issuer is what a client presents there as the password of `_token`, and what it gets back.
struct RegistryService: Sendable {
    static let tokenPath = "/registry/token"
    private static let user = "_token"

    let store: Store
    let tokens: TokenMint
    let baseURL: String
    let now: @Sendable () -> Date

    /// Whom registry tokens are for: the registry's host, as `cgr.dev` is.
    private var audience: String {
        baseURL.firstRange(of: "://").map { String(baseURL[$0.upperBound...]) } ?? baseURL
    }

    func answer(_ request: Incoming) async -> Reply {
        let path = RegistryPath(request.segments)
        do throws(RegistryError) {
            guard request.method == "GET" || request.method == "HEAD" else {
                throw RegistryError(.unsupported, "images are only pulled here")
            }
            if request.path == Self.tokenPath { return try await token(request) }
            guard let bearer = request.bearer else { throw RegistryError(.unauthorized, "authentication required") }
            let access = Access(subject: try await claims(bearer).subject, state: store.current)
            guard let path else { throw RegistryError(.nameUnknown, "no such call: \(request.path)") }
            return try content(path, access)
        } catch {
            var reply = error.reply
            if error.code == .unauthorized { reply.headers["WWW-Authenticate"] = challenge(path) }
            return reply
        }
    }

    private func challenge(_ path: RegistryPath?) -> String {
        let scope = (path?.repository).map { #",scope="repository:\#($0):pull""# } ?? ""
        return #"Bearer realm="\#(baseURL)\#(Self.tokenPath)",service="\#(audience)""# + scope
    }

    private struct Grant: Encodable {
        let token: String
        /// The same, as OAuth 2.0 names it.
        let accessToken: String
        let expiresIn: Int

        enum CodingKeys: String, CodingKey {
            case token
            case accessToken = "access_token"
            case expiresIn = "expires_in"
        }
    }

    private func token(_ request: Incoming) async throws(RegistryError) -> Reply {
        guard let (user, password) = request.basic, user == Self.user else {
            throw RegistryError(.unauthorized, "the user is \(Self.user), the password a token for \(audience)")
        }
        let expiry = try await claims(password).expiry
        return .json(
            Grant(token: password, accessToken: password, expiresIn: Int(expiry.timeIntervalSince(now()))))
    }

    private func claims(_ token: String) async throws(RegistryError) -> IssuedClaims {
        let claims: IssuedClaims
        do throws(StatusError) {
            claims = try await tokens.verified(token, at: now())
        } catch {
            throw RegistryError(.unauthorized, error.message)
        }
        guard claims.audience.contains(audience) else {
            throw RegistryError(.unauthorized, "the token is not for the audience \(audience)")
        }
        return claims
    }

    private struct TagList: Encodable {
        let name: String
        let tags: [String]
    }

    private func content(_ path: RegistryPath, _ access: Access) throws(RegistryError) -> Reply {
        switch path {
        case .base:
            return .json([String: String]())
        case .tags(let name):
            let repository = try repository(name, Capability.tagList, access)
            return .json(TagList(name: name, tags: access.state.tags(of: repository).map(\.name)))
        case .manifest(let name, let reference):
            let repository = try repository(name, Capability.registryPull, access)
            let tag = access.state.tags(of: repository).first { $0.name == reference }
            let images = ExampleRepositories.images(of: repository.name)
            guard let image = images.first(where: { $0.manifest.digest == tag?.digest ?? reference }) else {
                throw RegistryError(.manifestUnknown, "\(name) has no \(reference)")
            }
            return Self.reply(image.manifest)
        case .blob(let name, let digest):
            let repository = try repository(name, Capability.registryPull, access)
            let blobs = ExampleRepositories.images(of: repository.name).flatMap(\.blobs)
            guard let blob = blobs.first(where: { $0.digest == digest }) else {
                throw RegistryError(.blobUnknown, "\(name) has no \(digest)")
            }
            return Self.reply(blob)
        }
    }

    /// `ORGANIZATION/NAME`
    private func repository(
        _ name: String, _ capability: String, _ access: Access
    ) throws(RegistryError) -> RepositoryRecord {
        let found = access.state.repositories.first { record in
            access.state.group(record.id.root).map { "\($0.name)/\(record.name)" } == name
        }
        guard let found else { throw RegistryError(.nameUnknown, "no repository \(name)") }
        guard access.allows(capability, at: found.id) else {
            throw RegistryError(.denied, "\(access.subject) lacks the capability \(capability) for \(name)")
        }
        return found
    }

    private static func reply(_ blob: ExampleImage.Blob) -> Reply {
        Reply(
            status: 200, headers: ["Content-Type": blob.type, "Docker-Content-Digest": blob.digest], body: blob.bytes)
    }
}

extension SandboxState {
    fileprivate func tags(of repository: RepositoryRecord) -> [TagRecord] {
        tags.filter { $0.id.parent == repository.id }
    }
}

extension Incoming {
    /// The name and the password of `Authorization` (RFC 7617).
    fileprivate var basic: (user: String, password: String)? {
        guard let value = headers["authorization"], value.lowercased().hasPrefix("basic "),
            let data = Data(base64Encoded: String(value.dropFirst("basic ".count)))
        else { return nil }
        let parts = String(decoding: data, as: UTF8.self).split(
            separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
    }
}
