import FoundationEssentials

/// AWS security credentials: long-term (`AKIA…`) or temporary (`ASIA…`, with a session token).
public struct AWSCredentials: Sendable, Hashable {
    public var accessKeyID: String
    public var secretAccessKey: Secret
    /// Absent for long-term credentials; never empty.
    public var sessionToken: Secret?
    public var expiration: Date?
    /// Known only where the source says it.
    public var accountID: String?

    public init(
        accessKeyID: String, secretAccessKey: Secret, sessionToken: Secret? = nil, expiration: Date? = nil,
        accountID: String? = nil
    ) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
        self.expiration = expiration
        self.accountID = accountID
    }
}
