import FoundationEssentials
import JWTKit

/// The claims of a token that the sandbox's issuer signed, checked.
struct IssuedClaims: Sendable, Equatable {
    var issuer: String
    /// An identity's UIDP, or a person's.
    var subject: String
    var audience: [String]
    var expiry: Date
    var issuedAt: Date
    var email: String?
}

/// The claims as they stand in a token. Times are checked against the sandbox's clock, not JWTKit's.
struct TokenPayload: JWTPayload {
    var iss: String
    var sub: String
    var aud: AudienceClaim
    var exp: Int
    var iat: Int
    var jti: String?
    var email: String?

    func verify(using algorithm: some JWTAlgorithm) async throws {}
}

/// The claims of another provider's token: the registered ones, and every text among the rest.
struct ForeignPayload: JWTPayload {
    var issuer: String
    var subject: String
    var audience: [String]
    var expiry: Double
    var notBefore: Double?
    var texts: [String: String]

    init(issuer: String, subject: String, audience: [String], expiry: Double, texts: [String: String]) {
        self.issuer = issuer
        self.subject = subject
        self.audience = audience
        self.expiry = expiry
        self.texts = texts
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: FieldName.self)
        issuer = try fields.decode(String.self, forKey: FieldName("iss"))
        subject = try fields.decode(String.self, forKey: FieldName("sub"))
        audience = try fields.decode(AudienceClaim.self, forKey: FieldName("aud")).value
        expiry = try fields.decode(Double.self, forKey: FieldName("exp"))
        notBefore = try fields.decodeIfPresent(Double.self, forKey: FieldName("nbf"))
        texts = [:]
        for key in fields.allKeys {
            if let text = try? fields.decode(String.self, forKey: key) { texts[key.stringValue] = text }
        }
    }

    func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: FieldName.self)
        for (name, text) in texts { try fields.encode(text, forKey: FieldName(name)) }
        try fields.encode(issuer, forKey: FieldName("iss"))
        try fields.encode(subject, forKey: FieldName("sub"))
        try fields.encode(AudienceClaim(value: audience), forKey: FieldName("aud"))
        try fields.encode(expiry, forKey: FieldName("exp"))
    }

    func verify(using algorithm: some JWTAlgorithm) async throws {}
}
