import AWSCaller
import Chainguard
import FoundationEssentials

/// An invented organization and an invented host, the same in every test.
enum Fixtures {
    /// 2026-11-23 12:00:00 UTC
    static let now = Date(timeIntervalSince1970: 1_795_435_200)

    // MARK: The host

    static let credentials = AWSCredentials(
        accessKeyID: "ASIAEXAMPLE0000000AA", secretAccessKey: Secret("not-a-real-secret-access-key-0000000000"),
        sessionToken: Secret("not-a-real-session-token"), expiration: now.addingTimeInterval(3 * 3600 + 25 * 60))

    static let caller = CallerIdentity(
        account: "123456789012", arn: ARN("arn:aws:sts::123456789012:assumed-role/deploy.prod/i-0a1b2c3d4e5f67890")!,
        userID: "AROAEXAMPLEROLEID0000:i-0a1b2c3d4e5f67890")

    static let endpoint = STSEndpoint(
        url: "https://sts.eu-central-1.amazonaws.com", signingRegion: "eu-central-1", origin: "the region's endpoint")

    static let reports: [SourceReport] = [
        SourceReport(source: .environment, outcome: .notConfigured("AWS_ACCESS_KEY_ID is not set")),
        SourceReport(source: .assumeRole, outcome: .notConfigured("the profile has no role_arn")),
        SourceReport(source: .webIdentity, outcome: .notConfigured("AWS_WEB_IDENTITY_TOKEN_FILE is not set")),
        SourceReport(source: .sso, outcome: .notConfigured("the profile has no sso_session")),
        SourceReport(
            source: .sharedProfile, outcome: .notConfigured("no profile default in ~/.aws/config or ~/.aws/credentials")
        ),
        SourceReport(source: .loginSession, outcome: .notConfigured("the profile has no login_session")),
        SourceReport(source: .process, outcome: .notConfigured("the profile has no credential_process")),
        SourceReport(source: .container, outcome: .notConfigured("no AWS_CONTAINER_CREDENTIALS_… variable")),
        SourceReport(
            source: .imds, outcome: .used,
            origins: [
                ValueOrigin(name: "role", value: "deploy.prod", location: "http://169.254.169.254/latest/meta-data")
            ],
            elapsed: .milliseconds(12)),
    ]

    static let detected = DetectedCaller(
        resolution: CredentialResolution(
            credentials: credentials, reports: reports, profile: ProfileChoice(name: "default", reason: .fallback)),
        region: RegionChoice(name: "eu-central-1", location: "AWS_REGION"), endpoint: endpoint,
        answer: CallerAnswer(
            identity: caller, requestID: "7c1f4a52-0000-4000-8000-000000000001", endpoint: endpoint,
            serverDate: now, clockDifference: .milliseconds(300), elapsed: .milliseconds(84)),
        findings: [
            CallerFinding(
                severity: .warning, text: "AWS_PROFILE is set but keys in the environment would beat it",
                remedy: "Unset one of the two"),
            CallerFinding(severity: .note, text: "The session name is the instance's id"),
        ])

    static let nobody = DetectedCaller(
        resolution: CredentialResolution(
            credentials: nil,
            reports: reports.dropLast() + [
                SourceReport(
                    source: .imds,
                    outcome: .failed(
                        Failure(
                            "The metadata service did not answer within 1 s",
                            remedy: "Inside a container, raise the hop limit to 2", category: .noCredentials)),
                    elapsed: .milliseconds(1003))
            ], profile: ProfileChoice(name: "default", reason: .fallback)),
        failure: Failure(
            "No AWS credentials were found", remedy: "Give this host a role or set AWS_PROFILE",
            category: .noCredentials))

    static let profiles = [
        ProfileSummary(name: "default", kind: .settingsOnly, location: "~/.aws/config:1"),
        ProfileSummary(name: "base", kind: .keys, location: "~/.aws/credentials:1"),
        ProfileSummary(
            name: "deploy", kind: .role(arn: "arn:aws:iam::123456789012:role/ci/deploy", via: "base"),
            location: "~/.aws/config:12"),
        ProfileSummary(
            name: "platform-admin", kind: .sso(account: "123456789012", role: "PlatformAdmin"),
            location: "~/.aws/config:20"),
        ProfileSummary(name: "vault", kind: .process, location: "~/.aws/config:31"),
    ]

    /// Two roles, one assumed with the other; IMDS would have credentials too, the container endpoint is silent.
    static let chained: DetectedCaller = {
        let first = "arn:aws:iam::123456789012:role/build"
        let last = "arn:aws:iam::210987654321:role/ci/deploy"
        var walked = reports
        walked[1] = SourceReport(
            source: .assumeRole, outcome: .used,
            origins: [
                ValueOrigin(name: "role ARN", value: last, location: "~/.aws/config:13"),
                ValueOrigin(name: "source profile", value: "build", location: "~/.aws/config:14"),
            ], elapsed: .milliseconds(212))
        walked[7] = SourceReport(source: .container, outcome: .shadowed(by: .assumeRole), elapsed: .seconds(2))
        walked[7].probe = .failed(
            Failure(
                "The container credentials endpoint http://169.254.170.2 did not answer within 2 s",
                remedy: "Check the task's role", category: .noCredentials))
        walked[8] = SourceReport(
            source: .imds, outcome: .shadowed(by: .assumeRole),
            origins: [ValueOrigin(name: "role", value: "node", location: "http://169.254.169.254/latest/meta-data")],
            elapsed: .milliseconds(31))
        walked[8].probe = .answered(
            accessKeyID: "ASIAEXAMPLE0000000BB", expiration: now.addingTimeInterval(3600))
        let identity = CallerIdentity(
            account: "210987654321", arn: ARN("arn:aws:sts::210987654321:assumed-role/deploy/ada")!,
            userID: "AROAEXAMPLEROLEID0001:ada")
        return DetectedCaller(
            resolution: CredentialResolution(
                credentials: credentials, reports: walked, profile: ProfileChoice(name: "deploy", reason: .flag)),
            region: RegionChoice(name: "eu-central-1", location: "AWS_REGION"), endpoint: endpoint,
            answer: CallerAnswer(
                identity: identity, requestID: "7c1f4a52-0000-4000-8000-000000000002", endpoint: endpoint,
                serverDate: now, clockDifference: .milliseconds(300), elapsed: .milliseconds(84)),
            rolePath: ["profile base", first, last])
    }()

    /// Everything that comes from outside is hostile: escapes, a bidi override, very long words.
    static let hostileCaller: DetectedCaller = {
        let nasty = "\u{1B}]0;title\u{07}\u{202E}role\u{9B}31m"
        var found = chained
        found.answer?.identity = CallerIdentity(
            account: "1\u{1B}[2J", arn: ARN("arn:aws:sts::123456789012:assumed-role/\(nasty)/\(nasty)")!, userID: nasty)
        found.rolePath = ["profile \(nasty)", "arn:\(nasty)" + String(repeating: "x", count: 300)]
        found.findings = [CallerFinding(severity: .warning, text: nasty, remedy: nasty)]
        return found
    }()

    /// Credentials that STS does not take.
    static let refused: DetectedCaller = {
        var found = detected
        found.answer = nil
        found.failure = Failure(
            "The session token has expired", remedy: "Get new temporary credentials from the same source",
            detail: "ExpiredToken: The security token included in the request is expired")
        return found
    }()

    // MARK: The organization

    static let root = "2f9c1a7be0d34c58a1b6e4f0917d2c3a5b8e6f41"
    static func uid(_ tail: String) -> UIDP { UIDP("\(root)/\(tail)")! }

    static let acme = Group(uid: UIDP(root)!, name: "acme.example", description: "The organization")
    static let platform = Group(uid: uid("1a2b3c4d5e6f7081"), name: "platform", description: "Clusters and builds")
    static let research = Group(uid: uid("9f8e7d6c5b4a3021"), name: "research")
    static let groups = [acme, platform, research]

    static let pull = Role(
        uid: UIDP("1111111111111111111111111111111111111111")!, name: "registry.pull",
        description: "Pull images", capabilities: ["groups.list", "manifest.list", "repo.list", "tag.list"])
    static let viewer = Role(
        uid: UIDP("2222222222222222222222222222222222222222")!, name: "viewer", description: "See everything",
        capabilities: ["identity.list"])
    static let customA = Role(uid: uid("aaaaaaaaaaaa0001"), name: "deployer", description: "Custom")
    static let customB = Role(uid: uid("bbbbbbbbbbbb0002"), name: "deployer", description: "Custom, of another team")
    static let roles = [customB, viewer, pull, customA]

    static func awsRole(_ name: String, account: String = "123456789012") -> Relationship {
        .aws(
            AWSRelationship(
                account: account, arn: .pattern("^arn:aws:sts::\(account):assumed-role/\(name)/(.+)$"),
                userID: .pattern("^AROA[A-Z0-9]+:(.+)$")))
    }

    static let deploy = AssumableIdentity(
        uid: uid("0000000000000001"), name: "deploy-prod", description: "Deploys to production",
        relationship: awsRole("deploy\\.prod"), created: now.addingTimeInterval(-86_400 * 40),
        lastSeen: now.addingTimeInterval(-300))
    static let admin = AssumableIdentity(
        uid: uid("0000000000000002"), name: "admin-prod", relationship: awsRole("admin"),
        created: now.addingTimeInterval(-86_400 * 90), lastSeen: now.addingTimeInterval(-86_400 * 2))
    static let github = AssumableIdentity(
        uid: UIDP("\(root)/1a2b3c4d5e6f7081/0000000000000003")!, name: "github-ci",
        relationship: .claimMatch(
            ClaimMatch(
                issuer: .exact("https://token.actions.githubusercontent.com"),
                subject: .pattern("^repo:acme/.*:ref:refs/heads/main$"), claims: ["environment": "production"])),
        created: now.addingTimeInterval(-86_400 * 200), lastSeen: now.addingTimeInterval(-7200))
    static let pullToken = AssumableIdentity(
        uid: uid("0000000000000004"), name: "pull-token-old",
        relationship: .staticKeys(
            StaticKeys(
                issuer: "https://pulltoken.issuer.example", subject: "pull-token-7",
                expiration: now.addingTimeInterval(-86_400))),
        created: now.addingTimeInterval(-86_400 * 400))
    static let service = AssumableIdentity(
        uid: uid("0000000000000005"), name: "cosigned", relationship: .servicePrincipal("COSIGNED"))
    static let identities = [deploy, admin, github, pullToken, service]

    static let binding = RoleBinding(
        uid: uid("00000000000000b1"), identity: .init(uid: deploy.uid, name: deploy.name),
        group: .init(uid: acme.uid, name: acme.name), role: .init(uid: pull.uid, name: pull.name))

    /// Created, one of its roles bound, then the service failed.
    static let halfDone = PendingCreation(
        id: "1", api: "https://console-api.enforce.dev",
        draft: IdentityDraft(
            account: "123456789012", iamName: "deploy.prod", name: "deploy-prod", parent: acme, roles: [pull, viewer]),
        started: now.addingTimeInterval(-3600), identity: deploy.uid, bound: [pull.uid], mayExist: true,
        problem: Failure("Binding the role viewer failed", detail: "Unavailable: try later"))
    /// The program ended before an answer came.
    static let unknown = PendingCreation(
        id: "2", api: "https://console-api.enforce.dev",
        draft: IdentityDraft(account: "123456789012", iamName: "admin", name: "admin-prod", parent: platform),
        started: now.addingTimeInterval(-60), mayExist: true)

    static let federation = IdentityDraft.Federation(
        issuer: "https://0f1e2d3c-0000-4000-8000-000000000001.tokens.sts.global.api.aws",
        subject: "arn:aws:iam::123456789012:role/ci/deploy.prod")

    static let operatorSubject = AuthenticatedSubject(
        issuer: "https://issuer.enforce.dev", subject: "0123456789012345678901234567890123456789",
        audience: ["https://console-api.enforce.dev"], expiry: now.addingTimeInterval(42 * 60 + 7),
        email: "ada@acme.example",
        granted: [GrantedCapabilities(group: root, role: "owner", capabilities: ["identity.create", "identity.list"])])

    static let assumed = LoginOutcome(
        subject: AuthenticatedSubject(
            issuer: "https://issuer.enforce.dev", subject: deploy.uid.text,
            audience: ["https://console-api.enforce.dev"],
            expiry: now.addingTimeInterval(3600),
            granted: [GrantedCapabilities(group: root, role: "registry.pull", capabilities: pull.capabilities)]),
        expiry: now.addingTimeInterval(3600),
        cachePath: "/home/ada/.cache/chainguard/https:--console-api.enforce.dev/deploy-prod/oidc-token")

    static let nginx = ImageRepository(id: uid("00000000000000e1"), name: "nginx", catalogTier: "FREE")
    static let python = ImageRepository(id: uid("00000000000000e2"), name: "python-fips", catalogTier: "APPLICATION")
    static let repositories = [python, nginx]
    static let tags = [
        ImageTag(
            id: uid("00000000000000f1"), name: "1.29", digest: "sha256:" + String(repeating: "ab", count: 32),
            lastUpdated: now.addingTimeInterval(-7200)),
        ImageTag(
            id: uid("00000000000000f2"), name: "latest", digest: "sha256:" + String(repeating: "cd", count: 32),
            lastUpdated: now.addingTimeInterval(-3600), deprecated: true),
    ]

    static func token(for uid: UIDP = deploy.uid) -> SignedCallerToken {
        let generator = CallerTokenGenerator(audience: ChainguardEndpoints().issuer)
        guard let token = try? generator.generate(identity: uid.text, credentials: credentials, at: now) else {
            preconditionFailure("the fixture's token can be signed")
        }
        return token
    }
}
