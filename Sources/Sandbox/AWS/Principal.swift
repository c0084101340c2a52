import AWSCaller
import FoundationEssentials

/// Somebody whom STS knows by an access key.
struct Principal: Sendable {
    var credentials: AWSCredentials
    var identity: CallerIdentity
    /// Of a session that ends.
    var end: Date?

    var isRoleSession: Bool { identity.roleName != nil }
}
