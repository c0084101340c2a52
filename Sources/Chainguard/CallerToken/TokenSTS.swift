import AWSCaller
import FoundationEssentials
import Transport

/// The verifier's last step: the checked request is rebuilt and sent to STS, whose answer decides.
struct TokenSTS: Sendable {
    /// The base URL that is asked, without a trailing slash.
    let endpoint: String
    private let stsHost: String
    private let transport: any HTTPTransport

    /// - Throws: `invalid_configuration` unless the endpoint is an https URL (http for loopback) without user info,
    ///   query and fragment.
    init(_ options: TokenVerifier.Options, transport: any HTTPTransport) throws(VerificationError) {
        let text = options.stsEndpoint ?? "https://\(options.stsHost)"
        guard let parts = URLComponents(string: text), let host = parts.host, !host.isEmpty, parts.user == nil,
            parts.password == nil, parts.query == nil, parts.fragment == nil, let scheme = parts.scheme?.lowercased(),
            scheme == "https" || scheme == "http", !text.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F })
        else {
            throw VerificationError(.invalidConfiguration, "The STS endpoint “\(text)” is not a base URL")
        }
        guard scheme == "https" || Self.isLoopback(host) else {
            throw VerificationError(
                .invalidConfiguration, "The STS endpoint “\(text)” must use https: plain http is for loopback only")
        }
        endpoint = String(text.reversed().drop { $0 == "/" }.reversed())
        stsHost = options.stsHost
        self.transport = transport
    }

    /// Asks STS who signed the request.
    func claims(of token: CheckedToken) async throws(VerificationError) -> VerifiedClaims {
        if let obstacle = token.obstacle {
            throw VerificationError(
                .stsUnavailable, "Chainguard's verifier can't send the request on to STS: \(obstacle)")
        }
        var headers = token.forwardedHeaders
        headers.add(TokenHeader.host, stsHost)
        let request = HTTPRequest(
            .post, endpoint + TokenHeader.target, headers: headers, timeout: .seconds(10), maximumAnswerBytes: 1 << 16)
        let answer: HTTPResponse
        do {
            answer = try await transport.send(request)
        } catch {
            throw VerificationError(.stsUnavailable, "STS could not be asked at \(error.host): \(error.reason)")
        }
        guard answer.status == 200 else {
            throw VerificationError(.rejected, "STS answered \(answer.status)\(Self.words(answer))")
        }
        return try Self.claims(in: answer)
    }

    /// The headers that travel: those that the generator writes, and the ones that other signers add by themselves,
    /// as far as they are signed. `Accept` also travels unsigned: it decides only the form of the answer.
    static func forwardedHeaders(_ request: GoRequest) -> HTTPHeaders {
        let signed = GoHeader.signedHeaders(request.value(TokenHeader.authorization)) ?? []
        let expected = [
            TokenHeader.audience, TokenHeader.identity, TokenHeader.date, TokenHeader.securityToken, "Content-Type",
            "User-Agent", "X-Amz-Content-Sha256",
        ]
        let unsigned = [TokenHeader.accept, TokenHeader.authorization]
        let travelling = request.fields.filter { field in
            unsigned.contains(field.name)
                || expected.contains(field.name) && signed.contains(Array(field.name.lowercased().utf8))
        }
        return HTTPHeaders(travelling.map { ($0.name, $0.text) })
    }

    private static func claims(in answer: HTTPResponse) throws(VerificationError) -> VerifiedClaims {
        guard let envelope = try? JSONDecoder().decode(Envelope.self, from: Data(answer.body)) else {
            throw VerificationError(.stsUnavailable, "STS answered 200 with something that is not its JSON")
        }
        let result = envelope.response.result
        guard !result.account.isEmpty, !result.arn.isEmpty, !result.userID.isEmpty else {
            throw VerificationError(.stsUnavailable, "STS answered 200 without saying who signed")
        }
        return VerifiedClaims(userID: result.userID, account: result.account, arn: result.arn)
    }

    /// What STS says about a refusal, bounded; its messages hold no secrets.
    private static func words(_ answer: HTTPResponse) -> String {
        guard let refusal = try? JSONDecoder().decode(Refusal.self, from: Data(answer.body)) else { return "" }
        return ": \(refusal.error.code): \(refusal.error.message ?? "")".prefix(300).description
    }

    static func isLoopback(_ host: String) -> Bool {
        let lowered = host.lowercased()
        if ["localhost", "::1", "[::1]"].contains(lowered) { return true }
        let octets = lowered.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return octets.count == 4 && octets.allSatisfy { $0 != nil } && octets[0] == 127
    }

    private struct Envelope: Decodable {
        struct Response: Decodable {
            let result: Claims
            enum CodingKeys: String, CodingKey { case result = "GetCallerIdentityResult" }
        }
        let response: Response
        enum CodingKeys: String, CodingKey { case response = "GetCallerIdentityResponse" }
    }

    private struct Claims: Decodable {
        let account: String
        let arn: String
        let userID: String
        enum CodingKeys: String, CodingKey {
            case account = "Account"
            case arn = "Arn"
            case userID = "UserId"
        }
    }

    private struct Refusal: Decodable {
        struct Words: Decodable {
            let code: String
            let message: String?
            enum CodingKeys: String, CodingKey {
                case code = "Code"
                case message = "Message"
            }
        }
        let error: Words
        enum CodingKeys: String, CodingKey { case error = "Error" }
    }
}
