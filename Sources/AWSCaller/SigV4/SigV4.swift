import Crypto

/// The steps of AWS Signature Version 4 (IAM User Guide, "Create a signed AWS API request"), as pure functions.
public enum SigV4 {
    /// The name that begins the string to sign and the `Authorization` header.
    public static let algorithm = "AWS4-HMAC-SHA256"

    /// SHA-256 of no bytes.
    public static let emptyPayloadHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    /// - Parameter date: `yyyymmdd`.
    public static func signingKey(secret: Secret, date: String, region: String, service: String) -> SigningKey {
        SigningKey(secret: secret, date: date, region: region, service: service)
    }

    /// 64 lower-case hex digits.
    public static func signature(stringToSign: String, key: SigningKey) -> String {
        String(decoding: key.signature(for: Array(stringToSign.utf8)), as: UTF8.self)
    }

    /// Lower-case hex SHA-256.
    public static func hash(_ bytes: [UInt8]) -> String {
        bytes.isEmpty ? emptyPayloadHash : Hex.encode(SHA256.hash(data: bytes))
    }

    /// - Parameters:
    ///   - path: as in the request target, without the query; it is normalised if asked and encoded once more.
    ///   - query: as in the request target, without `?`.
    ///   - headers: every header of the request, in order; only the signed ones are used.
    ///   - signedHeaders: lower-case names in the order in which they are to be listed.
    ///   - payloadHash: lower-case hex, or a marker such as `UNSIGNED-PAYLOAD`.
    public static func canonicalRequest(
        method: String, path: String, query: String, headers: [(String, String)], signedHeaders: [String],
        payloadHash: String, normalizesPath: Bool = true
    ) -> String {
        var output: [UInt8] = []
        output.reserveCapacity(512)
        output += method.utf8
        output.append(newline)
        CanonicalPath.append(path, normalizes: normalizesPath, to: &output)
        output.append(newline)
        CanonicalQuery.append(query, to: &output)
        output.append(newline)
        CanonicalHeaders.append(headers, signed: signedHeaders, to: &output)
        output.append(newline)
        output += signedHeaders.joined(separator: ";").utf8
        output.append(newline)
        output += payloadHash.utf8
        return String(decoding: output, as: UTF8.self)
    }

    /// - Parameters:
    ///   - date: `yyyymmddThhmmssZ`.
    ///   - scope: see ``credentialScope(date:region:service:)``.
    public static func stringToSign(date: String, scope: String, canonicalRequest: String) -> String {
        "\(algorithm)\n\(date)\n\(scope)\n\(hash(Array(canonicalRequest.utf8)))"
    }

    /// - Parameter date: `yyyymmdd`.
    public static func credentialScope(date: String, region: String, service: String) -> String {
        "\(date)/\(region)/\(service)/aws4_request"
    }

    private static let newline = UInt8(ascii: "\n")
}
