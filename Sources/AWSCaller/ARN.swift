/// An Amazon Resource Name, split at the first five colons: the resource may hold colons itself.
public struct ARN: Sendable, Hashable, CustomStringConvertible {
    /// `aws`, `aws-cn`, …
    public var partition: String
    /// `iam` of a user, `sts` of an assumed role.
    public var service: String
    /// Empty for principals, which belong to no region.
    public var region: String
    /// 12 digits; empty for some resources.
    public var account: String
    /// What stands after the account, colons and slashes included: `assumed-role/NAME/SESSION`.
    public var resource: String

    public init(partition: String, service: String, region: String = "", account: String, resource: String) {
        self.partition = partition
        self.service = service
        self.region = region
        self.account = account
        self.resource = resource
    }

    /// - Returns: `nil` unless the text has six parts and begins with `arn:`.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 6, parts[0] == "arn" else { return nil }
        self.init(
            partition: parts[1], service: parts[2], region: parts[3], account: parts[4], resource: parts[5])
    }

    /// The text that it was made from.
    public var description: String {
        "arn:\(partition):\(service):\(region):\(account):\(resource)"
    }
}
