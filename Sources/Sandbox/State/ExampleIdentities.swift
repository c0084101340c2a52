import Chainguard
import FoundationEssentials

/// Identities of every kind: AWS roles and users that match the sandbox's callers or miss them by one value, OIDC
/// workloads, pull tokens, an expired one, a service principal.
struct ExampleIdentities: Sendable {
    struct Example: Sendable {
        var record: IdentityRecord
        var parent: UIDP
        var roles: [String]
        var ageInDays: Int
        var lastSeenDaysAgo: Int?
    }

    let now: Date

    var all: [Example] { matchingAWS + otherAWS + workloads + keys }

    private static let account = SandboxCaller.account

    private var matchingAWS: [Example] {
        [
            example(
                Self.role("image-builder", "Builds images in CI", role: "image-builder"), roles: ["registry.pull"],
                age: 210, seen: 0),
            example(
                Self.role("nightly-scan", "Bound to nothing yet", role: "image-builder"), roles: [], age: 40,
                seen: nil),
            example(
                Self.role("cluster-admin-tools", "Platform automation", role: "image-builder"), roles: ["viewer"],
                age: 120, seen: 3),
            example(
                Self.role("ec2-fleet", "Every managed EC2 host", role: "AmazonSSMRoleForInstancesQuickSetup"),
                roles: ["registry.pull"], age: 330, seen: 1),
            example(
                Self.role("ecs-registry-mirror", "Mirrors images into ECR", role: "ecs-registry-mirror"),
                in: ExampleOrganization.payments, roles: ["registry.pull"], age: 95, seen: 0),
            example(
                aws(
                    "sso-platform-admins", "Identity Center permission set Platform_Admin",
                    arn: .pattern(
                        "^arn:aws:sts::\(Self.account):assumed-role/AWSReservedSSO_Platform_Admin_[0-9a-f]{16}/(.+)$"),
                    userID: .pattern("^AROA[A-Z0-9]+:(.+)$")), roles: ["viewer"], age: 180, seen: 6),
            example(
                aws(
                    "deployer", "IAM user of the deployment pipeline",
                    arn: .exact("arn:aws:iam::\(Self.account):user/ci/deployer"),
                    userID: .exact("AIDADEPLOYER222222222")), in: ExampleOrganization.platform,
                roles: ["registry.push"], age: 700, seen: 2),
            example(
                aws(
                    "legacy-ci", "Made before patterns were anchored",
                    arn: .pattern("arn:aws:sts::\(Self.account):assumed-role/image"), userID: .pattern("AROA")),
                roles: ["registry.pull"], age: 900, seen: 12),
        ]
    }

    private var otherAWS: [Example] {
        [
            example(
                Self.role(
                    "staging-builder", "The same role in the staging account", "210987654321", role: "image-builder"),
                in: ExampleOrganization.platform, roles: ["registry.pull"], age: 60, seen: 8),
            example(
                Self.role("release-signer", "Signs releases", role: "release-signer"), roles: ["registry.push"],
                age: 150, seen: 20),
            example(
                aws(
                    "image-builder-pinned", "Pinned to a role that was deleted and made anew",
                    arn: .pattern("^arn:aws:sts::\(Self.account):assumed-role/image-builder/(.+)$"),
                    userID: .pattern("^AROABUILDER3333333333:(.+)$")), roles: ["registry.pull"], age: 400, seen: 365),
            example(
                Self.role(
                    "govcloud-builder", "GovCloud builds", "210987654321", role: "image-builder",
                    partition: "aws-us-gov"), roles: ["registry.pull"], age: 30, seen: nil),
        ]
    }

    private var workloads: [Example] {
        [
            example(
                claims(
                    "github-images-main", "acme/images, branch main", issuer: .exact(Self.github),
                    subject: .exact("repo:acme/images:ref:refs/heads/main")), roles: ["registry.push"], age: 500,
                seen: 0),
            example(
                claims(
                    "github-any-release", "Release workflow of every repository", issuer: .exact(Self.github),
                    subject: .pattern("^repo:acme/[a-z0-9-]+:ref:refs/tags/v.+$"),
                    claims: ["job_workflow_ref": "acme/workflows/.github/workflows/release.yml@refs/heads/main"]),
                in: ExampleOrganization.platform, roles: ["registry.pull"], age: 260, seen: 4),
            example(
                claims(
                    "gitlab-ledger", "GitLab pipeline of the ledger", issuer: .exact("https://gitlab.com"),
                    subject: .exact("project_path:acme/ledger:ref_type:branch:ref:main")),
                in: ExampleOrganization.payments, roles: ["registry.pull"], age: 140, seen: 1),
            example(
                claims(
                    "gke-production", "Kubernetes service account of the production clusters",
                    issuer: .pattern(
                        "^https://container\\.googleapis\\.com/v1/projects/acme-prod/locations/[a-z0-9-]+/clusters/.+$"),
                    subject: .exact("system:serviceaccount:payments:ledger")), in: ExampleOrganization.payments,
                roles: ["registry.pull"], age: 75, seen: 0),
            example(
                claims(
                    "buildkite-agents", "Buildkite, pipeline images", issuer: .exact("https://agent.buildkite.com"),
                    subject: .pattern("^organization:acme:pipeline:images:.+$")), roles: ["registry.pull"], age: 33,
                seen: 9),
        ]
    }

    private var keys: [Example] {
        [
            example(
                pullToken("pull-token-dana-laptop", "Dana's laptop", days: 300), roles: ["registry.pull"], age: 65,
                seen: 2),
            example(
                pullToken("pull-token-ci-cache", "Pull-through cache of CI", days: 14), roles: ["registry.pull"],
                age: 351, seen: 0),
            example(
                pullToken("pull-token-2024-q3", "Expired, kept for the audit", days: -120), roles: ["registry.pull"],
                age: 485, seen: 121),
            example(
                IdentityRecord(
                    name: "onprem-cluster", description: "Kubernetes in the Oslo data centre, keys given by hand",
                    staticKeys: StaticKeysRecord(
                        issuer: "https://kubernetes.oslo.acme.example", subject: "system:serviceaccount:images:puller",
                        issuerKeys: IssuerKey.workload.keySetJSON, expirationTime: time(inDays: 90))),
                in: ExampleOrganization.platform, roles: ["registry.pull"], age: 275, seen: 5),
            example(
                IdentityRecord(
                    name: "catalog-syncer", description: "Keeps the catalog's images in step",
                    servicePrincipal: "CATALOG_SYNCER"), roles: ["registry.push"], age: 900, seen: 0),
        ]
    }

    private static let github = "https://token.actions.githubusercontent.com"

    private func example(
        _ record: IdentityRecord, in parent: UIDP = ExampleOrganization.root, roles: [String], age: Int, seen: Int?
    ) -> Example {
        Example(record: record, parent: parent, roles: roles, ageInDays: age, lastSeenDaysAgo: seen)
    }

    private static func role(
        _ name: String, _ description: String, _ account: String = Self.account, role: String,
        partition: String = "aws"
    ) -> IdentityRecord {
        let arn = "^arn:\(partition):sts::\(account):assumed-role/\(role)/(.+)$"
        return IdentityRecord(
            name: name, description: description,
            awsIdentity: AWSIdentityRecord(
                account: account, arn: .pattern(arn), userID: .pattern("^AROA[A-Z0-9]+:(.+)$")))
    }

    private func aws(
        _ name: String, _ description: String, arn: ValueMatcher, userID: ValueMatcher
    ) -> IdentityRecord {
        IdentityRecord(
            name: name, description: description,
            awsIdentity: AWSIdentityRecord(account: Self.account, arn: arn, userID: userID))
    }

    private func claims(
        _ name: String, _ description: String, issuer: ValueMatcher, subject: ValueMatcher,
        claims: [String: String]? = nil
    ) -> IdentityRecord {
        IdentityRecord(
            name: name, description: description,
            claimMatch: ClaimMatchRecord(issuer: issuer, subject: subject, claims: claims))
    }

    private func pullToken(_ name: String, _ description: String, days: Int) -> IdentityRecord {
        IdentityRecord(
            name: name, description: description,
            staticKeys: StaticKeysRecord(
                issuer: "https://pulltoken.issuer.chainguard.dev",
                subject: "pull-token-\(Material.hex("subject of \(name)", digits: 32))",
                issuerKeys: IssuerKey.workload.keySetJSON, expirationTime: time(inDays: days)))
    }

    private func time(inDays days: Int) -> String {
        Timestamp.format(now.addingTimeInterval(Double(days) * 86_400))
    }
}
