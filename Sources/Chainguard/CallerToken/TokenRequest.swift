import AWSCaller
import FoundationEssentials
import Transport

/// The signed request that a token holds, taken apart.
///
/// It holds secrets (the signature, the session token): its description and its mirror show none of them.
public struct TokenRequest: Sendable, Hashable {
    /// `POST` in a good token.
    public var method: String
    /// As it stands in the request line: `/?Action=GetCallerIdentity&Version=2011-06-15`.
    public var target: String
    /// `HTTP/1.1`.
    public var version: String
    /// As they stand in the token, in order.
    public var headers: HTTPHeaders
    /// The host of an absolute target, else the `Host` header; empty when there is neither.
    public var host: String
    /// What follows the empty line.
    public var body: [UInt8]
    /// The whole request as it stood in the token; what is no UTF-8 is replaced.
    public var raw: Secret {
        get { Secret(String(decoding: bytes, as: UTF8.self)) }
        set { bytes = Array(newValue.reveal().utf8) }
    }
    /// The whole request as it stood in the token.
    private(set) var bytes: [UInt8]

    init(
        method: String, target: String, version: String, headers: HTTPHeaders, host: String, body: [UInt8],
        bytes: [UInt8]
    ) {
        self.method = method
        self.target = target
        self.version = version
        self.headers = headers
        self.host = host
        self.body = body
        self.bytes = bytes
    }

    /// The `Authorization` header taken apart; `nil` when there is none or it is not of SigV4's form.
    public var authorization: Authorization? { headers["Authorization"].flatMap(Authorization.init) }

    /// Whom the token is meant for.
    public var audience: String? { headers[TokenHeader.audience] }

    /// The identity that the caller wants to become.
    public var identity: String? { headers[TokenHeader.identity] }

    /// `X-Amz-Date` as a point in time; `nil` when it is absent or unreadable.
    public var date: Date? {
        headers[TokenHeader.date].flatMap { GoTimestamp(amzDate: Array($0.utf8)) }?.date
    }

    /// The session token of temporary credentials.
    public var securityToken: Secret? { headers[TokenHeader.securityToken].map(Secret.init) }
}

extension TokenRequest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "\(method) \(host)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// The headers that a caller token is made of, spelt as Chainguard's SDK writes them.
enum TokenHeader {
    static let accept = "Accept"
    static let authorization = "Authorization"
    static let audience = "Chainguard-Audience"
    static let identity = "Chainguard-Identity"
    static let host = "Host"
    static let date = "X-Amz-Date"
    static let securityToken = "X-Amz-Security-Token"

    /// The value of `Accept`: Chainguard reads only JSON.
    static let json = "application/json"
    /// What the request asks of STS.
    static let target = "/?Action=GetCallerIdentity&Version=2011-06-15"
}
