/// Who STS says is calling: the answer of `GetCallerIdentity`, with its ARN taken apart.
public struct CallerIdentity: Sendable, Hashable {
    /// 12 digits, leading zeros included.
    public var account: String
    /// As STS reports it: of a role in use `arn:aws:sts::…:assumed-role/NAME/SESSION`, never the role's own ARN.
    public var arn: ARN
    /// `AROA…:SESSION` of an assumed role, `AIDA…` of a user, the account of a root user.
    public var userID: String

    public init(account: String, arn: ARN, userID: String) {
        self.account = account
        self.arn = arn
        self.userID = userID
    }

    /// What kind of principal an ARN names (IAM User Guide, "IAM identifiers").
    public enum Kind: Sendable, Hashable {
        case root
        /// `path` begins and ends with `/`.
        case user(path: String, name: String)
        /// The role's path is not part of an assumed role's ARN.
        case assumedRole(name: String, session: String)
        case federatedUser(name: String)
        /// A principal of a shape not known here, shown as it is.
        case other
    }
}
