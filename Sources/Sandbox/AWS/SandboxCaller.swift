import AWSCaller
import FoundationEssentials

/// An AWS principal that the sandbox's STS knows, with its keys.
public struct SandboxCaller: Sendable, Hashable {
    public enum Name: String, Sendable, Hashable, CaseIterable, Codable {
        /// An assumed role with a session token.
        case role
        /// An IAM user with long-term keys.
        case user
        /// The role of the instance that IMDS speaks for.
        case instance
        /// The task role of the container credentials endpoint.
        case container
        /// A role that Identity Center made.
        case identityCenter = "identity-center"
        /// A role of the GovCloud partition: unknown at the global STS host.
        case govCloud = "gov-cloud"
        /// A role whose session has ended.
        case expired
        case root
    }

    public var name: Name
    public var credentials: AWSCredentials
    public var identity: CallerIdentity
    /// The partition whose STS knows the keys.
    public var partition: String { identity.arn.partition }

    public static let account = "123456789012"

    /// As STS knows it.
    var principal: Principal {
        Principal(credentials: credentials, identity: identity, end: name == .expired ? .distantPast : nil)
    }

    public static func named(_ name: Name) -> SandboxCaller {
        switch name {
        case .role:
            role(name, key: "BUILDER222222222", role: "image-builder", id: "BUILDER2222222222", session: "ci-run-4711")
        case .instance:
            role(
                name, key: "INSTANCE22222222", role: "AmazonSSMRoleForInstancesQuickSetup", id: "INSTANCE222222222",
                session: "i-05a6373f0c1d2e3f4")
        case .container:
            role(
                name, key: "CONTAINER2222222", role: "ecs-registry-mirror", id: "CONTAINER22222222",
                session: "0f9de17a6465404e8b1b2356dc13c2f8")
        case .identityCenter:
            role(
                name, key: "IDCENTER22222222", role: "AWSReservedSSO_Platform_Admin_0123456789abcdef",
                id: "IDCENTER222222222", session: "dana@acme.example")
        case .govCloud:
            role(
                name, key: "GOVCLOUD22222222", role: "image-builder", id: "GOVCLOUD222222222", session: "ci-run-4711",
                partition: "aws-us-gov", account: "210987654321")
        case .expired:
            role(name, key: "EXPIRED222222222", role: "image-builder", id: "BUILDER2222222222", session: "ci-run-4710")
        case .user:
            longTerm(
                name, key: "DEPLOYER22222222", resource: "user/ci/deployer", userID: "AIDADEPLOYER222222222")
        case .root:
            longTerm(name, key: "ROOTUSER22222222", resource: "root", userID: account)
        }
    }

    public static let all: [SandboxCaller] = Name.allCases.map(named)

    private static func role(
        _ name: Name, key: String, role: String, id: String, session: String, partition: String = "aws",
        account: String = Self.account
    ) -> SandboxCaller {
        let arn = ARN(
            partition: partition, service: "sts", account: account, resource: "assumed-role/\(role)/\(session)")
        let credentials = AWSCredentials(
            accessKeyID: "ASIA\(key)", secretAccessKey: Material.secretKey(for: key),
            sessionToken: Material.sessionToken(for: key))
        return SandboxCaller(
            name: name, credentials: credentials,
            identity: CallerIdentity(account: account, arn: arn, userID: "AROA\(id):\(session)"))
    }

    private static func longTerm(_ name: Name, key: String, resource: String, userID: String) -> SandboxCaller {
        let arn = ARN(partition: "aws", service: "iam", account: account, resource: resource)
        return SandboxCaller(
            name: name,
            credentials: AWSCredentials(accessKeyID: "AKIA\(key)", secretAccessKey: Material.secretKey(for: key)),
            identity: CallerIdentity(account: account, arn: arn, userID: userID))
    }
}
