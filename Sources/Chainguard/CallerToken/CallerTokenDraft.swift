import AWSCaller
import Synchronization

/// Everything that a token is made of before it is signed, laid out in bytes: the parts that change stand between
/// parts that never do.
struct CallerTokenDraft {
    let audience: [UInt8]
    let identity: [UInt8]
    let stsHost: String
    let credentials: AWSCredentials
    /// `yyyymmddThhmmssZ`.
    let amzDate: String
    let canonicalBytes: [UInt8]
    let stringToSign: String

    init(audience: [UInt8], identity: [UInt8], stsHost: String, credentials: AWSCredentials, amzDate: String) {
        self.audience = audience
        self.identity = identity
        self.stsHost = stsHost
        self.credentials = credentials
        self.amzDate = amzDate
        canonicalBytes = Self.canonicalBytes(
            audience: GoHeader.canonicalValue(audience), identity: GoHeader.canonicalValue(identity),
            stsHost: stsHost, amzDate: amzDate, sessionToken: credentials.sessionToken)
        let scope = SigV4.credentialScope(
            date: String(amzDate.prefix(8)), region: CallerTokenGenerator.signingRegion(stsHost: stsHost),
            service: "sts")
        stringToSign = "\(SigV4.algorithm)\n\(amzDate)\n\(scope)\n\(SigV4.hash(canonicalBytes))"
    }

    /// 64 lower-case hexadecimal digits.
    func signature(_ keys: SigningKeyCache) -> String {
        let key = keys.key(
            secret: credentials.secretAccessKey, date: String(amzDate.prefix(8)),
            region: CallerTokenGenerator.signingRegion(stsHost: stsHost))
        return String(decoding: key.signature(for: Array(stringToSign.utf8)), as: UTF8.self)
    }

    /// The serialised request, closed by an empty line.
    func requestBytes(signature: String) -> [UInt8] {
        let region = CallerTokenGenerator.signingRegion(stsHost: stsHost)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(768 + identity.count + (credentials.sessionToken?.reveal().utf8.count ?? 0))
        bytes += "POST \(TokenHeader.target) HTTP/1.1\r\nHost: \(stsHost)\r\n".utf8
        bytes += "Accept: application/json\r\nAuthorization: \(SigV4.algorithm) Credential=".utf8
        bytes += "\(credentials.accessKeyID)/\(amzDate.prefix(8))/\(region)/sts/aws4_request, ".utf8
        bytes += "SignedHeaders=\(Self.signedHeaders)".utf8
        if credentials.sessionToken != nil { bytes += ";x-amz-security-token".utf8 }
        bytes += ", Signature=\(signature)\r\n".utf8
        bytes += "Chainguard-Audience: ".utf8
        bytes += audience
        bytes += "\r\nChainguard-Identity: ".utf8
        bytes += identity
        bytes += "\r\nX-Amz-Date: \(amzDate)\r\n".utf8
        if let token = credentials.sessionToken { bytes += "X-Amz-Security-Token: \(token.reveal())\r\n".utf8 }
        bytes += "\r\n".utf8
        return bytes
    }

    private static let signedHeaders = "accept;chainguard-audience;chainguard-identity;host;x-amz-date"

    private static func canonicalBytes(
        audience: [UInt8], identity: [UInt8], stsHost: String, amzDate: String, sessionToken: Secret?
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(640 + identity.count + (sessionToken?.reveal().utf8.count ?? 0))
        bytes += "POST\n/\nAction=GetCallerIdentity&Version=2011-06-15\naccept:application/json\n".utf8
        bytes += "chainguard-audience:".utf8
        bytes += audience
        bytes += "\nchainguard-identity:".utf8
        bytes += identity
        bytes += "\nhost:\(stsHost)\nx-amz-date:\(amzDate)\n".utf8
        if let sessionToken { bytes += "x-amz-security-token:\(sessionToken.reveal())\n".utf8 }
        bytes += "\n\(signedHeaders)".utf8
        if sessionToken != nil { bytes += ";x-amz-security-token".utf8 }
        bytes += "\n\(SigV4.emptyPayloadHash)".utf8
        return bytes
    }
}

/// The last signing key derived: a key serves a whole day, and deriving it costs more than signing.
final class SigningKeyCache: Sendable {
    private struct Entry {
        var secret: Secret
        var date: String
        var region: String
        var key: SigningKey
    }

    private let last = Mutex<Entry?>(nil)

    func key(secret: Secret, date: String, region: String) -> SigningKey {
        last.withLock { entry in
            if let entry, entry.date == date, entry.region == region, entry.secret == secret { return entry.key }
            let key = SigningKey(secret: secret, date: date, region: region, service: "sts")
            entry = Entry(secret: secret, date: date, region: region, key: key)
            return key
        }
    }
}
