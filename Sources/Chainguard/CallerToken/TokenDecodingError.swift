import FoundationEssentials

/// Why a text holds no caller token, however leniently it is read.
public struct TokenDecodingError: Error, Sendable, Hashable {
    /// What the text is instead.
    public enum Kind: Sendable, Hashable {
        case empty
        /// A JSON web token, given by mistake.
        case jwt(JWTSummary)
        /// A character that base64 does not have, at this UTF-8 offset of the text.
        case notBase64(offset: Int)
        /// Base64, but what it holds is no HTTP request.
        case notARequest
    }

    /// What the text is instead.
    public var kind: Kind
    /// One sentence for people, free of secrets.
    public var message: String

    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }
}

extension TokenDecodingError: CustomStringConvertible {
    public var description: String { message }
}

/// What a JSON web token says of itself; nothing of it is verified.
public struct JWTSummary: Sendable, Hashable {
    /// `iss`.
    public var issuer: String?
    /// `sub`.
    public var subject: String?
    /// `aud`, a string or a list there.
    public var audience: [String]
    /// `exp`.
    public var expiry: Date?

    /// - Returns: `nil` unless the text is three parts of which the first two hold JSON objects.
    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Self.decoded(parts[0]), let payload = Self.decoded(parts[1]),
            (try? JSONDecoder().decode(Header.self, from: Data(header))) != nil,
            let claims = try? JSONDecoder().decode(Claims.self, from: Data(payload))
        else { return nil }
        issuer = claims.iss
        subject = claims.sub
        audience = claims.aud?.values ?? []
        expiry = claims.exp.map { Date(timeIntervalSince1970: $0) }
    }

    private static func decoded(_ part: Substring) -> [UInt8]? {
        let padding = String(repeating: "=", count: (4 - part.utf8.count % 4) % 4)
        return GoBase64.decode((part + padding).utf8)
    }

    private struct Header: Decodable {
        let alg: String
    }

    private struct Claims: Decodable {
        let iss: String?
        let sub: String?
        let aud: Audience?
        let exp: Double?
    }

    private struct Audience: Decodable {
        let values: [String]

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            values = try (try? [container.decode(String.self)]) ?? container.decode([String].self)
        }
    }
}
