import FoundationEssentials
import Transport

/// Signs requests with AWS Signature Version 4, in headers or in the query.
///
/// ```swift
/// let signer = SigV4Signer(credentials: credentials, region: "us-east-1", service: "sts")
/// let request = SignableRequest(method: "POST", headers: ["Host": "sts.amazonaws.com"], body: body)
/// let signature = signer.sign(request, at: Date())
/// print(signature.stringToSign, signature.headers["Authorization"] ?? "")
/// ```
public struct SigV4Signer: Sendable {
    /// Whom the signature proves.
    public var credentials: AWSCredentials
    /// As in the credential scope: `us-east-1`.
    public var region: String
    /// As in the credential scope: `sts`.
    public var service: String
    /// True for every service but S3.
    public var normalizesPath: Bool

    public init(credentials: AWSCredentials, region: String, service: String, normalizesPath: Bool = true) {
        self.credentials = credentials
        self.region = region
        self.service = service
        self.normalizesPath = normalizesPath
    }

    /// Headers that proxies and clients change on the way, which the SDKs leave unsigned.
    static let unsignedHeaders: Set<String> = [
        "authorization", "connection", "expect", "te", "transfer-encoding", "user-agent", "x-amzn-trace-id",
    ]

    /// Signs in headers: sets `x-amz-date`, `x-amz-security-token` (absent without a session token) and
    /// `authorization`, and signs every header but those that change on the way.
    /// - Parameter request: its headers include `host`.
    public func sign(_ request: SignableRequest, at date: Date) -> Signature {
        var headers = request.headers
        let amzDate = AmzDate.format(date)
        headers["authorization"] = nil
        headers["x-amz-date"] = amzDate
        headers["x-amz-security-token"] = credentials.sessionToken?.reveal()
        var result = signature(of: request, headers: headers, query: request.query, amzDate: amzDate)
        result.authorization =
            "\(SigV4.algorithm) Credential=\(credentials.accessKeyID)/\(result.credentialScope), "
            + "SignedHeaders=\(result.signedHeaders.joined(separator: ";")), Signature=\(result.signature)"
        result.headers["Authorization"] = result.authorization
        return result
    }

    /// Signs in the query, so that the URL alone carries the request's authority.
    /// - Parameter expires: seconds for which the URL is good, from `date` on.
    public func presign(_ request: SignableRequest, at date: Date, expires: Int) -> Signature {
        var headers = request.headers
        for name in ["authorization", "x-amz-date", "x-amz-security-token"] { headers[name] = nil }
        let amzDate = AmzDate.format(date)
        let scope = SigV4.credentialScope(date: String(amzDate.prefix(8)), region: region, service: service)
        var parameters = [
            ("X-Amz-Algorithm", SigV4.algorithm),
            ("X-Amz-Credential", "\(credentials.accessKeyID)/\(scope)"),
            ("X-Amz-Date", amzDate),
            ("X-Amz-SignedHeaders", Self.signedHeaders(headers).joined(separator: ";")),
            ("X-Amz-Expires", String(expires)),
        ]
        if let token = credentials.sessionToken { parameters.append(("X-Amz-Security-Token", token.reveal())) }
        let added = PercentEncoding.pairs(parameters)
        let query = request.query.isEmpty ? added : "\(request.query)&\(added)"
        var result = signature(of: request, headers: headers, query: query, amzDate: amzDate)
        result.query = "\(query)&X-Amz-Signature=\(result.signature)"
        return result
    }

    private func signature(
        of request: SignableRequest, headers: HTTPHeaders, query: String, amzDate: String
    ) -> Signature {
        let day = String(amzDate.prefix(8))
        let scope = SigV4.credentialScope(date: day, region: region, service: service)
        let signedHeaders = Self.signedHeaders(headers)
        let canonical = SigV4.canonicalRequest(
            method: request.method, path: request.path, query: query,
            headers: headers.fields.map { ($0.name, $0.value) }, signedHeaders: signedHeaders,
            payloadHash: headers["x-amz-content-sha256"] ?? SigV4.hash(request.body), normalizesPath: normalizesPath)
        let stringToSign = SigV4.stringToSign(date: amzDate, scope: scope, canonicalRequest: canonical)
        let key = SigningKey(secret: credentials.secretAccessKey, date: day, region: region, service: service)
        return Signature(
            canonicalRequest: canonical, stringToSign: stringToSign, credentialScope: scope,
            signedHeaders: signedHeaders, signature: SigV4.signature(stringToSign: stringToSign, key: key),
            authorization: "", headers: headers, query: query)
    }

    static func signedHeaders(_ headers: HTTPHeaders) -> [String] {
        Set(headers.fields.map { $0.name.lowercased() }).subtracting(unsignedHeaders).sorted()
    }
}
