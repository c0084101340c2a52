import AWSCaller
import Sandbox

extension Scenario {
    static let all =
        environment + profiles + roles + webIdentity + sso + loginSession + process + container + metadata

    private static func keys(_ name: SandboxCaller.Name) -> [String: String] {
        let credentials = SandboxCaller.named(name).credentials
        var variables = [
            "AWS_ACCESS_KEY_ID": credentials.accessKeyID,
            "AWS_SECRET_ACCESS_KEY": credentials.secretAccessKey.reveal(),
        ]
        variables["AWS_SESSION_TOKEN"] = credentials.sessionToken?.reveal()
        return variables
    }

    private static let environment = [
        Scenario("long-term keys in the environment", .caller(.environment, "user/ci/deployer"))
            .with(\.variables, keys(.user)),
        Scenario("temporary keys in the environment", .caller(.environment, "image-builder/ci-run-4711"))
            .with(\.variables, keys(.role)),
        Scenario("half a key pair in the environment", .stops(.environment, "Half a key pair"))
            .with(\.variables, ["AWS_ACCESS_KEY_ID": "AKIAX"]),
        Scenario("a wrong secret", .refused("does not belong to the access key"))
            .with(\.variables, keys(.user).merging(["AWS_SECRET_ACCESS_KEY": "wrong"]) { $1 }),
        Scenario("a key that AWS does not know", .refused("does not know this access key"))
            .with(\.variables, ["AWS_ACCESS_KEY_ID": "AKIAX", "AWS_SECRET_ACCESS_KEY": "s"]),
        Scenario("a session that has ended", .refused("session token has expired")).with(\.variables, keys(.expired)),
        Scenario("temporary keys without their token", .refused("come with their session token"))
            .with(\.variables, keys(.role).merging(["AWS_SESSION_TOKEN": " "]) { $1 }),
        Scenario("keys of another partition", .refused("the endpoint is in the key's own partition"))
            .with(\.variables, keys(.govCloud)),
        Scenario("keys of another partition, in its region", .caller(.environment, "image-builder/ci-run-4711"))
            .with(\.variables, keys(.govCloud).merging(["AWS_REGION": "us-gov-west-1"]) { $1 }),
        Scenario("STS that is broken", .refused("status 500")).with(\.variables, keys(.user))
            .with(\.failures, [FailureRule("/", .status(500))]),
        Scenario("STS that recovers", .caller(.environment, "user/ci/deployer")).with(\.variables, keys(.user))
            .with(\.failures, [FailureRule("/", .status(503), times: 2)]),
        Scenario("STS that is none", .refused("not as STS does")).with(\.variables, keys(.user))
            .with(\.failures, [FailureRule("/", .garbage)]),
        Scenario("STS that sends elsewhere", .refused("status 302")).with(\.variables, keys(.user))
            .with(\.failures, [FailureRule("/", .redirect(to: "http://127.0.0.1:9/"))]),
    ]

    private static let profiles = [
        Scenario("keys of a profile", .caller(.sharedProfile, "user/ci/deployer"), profile: "deployer"),
        Scenario("--profile against keys", .caller(.sharedProfile, "user/ci/deployer"), profile: "deployer")
            .with(\.variables, keys(.root)),
        Scenario("keys against AWS_PROFILE", .caller(.environment, ":root"))
            .with(\.variables, keys(.root).merging(["AWS_PROFILE": "deployer"]) { $1 }),
        Scenario("half a key pair in a profile", .stops(.sharedProfile, "Half a key pair"), profile: "half")
            .with(\.config, "[profile half]\naws_access_key_id = AKIAX\n"),
        Scenario("a misspelt profile", .stops(.sharedProfile, "Did you mean 'release'?"), profile: "relese"),
        Scenario("a config file that does not parse", .stops(.sharedProfile, "/.aws/config:1 does not parse"))
            .with(\.variables, ["AWS_CONFIG_FILE": "HOME/.aws/config"])
            .with(\.files, [".aws/config": "[profile"]),
    ]

    private static func role(_ name: String, _ lines: String, source: String = "source_profile = deployer") -> String {
        "[profile test]\nrole_arn = arn:aws:iam::123456789012:role/\(name)\n\(source)\n\(lines)\n"
    }

    private static let roles = [
        Scenario("a role", .caller(.assumeRole, "assumed-role/release-manager/dana"), profile: "release"),
        Scenario("a role assumed with a role", .caller(.assumeRole, "image-publisher/dana"), profile: "publish"),
        Scenario("a role by the environment's keys", .caller(.assumeRole, "release-manager/x1"), profile: "test")
            .with(\.variables, keys(.role))
            .with(
                \.config,
                role("ops/release-manager", "role_session_name = x1", source: "credential_source = Environment")),
        Scenario("a role by the container's", .caller(.assumeRole, "release-manager/x1"), profile: "test")
            .with(\.variables, containerVariables)
            .with(
                \.config,
                role("ops/release-manager", "role_session_name = x1", source: "credential_source = EcsContainer")),
        Scenario("a role by the instance's", .caller(.assumeRole, "release-manager/x1"), profile: "test")
            .with(\.instance, .instance)
            .with(
                \.config,
                role("ops/release-manager", "role_session_name = x1", source: "credential_source = Ec2InstanceMetadata")
            ),
        Scenario("a role by the pod's", .caller(.assumeRole, "release-manager/x1"), profile: "test")
            .with(\.config, role("ops/release-manager", "role_session_name = x1", source: "source_profile = pod")),
        Scenario("a role without its external id", .stops(.assumeRole, "trust policy"), profile: "test")
            .with(\.config, role("image-publisher", "")),
        Scenario("a role that is not there", .stops(.assumeRole, "AccessDenied"), profile: "test")
            .with(\.config, role("nowhere", "")),
        Scenario("a role that lets nobody in", .stops(.assumeRole, "not authorized"), profile: "test")
            .with(\.config, role("break-glass", "")),
        Scenario("a session that would last too long", .stops(.assumeRole, "MaxSessionDuration"), profile: "test")
            .with(\.config, role("ops/release-manager", "duration_seconds = 28800")),
        Scenario("a chained session over an hour", .stops(.assumeRole, "1 hour session limit"), profile: "test")
            .with(\.config, role("ops/release-manager", "duration_seconds = 7200", source: "source_profile = release")),
        Scenario("a session for less than 15 minutes", .stops(.assumeRole, "between 900"), profile: "test")
            .with(\.config, role("ops/release-manager", "duration_seconds = 60")),
        Scenario("a session name that is none", .stops(.assumeRole, "roleSessionName"), profile: "test")
            .with(\.config, role("ops/release-manager", "role_session_name = a/b")),
        Scenario("a source profile that is not there", .stops(.assumeRole, "Did you mean 'deployer'"), profile: "test")
            .with(\.config, role("x", "", source: "source_profile = deploier")),
        Scenario("roles in a circle", .stops(.assumeRole, "circle"), profile: "test")
            .with(\.config, role("x", "", source: "source_profile = test")),
        Scenario("a role without a source", .stops(.assumeRole, "neither"), profile: "test")
            .with(\.config, role("x", "", source: "")),
        Scenario("a role that asks for a code", .stops(.assumeRole, "MFA"), profile: "test")
            .with(\.config, role("x", "mfa_serial = arn:aws:iam::123456789012:mfa/ann")),
    ]

    private static let podVariables = [
        "AWS_WEB_IDENTITY_TOKEN_FILE": "HOME/.aws/pod-token", "AWS_ROLE_SESSION_NAME": "pod-1",
        "AWS_ROLE_ARN": "arn:aws:iam::123456789012:role/image-builder",
    ]

    private static func pod(_ name: String, _ words: String, _ change: (inout PodToken) -> Void) -> Scenario {
        var token = PodToken()
        change(&token)
        return Scenario(name, .stops(.webIdentity, words), profile: "pod").with(\.podToken, token)
    }

    private static let webIdentity = [
        Scenario(
            "a pod's token in a profile", .caller(.webIdentity, "image-builder/image-builder-7d9f"), profile: "pod"),
        Scenario("a pod's token in variables", .caller(.webIdentity, "image-builder/pod-1"))
            .with(\.variables, podVariables),
        Scenario("a pod's token before a container", .caller(.webIdentity, "image-builder/pod-1"))
            .with(\.variables, podVariables.merging(containerVariables) { $1 }),
        Scenario("a pod's token that is not there", .stops(.webIdentity, "does not exist"), profile: "pod")
            .with(\.files, [".aws/pod-token": ""]),
        Scenario("a pod's token without a role", .stops(.webIdentity, "no role ARN"))
            .with(\.variables, ["AWS_WEB_IDENTITY_TOKEN_FILE": "HOME/.aws/pod-token"]),
        Scenario("a pod's token that is none", .stops(.webIdentity, "not a valid JWT"), profile: "pod")
            .with(\.files, [".aws/pod-token": "hello"]),
        pod("a pod's token that has expired", "web identity token has expired") { $0.lifetime = .seconds(-60) },
        pod("a pod's token for somebody else", "Incorrect token audience") { $0.audience = "vault" },
        pod("a pod's token of another service account", "Not authorized") { $0.subject = "system:serviceaccount:a:b" },
        pod("a pod's token of an unknown issuer", "No OpenIDConnect provider") {
            $0.issuer = "https://elsewhere.example"
        },
        pod("a pod's token that was changed", "signature invalid") { $0.isForged = true },
    ]

    private static let adminARN = "AWSReservedSSO_Platform_Admin_0123456789abcdef/dana@acme.example"

    private static let sso = [
        Scenario("signed in with SSO", .caller(.sso, adminARN), profile: "admin"),
        Scenario("an SSO token that is renewed", .caller(.sso, adminARN), profile: "admin").with(\.ssoLifetime, -60),
        Scenario("an SSO token renewed early", .caller(.sso, adminARN), profile: "admin").with(\.ssoLifetime, 240),
        Scenario("an early renewal that fails", .caller(.sso, adminARN), profile: "admin").with(\.ssoLifetime, 240)
            .with(\.failures, [FailureRule("/token", .status(500))]),
        Scenario("an SSO token that has expired", .stops(.sso, "aws sso login --profile admin"), profile: "admin")
            .with(\.ssoLifetime, -60).with(\.ssoChanges, ["refreshToken": ""]),
        Scenario("an SSO registration that has ended", .stops(.sso, "has expired"), profile: "admin")
            .with(\.ssoLifetime, -60).with(\.ssoChanges, ["registrationExpiresAt": "2020-01-01T00:00:00Z"]),
        Scenario("an SSO refresh token that is void", .stops(.sso, "invalid_grant"), profile: "admin")
            .with(\.ssoLifetime, -60).with(\.ssoChanges, ["refreshToken": "aor9-void"]),
        Scenario("an SSO client that is void", .stops(.sso, "invalid_client"), profile: "admin")
            .with(\.ssoLifetime, -60).with(\.ssoChanges, ["clientSecret": "void"]),
        Scenario("an SSO token that the portal does not know", .stops(.sso, "aws sso login"), profile: "admin")
            .with(\.ssoLifetime, 3600).with(\.ssoChanges, ["accessToken": "aoa9-void"]),
        Scenario("an SSO role that is not mine", .stops(.sso, "is assigned to you"), profile: "test")
            .with(
                \.config,
                "[profile test]\nsso_session = acme\nsso_account_id = 123456789012\nsso_role_name = Billing\n"),
        Scenario("an SSO session that is not there", .stops(.sso, "Did you mean 'acme'?"), profile: "test")
            .with(\.config, "[profile test]\nsso_session = acne\nsso_account_id = 1\nsso_role_name = R\n"),
        Scenario("SSO without a token", .stops(.sso, "Not signed in"), profile: "test")
            .with(
                \.config,
                """
                [profile test]
                sso_start_url = https://acme.awsapps.example/start
                sso_region = us-east-1
                sso_account_id = 123456789012
                sso_role_name = Platform_Admin

                """),
        Scenario("an SSO portal that is broken", .stops(.sso, "status 503"), profile: "admin")
            .with(\.failures, [FailureRule("/federation", .status(503))]),
        Scenario("an SSO portal that is none", .stops(.sso, "with no credentials"), profile: "admin")
            .with(\.failures, [FailureRule("/federation", .garbage)]),
    ]

    private static func login(_ name: String, _ outcome: Outcome, ending: String?) -> Scenario {
        let keys = SandboxCaller.named(.role).credentials
        // SHA-256 of "session-1".
        let file = ".aws/login/cache/84097828fc31a8c8d29210df48901a85de7fd013f686b17be77d1be29cb7a98b.json"
        let document = """
            {"accessToken": {"accessKeyId": "\(keys.accessKeyID)", "secretAccessKey":
            "\(keys.secretAccessKey.reveal())", "sessionToken": "\(keys.sessionToken?.reveal() ?? "")",
            "expiresAt": "\(ending ?? "")", "accountId": "123456789012"}, "dpopKey": "k", "refreshToken": "r"}
            """
        return Scenario(name, outcome, profile: "test").with(\.config, "[profile test]\nlogin_session = session-1\n")
            .with(\.files, ending == nil ? [:] : [file: document])
    }

    private static let loginSession = [
        login(
            "signed in with aws login", .caller(.loginSession, "image-builder/ci-run-4711"),
            ending: "2026-08-01T12:10:00Z"),
        login("an aws login that has ended", .stops(.loginSession, "have expired"), ending: "2026-08-01T11:59:00Z"),
        login("not signed in with aws login", .stops(.loginSession, "aws login --profile test"), ending: nil),
    ]

    private static func process(_ name: String, _ command: String, _ words: String) -> Scenario {
        Scenario(name, .stops(.process, words), profile: "test")
            .with(\.config, "[profile test]\ncredential_process = \(command)\n")
    }

    private static let process = [
        Scenario("a process", .caller(.process, "image-builder/ci-run-4711"), profile: "vault"),
        process("a process that fails", "echo locked >&2; exit 2", "status 2: locked"),
        process("a process that is not there", "/nowhere/at/all", "status 127"),
        process("a process that prints no JSON", "echo hello", "no JSON"),
        process("a process of another version", #"echo '{"Version": 2}'"#, "Version is not 1"),
        process("a process that prints half", #"echo '{"Version": 1, "AccessKeyId": "A"}'"#, "incomplete"),
        process(
            "a process whose credentials have expired",
            #"echo '{"Version":1,"AccessKeyId":"A","SecretAccessKey":"s","Expiration":"2026-08-01T11:00:00Z"}'"#,
            "expired"),
    ]

    private static let containerVariables = [
        "AWS_CONTAINER_CREDENTIALS_FULL_URI": "BASE/v2/credentials/8f7d2c3e-4b1a-4d6f-9e21-7c5a3b9d0e64",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN": Sandbox.containerAuthorization.reveal(),
    ]

    private static func container(_ name: String, _ outcome: Outcome, _ changes: [String: String] = [:]) -> Scenario {
        Scenario(name, outcome).with(\.variables, containerVariables.merging(changes) { $1 })
    }

    private static let taskARN = "ecs-registry-mirror/0f9de17a6465404e8b1b2356dc13c2f8"

    private static let container = [
        container("a container", .caller(.container, taskARN)),
        container(
            "a container's token in a file", .caller(.container, taskARN),
            [
                "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "HOME/token", "AWS_CONTAINER_AUTHORIZATION_TOKEN": "wrong",
            ]
        ).with(\.files, ["token": Sandbox.containerAuthorization.reveal()]),
        container(
            "a container's token with a line feed", .stops(.container, "line break"),
            ["AWS_CONTAINER_AUTHORIZATION_TOKEN": "wrong\n"]),
        container(
            "a container's token file that is not there", .stops(.container, "does not exist"),
            ["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "HOME/token"]),
        container(
            "a container's token that is wrong", .stops(.container, "status 401"),
            ["AWS_CONTAINER_AUTHORIZATION_TOKEN": "wrong"]),
        container(
            "a container's endpoint in the clear", .stops(.container, "in the clear"),
            ["AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://10.0.0.1/x"]),
        container("a container's endpoint that recovers", .caller(.container, taskARN))
            .with(\.failures, [FailureRule("/v2", .status(500), times: 2)]),
        container("a container's endpoint that is broken", .stops(.container, "status 500"))
            .with(\.failures, [FailureRule("/v2", .status(500))]),
        container("a container's endpoint that is none", .stops(.container, "no credentials"))
            .with(\.failures, [FailureRule("/v2", .garbage)]),
        container("a container's endpoint that answers too much", .stops(.container, "too large"))
            .with(\.failures, [FailureRule("/v2", .oversized(bytes: 1 << 20))]),
        container(
            "a container's endpoint where nobody listens", .stops(.container, "refused"),
            ["AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1:9/x"]),
    ]

    private static func metadata(_ name: String, _ outcome: Outcome, _ variables: [String: String] = [:]) -> Scenario {
        Scenario(name, outcome).with(\.instance, .instance).with(\.variables, variables)
    }

    private static let instanceARN = "AmazonSSMRoleForInstancesQuickSetup/i-05a6373f0c1d2e3f4"

    private static let metadata = [
        metadata("an instance", .caller(.imds, instanceARN)),
        metadata(
            "an instance's role by name", .caller(.imds, instanceARN),
            ["AWS_EC2_INSTANCE_PROFILE_NAME": "AmazonSSMRoleForInstancesQuickSetup"]),
        metadata(
            "an instance's role by a wrong name", .stops(.imds, "knows no role"),
            ["AWS_EC2_INSTANCE_PROFILE_NAME": "Other"]),
        metadata("an instance of version 1", .caller(.imds, instanceARN)).with(\.allowsIMDSv1, true)
            .with(\.failures, [FailureRule("/latest/api", .status(404))]),
        metadata(
            "an instance of version 1 where that is not allowed", .stops(.imds, "version 1 is disabled"),
            ["AWS_EC2_METADATA_V1_DISABLED": "true"]
        ).with(\.allowsIMDSv1, true).with(\.failures, [FailureRule("/latest/api", .status(404))]),
        metadata("an instance that refuses tokens", .stops(.imds, "status 403")).with(\.allowsIMDSv1, true)
            .with(\.failures, [FailureRule("/latest/api", .status(403))]),
        metadata("an instance whose service recovers", .caller(.imds, instanceARN))
            .with(\.failures, [FailureRule("/latest", .status(503), times: 2)]),
        metadata("an instance whose service is broken", .stops(.imds, "status 503"))
            .with(\.failures, [FailureRule("/latest/meta-data", .status(503))]),
        metadata("an instance whose service is none", .stops(.imds, "no token"))
            .with(\.failures, [FailureRule("/latest", .garbage)]),
        metadata(
            "an instance behind the hop limit", .stops(.imds, "hop limit"), ["AWS_METADATA_SERVICE_TIMEOUT": "1"]
        ).with(\.failures, [FailureRule("/latest", .slow(.seconds(5)))]),
        metadata(
            "an instance with a wrong mode", .stops(.imds, "neither IPv4 nor IPv6"),
            ["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE": "IPv5"]),
        metadata(
            "an instance that is not asked", .nobody("No AWS credentials are configured on this host"),
            ["AWS_EC2_METADATA_DISABLED": "true"]),
        Scenario("an instance without a role", .nobody("No AWS credentials are configured on this host")),
        metadata(
            "no instance at all", .nobody("No AWS credentials are configured on this host"),
            ["AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://127.0.0.1:9"]),
    ]
}
