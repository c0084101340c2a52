import Transport

/// A request as the signer sees it: the parts of its target unparsed, `host` among its headers.
public struct SignableRequest: Sendable, Hashable {
    /// `GET`, `POST`.
    public var method: String
    /// As in the request target, without the query.
    public var path: String
    /// As in the request target, without `?`.
    public var query: String
    /// All that is to be sent, in order.
    public var headers: HTTPHeaders
    /// Hashed into the signature; empty for none.
    public var body: [UInt8]

    public init(
        method: String, path: String = "/", query: String = "", headers: HTTPHeaders, body: [UInt8] = []
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
    }
}

/// A signature with every step on the way to it, so that each can be shown and compared.
public struct Signature: Sendable, Hashable {
    /// Holds the session token when there is one.
    public var canonicalRequest: String
    /// Algorithm, date, scope and the hash of the canonical request, one a line.
    public var stringToSign: String
    /// `yyyymmdd/region/service/aws4_request`.
    public var credentialScope: String
    /// Lower case, sorted.
    public var signedHeaders: [String]
    /// 64 lower-case hex digits.
    public var signature: String
    /// The `Authorization` header's value; empty when the signature stands in the query instead.
    public var authorization: String
    /// All headers to send: the request's own and those that signing adds.
    public var headers: HTTPHeaders
    /// The query to send: the request's own, or with the signature's parameters when presigned.
    public var query: String
}
