import AWSCaller
import Chainguard
import FoundationEssentials

extension Runtime {
    /// The API as seen with the token kept for the API's audience, refreshed first when it has run out.
    /// - Throws: `Failure` of category `.notAllowed` when no usable token is kept.
    func api(alias: String? = nil) async throws(Failure) -> PlatformAPI {
        let token = try await usableToken(audience: endpoints.audience, alias: alias)
        return PlatformAPI(baseURL: endpoints.api, token: token, transport: host.transport)
    }

    /// The token kept for an audience, refreshed first when it has run out.
    func usableToken(audience: String, alias: String?) async throws(Failure) -> Secret {
        guard let cached = try cache.read(audience: audience, alias: alias) else {
            throw Problem.notSignedIn.failure([
                "who": alias.map { "Nobody is logged in as '\($0)'" } ?? "Nobody is signed in"
            ])
        }
        guard cached.isExpired(at: host.now()) else { return cached.token }
        let lock = try await cache.lock()
        // Another process may have refreshed it while this one waited: a refresh token works once.
        if let renewed = try cache.read(audience: audience, alias: alias), !renewed.isExpired(at: host.now()) {
            return renewed.token
        }
        return try await refreshed(audience: audience, alias: alias, holding: lock)
    }

    private func refreshed(
        audience: String, alias: String?, holding lock: FolderLock
    ) async throws(Failure) -> Secret {
        guard let cached = try cache.read(audience: audience, alias: alias) else {
            throw Failure("The Chainguard token was removed meanwhile", remedy: "Sign in again", category: .notAllowed)
        }
        guard let refreshToken = cached.refreshToken else {
            throw Problem.tokenExpired.failure(
                ["until": cached.claims?.expiry.map(Timestamp.format) ?? "an unknown time"], detail: cached.path)
        }
        let renewed = try await issuer.refresh(refreshToken: refreshToken, audiences: [audience])
        try cache.write(renewed, audience: audience, alias: alias, holding: lock)
        return renewed.token
    }
}
