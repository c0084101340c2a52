import FoundationEssentials

/// AWS security credentials: long-term (`AKIA…`) or temporary (`ASIA…`, with a session token).
public struct AWSCredentials: Sendable, Hashable {
    /// `AKIA…` for long-term keys, `ASIA…` for temporary ones.
    public var accessKeyID: String
    /// What requests are signed with; it never leaves the host.
    public var secretAccessKey: Secret
    /// Absent for long-term credentials; never empty.
    public var sessionToken: Secret?
    /// When temporary credentials end; `nil` for long-term ones, and where the source does not say it.
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
