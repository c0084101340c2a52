import AWSCaller

/// An IAM role of the sandbox's account that can be assumed, and whom its trust policy lets in.
struct SandboxRole: Sendable, Equatable {
    enum Trust: Sendable, Equatable {
        /// Every user and role of the account that brings the external id, where there is one.
        case account(externalID: String?)
        /// The service account of the sandbox's Kubernetes cluster.
        case cluster(subject: String)
        case nobody
    }

    /// Begins and ends with `/`.
    var path: String
    var name: String
    /// What makes it this role and not one of the same name made later.
    var id: String
    var trust: Trust
    /// In seconds.
    var maximumDuration = 3600

    var arn: ARN {
        ARN(partition: "aws", service: "iam", account: SandboxCaller.account, resource: "role\(path)\(name)")
    }

    static let releaseManager = SandboxRole(
        path: "/ops/", name: "release-manager", id: "AROARELEASE2222222222", trust: .account(externalID: nil),
        maximumDuration: 14_400)
    static let imagePublisher = SandboxRole(
        path: "/", name: "image-publisher", id: "AROAPUBLISH2222222222", trust: .account(externalID: "acme-publish"))
    static let imageBuilder = SandboxRole(
        path: "/", name: "image-builder", id: SandboxCaller.named(.role).identity.uniqueID,
        trust: .cluster(subject: "system:serviceaccount:ci:image-builder"))
    static let breakGlass = SandboxRole(
        path: "/", name: "break-glass", id: "AROABREAKGLASS2222222", trust: .nobody)

    static let all = [releaseManager, imagePublisher, imageBuilder, breakGlass]
}
