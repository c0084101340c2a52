import FoundationEssentials

/// The JSON in which the container endpoint, the metadata service and credential processes hand out credentials.
enum CredentialDocument {
    /// - Parameters:
    ///   - tokenName: the member that holds the session token.
    /// - Returns: `nil` when a needed member is missing or the expiry can't be read. Names match in any case of
    ///   letters.
    static func credentials(_ document: JSONValue, tokenName: String = "Token") -> AWSCredentials? {
        guard let id = document.member(ignoringCase: "AccessKeyId")?.string,
            let secret = document.member(ignoringCase: "SecretAccessKey")?.string
        else { return nil }
        var expiration: Date?
        if let text = document.member(ignoringCase: "Expiration")?.string {
            guard let date = Timestamp.parse(text) else { return nil }
            expiration = date
        }
        return AWSCredentials(
            accessKeyID: id, secretAccessKey: Secret(secret),
            sessionToken: document.member(ignoringCase: tokenName)?.string.map { Secret($0) }, expiration: expiration,
            accountID: document.member(ignoringCase: "AccountId")?.string)
    }
}
