import AWSCaller
import Chainguard
import FoundationEssentials
import Sandbox
import Synchronization
import Testing
import Transport

/// The sandbox's time in tests: 2026-08-01T12:00:00Z.
let noon = Date(timeIntervalSince1970: 1_785_585_600)

let http = HTTPClientTransport()

/// A host without any file.
struct NoFiles: FileReading {
    func read(_ path: String, limit: Int) throws(Failure) -> [UInt8]? { nil }
}

/// A sandbox of its own on a free port, closed again whatever happens.
func withSandbox(
    _ options: SandboxOptions = SandboxOptions(now: { noon }), _ body: (Sandbox) async throws -> Void
) async throws {
    let sandbox = try await Sandbox.start(options)
    do {
        try await body(sandbox)
    } catch {
        await sandbox.stop()
        throw error
    }
    await sandbox.stop()
}

extension Sandbox {
    func send(
        _ method: HTTPMethod = .get, _ path: String, headers: HTTPHeaders = [:], body: String = ""
    ) async throws -> HTTPResponse {
        try await http.send(HTTPRequest(method, baseURL + path, headers: headers, body: Array(body.utf8)))
    }

    /// A call of the API with a bearer token.
    func call(
        _ method: HTTPMethod = .get, _ path: String, as token: Secret, body: String = ""
    ) async throws -> HTTPResponse {
        try await send(method, "/api" + path, headers: ["Authorization": "Bearer \(token.reveal())"], body: body)
    }

    /// The UIDP of an identity of the example organization.
    func identity(_ name: String) async throws -> UIDP {
        let api = PlatformAPI(baseURL: endpoints.api, token: try await operatorTokens().token, transport: http)
        return try #require(try await api.identities(IdentityQuery(name: name)).items.first).uid
    }

    /// A signed caller token, and the same exchanged at the issuer.
    func callerToken(_ caller: SandboxCaller.Name = .role, for identity: UIDP, at date: Date = noon) throws -> Secret {
        try CallerTokenGenerator(audience: endpoints.issuer)
            .generate(identity: identity.text, credentials: SandboxCaller.named(caller).credentials, at: date).text
    }

    func login(_ caller: SandboxCaller.Name = .role, as name: String) async throws -> IssuedTokens {
        let identity = try await identity(name)
        return try await IssuerClient(issuer: endpoints.issuer, transport: http).exchange(
            bearer: try callerToken(caller, for: identity), identity: identity, audiences: [endpoints.audience])
    }

    func exchange(_ bearer: Secret, identity: UIDP?, extra: String = "") async throws -> HTTPResponse {
        let form = "aud=\(endpoints.audience)" + (identity.map { "&identity=\($0)" } ?? "") + extra
        return try await send(
            .post, "/issuer/sts/exchange",
            headers: [
                "Authorization": "Bearer \(bearer.reveal())", "Content-Type": "application/x-www-form-urlencoded",
            ], body: form)
    }
}

/// `google.rpc.Status` as far as tests look at it.
struct StatusBody: Decodable, Equatable {
    var code: Int
    var message: String
}

extension HTTPResponse {
    func decoded<Body: Decodable>(as type: Body.Type = Body.self) throws -> Body {
        try JSONDecoder().decode(Body.self, from: Data(body))
    }

    var rpc: StatusBody? { try? decoded() }
}

/// A clock that tests move by hand.
final class TestClock: Sendable {
    private let time: Mutex<Date>

    init(_ start: Date) { time = Mutex(start) }

    var now: Date {
        get { time.withLock { $0 } }
        set { time.withLock { $0 = newValue } }
    }
}

/// A folder of its own, removed again whatever happens.
func withTemporaryFolder(_ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "cgid-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await body(folder)
}
