import AWSCaller
import Chainguard
import Crypto
import Foundation
import Sandbox
import Testing
import Transport

/// The registry as a client that pulls asks it: challenge, token, tags, manifest, blobs.
@Suite struct RegistryTests {
    /// A registry token of an identity of the example organization.
    private func token(_ sandbox: Sandbox, as name: String, audience: String? = nil) async throws -> Secret {
        let identity = try await sandbox.identity(name)
        return try await IssuerClient(issuer: sandbox.endpoints.issuer, transport: http).exchange(
            bearer: try sandbox.callerToken(for: identity), identity: identity,
            audiences: [audience ?? sandbox.registryHost]
        ).token
    }

    private func get(_ sandbox: Sandbox, _ path: String, _ token: Secret) async throws -> HTTPResponse {
        try await sandbox.send(.get, path, headers: ["Authorization": "Bearer \(token.reveal())"])
    }

    private func digest(_ bytes: [UInt8]) -> String {
        "sha256:" + SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined()
    }

    private struct Manifest: Decodable {
        struct Descriptor: Decodable {
            var digest: String
            var size: Int
        }
        var config: Descriptor
        var layers: [Descriptor]
    }

    private struct Grant: Decodable {
        var token: String
        var expiresIn: Int

        enum CodingKeys: String, CodingKey {
            case token
            case expiresIn = "expires_in"
        }
    }

    @Test func withoutATokenItSaysWhereToGetOne() async throws {
        try await withSandbox { sandbox async throws in
            #expect(sandbox.endpoints.registry == sandbox.baseURL)
            let answer = try await sandbox.send(.get, "/v2/")
            #expect(answer.status == 401)
            let host = sandbox.registryHost
            #expect(
                answer.headers["www-authenticate"]
                    == #"Bearer realm="\#(sandbox.baseURL)/registry/token",service="\#(host)""#)
            let manifest = try await sandbox.send(.get, "/v2/acme.example/python/manifests/latest")
            #expect(
                manifest.headers["www-authenticate"]?.hasSuffix(#",scope="repository:acme.example/python:pull""#)
                    == true)
        }
    }

    @Test func anImageIsPulled() async throws {
        try await withSandbox { sandbox async throws in
            let password = try await token(sandbox, as: "image-builder")
            let basic = Data("_token:\(password.reveal())".utf8).base64EncodedString()
            let granted = try await sandbox.send(
                .get, "/registry/token?service=x&scope=repository:acme.example/python:pull",
                headers: ["Authorization": "Basic \(basic)"]
            ).decoded(as: Grant.self)
            #expect(granted.expiresIn == 3600)
            let token = Secret(granted.token)
            let base = "/v2/acme.example/python"

            let tags = try await get(sandbox, "\(base)/tags/list", token)
            #expect(tags.text.contains(#""latest""#) && tags.text.contains(#""3.14.2""#), "\(tags.text)")
            let manifest = try await get(sandbox, "\(base)/manifests/latest", token)
            #expect(manifest.headers["content-type"] == "application/vnd.oci.image.manifest.v1+json")
            #expect(manifest.headers["docker-content-digest"] == digest(manifest.body))
            let pinned = try await get(sandbox, "\(base)/manifests/\(digest(manifest.body))", token)
            #expect(pinned.body == manifest.body)
            let parts = try manifest.decoded(as: Manifest.self)
            for part in [parts.config] + parts.layers {
                let blob = try await get(sandbox, "\(base)/blobs/\(part.digest)", token)
                #expect(digest(blob.body) == part.digest && blob.body.count == part.size)
            }

            let api = PlatformAPI(
                baseURL: sandbox.endpoints.api, token: try await sandbox.operatorTokens().token, transport: http)
            let repository = try #require(try await api.repositories().first { $0.name == "python" })
            let listed = try await api.tags(of: repository.id).first { $0.name == "latest" }
            #expect(listed?.digest == digest(manifest.body))
        }
    }

    @Test(arguments: [
        ("image-builder", "acme.example/python/manifests/none", 404, "MANIFEST_UNKNOWN"),
        ("image-builder", "acme.example/python/blobs/sha256:00", 404, "BLOB_UNKNOWN"),
        ("image-builder", "acme.example/none/manifests/latest", 404, "NAME_UNKNOWN"),
        ("image-builder", "python/manifests/latest", 404, "NAME_UNKNOWN"),
        ("image-builder", "_catalog", 404, "NAME_UNKNOWN"),
        ("nightly-scan", "acme.example/python/manifests/latest", 403, "DENIED"),
        ("nightly-scan", "acme.example/python/tags/list", 403, "DENIED"),
    ])
    func whatIsNotThereOrNotAllowedIsRefused(
        identity: String, path: String, status: Int, code: String
    ) async throws {
        try await withSandbox { sandbox async throws in
            let answer = try await get(sandbox, "/v2/\(path)", try await token(sandbox, as: identity))
            #expect(answer.status == status && answer.text.contains(#""\#(code)""#), "\(answer.text)")
        }
    }

    @Test func onlyTokensForTheRegistryCount() async throws {
        try await withSandbox { sandbox async throws in
            for token in [
                try await token(sandbox, as: "image-builder", audience: sandbox.endpoints.audience), Secret("x"),
            ] {
                #expect(try await get(sandbox, "/v2/", token).status == 401)
                let basic = Data("_token:\(token.reveal())".utf8).base64EncodedString()
                let answer = try await sandbox.send(
                    .get, "/registry/token", headers: ["Authorization": "Basic \(basic)"])
                #expect(answer.status == 401)
            }
            let good = try await token(sandbox, as: "image-builder")
            #expect(try await get(sandbox, "/v2/", good).status == 200)
            let somebody = Data("somebody:\(good.reveal())".utf8).base64EncodedString()
            let answer = try await sandbox.send(
                .get, "/registry/token", headers: ["Authorization": "Basic \(somebody)"])
            #expect(answer.status == 401)
            let pushed = try await sandbox.send(
                .post, "/v2/acme.example/python/blobs/uploads/", headers: ["Authorization": "Bearer \(good.reveal())"])
            #expect(pushed.status == 405)
        }
    }
}

extension Sandbox {
    fileprivate var registryHost: String { String(endpoints.registry.dropFirst("http://".count)) }
}
