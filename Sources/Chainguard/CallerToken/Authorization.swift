/// SigV4's `Authorization` header taken apart (AWS, "Create a signed AWS API request"):
/// `AWS4-HMAC-SHA256 Credential=KEY/date/region/service/aws4_request, SignedHeaders=a;b, Signature=hex`.
public struct Authorization: Sendable, Hashable {
    /// `AWS4-HMAC-SHA256`.
    public var algorithm: String
    /// The public half of the key that signed.
    public var accessKeyID: String
    /// The credential scope's date, `yyyymmdd`.
    public var scopeDate: String
    /// The credential scope's region.
    public var region: String
    /// The credential scope's service, `sts`.
    public var service: String
    /// The credential scope's end, `aws4_request`.
    public var terminator: String
    /// As listed, lower-cased.
    public var signedHeaders: [String]
    /// 64 hexadecimal digits when well formed.
    public var signature: String

    /// Access key and scope as one: `KEY/date/region/service/aws4_request`.
    public var credential: String { "\(accessKeyID)/\(credentialScope)" }

    /// `date/region/service/aws4_request`.
    public var credentialScope: String { "\(scopeDate)/\(region)/\(service)/\(terminator)" }

    /// - Returns: `nil` unless the header names an algorithm, a credential of five parts, the signed headers and a
    ///   signature, each once.
    public init?(_ header: String) {
        guard let space = header.firstIndex(of: " ") else { return nil }
        var parts: [String: String] = [:]
        for part in header[space...].split(separator: ",") {
            let trimmed = part.drop { $0 == " " }
            guard let equals = trimmed.firstIndex(of: "=") else { return nil }
            let value = trimmed[trimmed.index(after: equals)...].reversed().drop { $0 == " " }.reversed()
            guard parts.updateValue(String(value), forKey: String(trimmed[..<equals])) == nil else { return nil }
        }
        guard let credential = parts["Credential"], let signed = parts["SignedHeaders"],
            let signature = parts["Signature"]
        else { return nil }
        let scope = credential.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard scope.count >= 5 else { return nil }
        algorithm = String(header[..<space])
        accessKeyID = scope.dropLast(4).joined(separator: "/")
        (scopeDate, region) = (scope[scope.count - 4], scope[scope.count - 3])
        (service, terminator) = (scope[scope.count - 2], scope[scope.count - 1])
        signedHeaders = signed.split(separator: ";", omittingEmptySubsequences: false).map { $0.lowercased() }
        self.signature = signature
    }
}
