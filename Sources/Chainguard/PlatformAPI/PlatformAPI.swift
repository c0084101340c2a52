import AWSCaller
import FoundationEssentials
import Transport

/// Chainguard's platform API, version 2 (JSON over HTTP), as one login sees it.
public struct PlatformAPI: Sendable {
    static let maximumAnswerBytes = 64 << 20

    /// Without a trailing slash.
    public let baseURL: String
    /// Who the token says it is; for messages.
    public let who: String
    private let token: Secret
    private let calls: ServiceCall

    /// - Parameters:
    ///   - baseURL: a trailing slash is dropped.
    ///   - token: a JWT for the API's audience.
    ///   - retry: for reading calls that the service was unavailable for; changes are never repeated.
    public init(baseURL: String, token: Secret, transport: any HTTPTransport, retry: RetryPolicy = .standard) {
        self.baseURL = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
        self.token = token
        let claims = JWTClaims(unverified: token.reveal())
        who = claims?.email ?? claims.map(\.subject).flatMap { $0.isEmpty ? nil : $0 } ?? "this login"
        calls = ServiceCall(transport: transport, retry: retry)
    }

    /// One kind of call: what it is for and what it takes to be allowed.
    struct Operation: Sendable {
        var method: HTTPMethod
        var path: String
        var query: [(String, String)] = []
        var body: JSONValue?
        /// An infinitive without "to": `list identities`.
        var doing: String
        /// What it acts on, for "knows no …".
        var subject: String?
        /// The capability that the login must hold; `nil` when any login may.
        var capability: String?
        /// What the answer should be: `a list of identities`.
        var expected: String
    }

    func call(_ operation: Operation) async throws(Failure) -> JSONValue {
        do throws(CallError) {
            return try await answer(operation)
        } catch {
            throw failure(error, operation)
        }
    }

    /// As `call`, for those who decide by the service's code.
    func answer(_ operation: Operation) async throws(CallError) -> JSONValue {
        let response = try await calls.send(
            request(operation), retrying: operation.method == .get ? [.unavailable] : [])
        return try ServiceCall.object(response, expected: operation.expected)
    }

    private func request(_ operation: Operation) -> HTTPRequest {
        var url = baseURL + operation.path
        if !operation.query.isEmpty { url += "?" + PercentEncoding.pairs(operation.query) }
        var request = HTTPRequest(
            operation.method, url,
            headers: ["Authorization": "Bearer " + token.reveal(), "Accept": "application/json"],
            timeout: .seconds(30), maximumAnswerBytes: Self.maximumAnswerBytes)
        if let body = operation.body {
            request.headers.add("Content-Type", "application/json")
            request.body = Array(body.compact.utf8)
        }
        return request
    }

    func failure(_ error: CallError, _ operation: Operation) -> Failure {
        guard case .refused(let refusal) = error else {
            return Failure(error, service: "Chainguard's API", doing: operation.doing)
        }
        switch refusal.code {
        case .permissionDenied:
            return Problem.notAllowed.failure(
                ["who": who, "doing": operation.doing, "grant": grant(operation)], detail: refusal.words)
        case .unauthenticated:
            var failure = Problem.tokenRefused.failure(
                ["service": "Chainguard's API", "whose": " of \(who)", "doing": operation.doing],
                detail: refusal.words)
            if let capability = operation.capability { failure.remedy += " with the capability \(capability)" }
            return failure
        case .notFound:
            return Failure(
                "Chainguard knows no \(operation.subject ?? "such thing"), or \(who) may not see it",
                remedy: "Check the UIDP or name", detail: refusal.words)
        case .invalidArgument, .failedPrecondition, .alreadyExists, .outOfRange:
            return Failure(
                "Chainguard's API refused to \(operation.doing)", remedy: "Correct what its answer names",
                detail: refusal.words)
        default:
            return Failure(error, service: "Chainguard's API", doing: operation.doing)
        }
    }

    private func grant(_ operation: Operation) -> String {
        guard let capability = operation.capability else { return "Have an owner bind a role that allows it" }
        return "Have an owner bind a role with the capability \(capability)"
    }

    /// Who the token stands for and what it may do (`GET /auth/v1/ok`).
    public func authenticatedSubject() async throws(Failure) -> AuthenticatedSubject {
        let answer = try await call(
            Operation(method: .get, path: "/auth/v1/ok", doing: "say who is signed in", expected: "a login's details"))
        return AuthenticatedSubject(answer)
    }
}
