import FoundationEssentials
import Testing
import Transport

@testable import AWSCaller

/// An STS that hands out `ASIA<n>` for the n-th role assumed.
private final class FakeSTS: Sendable {
    let transport: ScriptedTransport

    init() {
        transport = ScriptedTransport { request throws(TransportError) in
            let form = String(decoding: request.body, as: UTF8.self)
            let action = form.contains("WithWebIdentity") ? "AssumeRoleWithWebIdentity" : "AssumeRole"
            let role = form.split(separator: "&").first { $0.hasPrefix("RoleArn=") }?.split(separator: "%2F").last ?? ""
            return HTTPResponse(
                200,
                """
                {"\(action)Response": {"\(action)Result": {"Credentials": {"AccessKeyId": "ASIA-\(role)",
                "SecretAccessKey": "s", "SessionToken": "t", "Expiration": 1795440000.0},
                "AssumedRoleUser": {"Arn": "arn:aws:sts::012345678901:assumed-role/x/y"}}}}
                """)
        }
    }

    var forms: [String] { transport.requests.map { String(decoding: $0.body, as: UTF8.self) } }
    var signers: [String] {
        transport.requests.map { request in
            let value = request.headers["authorization"] ?? ""
            return String(value.split(separator: "=").dropFirst().first?.prefix { $0 != "/" } ?? "")
        }
    }
}

@Suite struct RoleSourceTests {
    @Test func assumesAChainOfRoles() async {
        let sts = FakeSTS()
        let config = """
            [profile top]
            role_arn = arn:aws:iam::1:role/top
            source_profile = middle
            role_session_name = me
            external_id = xid
            aws_access_key_id = ignored
            aws_secret_access_key = ignored
            [profile middle]
            role_arn = arn:aws:iam::1:role/middle
            source_profile = base
            [profile base]
            aws_access_key_id = AKIABASE
            aws_secret_access_key = s
            region = eu-west-1
            """
        let host = TestHost(variables: ["AWS_REGION": "us-west-2"], config: config, transport: sts.transport)
        let resolution = await host.resolve(profile: "top")
        #expect(resolution.winner == .assumeRole)
        #expect(resolution.credentials?.accessKeyID == "ASIA-top")
        #expect(resolution.credentials?.accountID == "012345678901")
        #expect(resolution.credentials?.expiration == Date(timeIntervalSince1970: 1_795_440_000))
        #expect(sts.signers == ["AKIABASE", "ASIA-middle"])
        #expect(sts.transport.requests.allSatisfy { $0.url == "https://sts.us-west-2.amazonaws.com/" })
        #expect(sts.forms[1].contains("RoleSessionName=me&ExternalId=xid"))
        #expect(
            resolution.report(.assumeRole)?.findings.first?.text.hasSuffix(
                "profile base → arn:aws:iam::1:role/middle → arn:aws:iam::1:role/top") == true)
    }

    @Test func aSourcesOwnKeysBeatItsOwnRole() async {
        let sts = FakeSTS()
        let config = """
            [profile a]
            role_arn = arn:aws:iam::1:role/a
            source_profile = b
            [profile b]
            role_arn = arn:aws:iam::1:role/b
            source_profile = a
            aws_access_key_id = AKIAB
            aws_secret_access_key = s
            """
        #expect(await TestHost(config: config, transport: sts.transport).resolve(profile: "a").winner == .assumeRole)
        #expect(sts.signers == ["AKIAB"])
    }

    @Test func aProfileMayNameItself() async {
        let sts = FakeSTS()
        let config = """
            [default]
            role_arn = arn:aws:iam::1:role/a
            source_profile = default
            aws_access_key_id = AKIASELF
            aws_secret_access_key = s
            """
        #expect(await TestHost(config: config, transport: sts.transport).resolve().winner == .assumeRole)
        #expect(sts.signers == ["AKIASELF"])
    }

    @Test func aCredentialSourceIsAsked() async {
        let sts = FakeSTS()
        let host = TestHost(
            variables: ["AWS_ACCESS_KEY_ID": "AKIAENV", "AWS_SECRET_ACCESS_KEY": "s"],
            config: "[profile a]\nrole_arn = arn:aws:iam::1:role/a\ncredential_source = Environment",
            transport: sts.transport)
        #expect(await host.resolve(profile: "a").credentials?.accessKeyID == "ASIA-a")
        #expect(sts.signers == ["AKIAENV"])
    }

    @Test(arguments: [
        ("source_profile = b\n[profile b]\nrole_arn = r\nsource_profile = a", "circle"),
        ("source_profile = a", "circle"),
        (
            "source_profile = b\naws_access_key_id = k\naws_secret_access_key = s\n"
                + "[profile b]\nrole_arn = r\nsource_profile = a", "circle"
        ), ("source_profile = nobody", "does not exist"), ("", "neither"),
        ("source_profile = a\ncredential_source = Environment", "both"), ("credential_source = Moon", "not known"),
    ])
    func aWrongChainIsAnErrorWithoutAsking(_ lines: String, _ words: String) async {
        let sts = FakeSTS()
        let config = "[profile a]\nrole_arn = arn:aws:iam::1:role/a\n" + lines
        let failure = await TestHost(config: config, transport: sts.transport).resolve(profile: "a").failure(
            .assumeRole)
        #expect(failure?.what.contains(words) == true, "\(failure?.what ?? "none")")
        #expect(sts.forms.isEmpty)
    }

    @Test func aSourceWithoutCredentialsStopsTheChain() async {
        let config = "[profile a]\nrole_arn = r\nsource_profile = b\n[profile b]\nregion = us-east-1"
        let resolution = await TestHost(config: config).resolve(profile: "a")
        #expect(resolution.failure(.assumeRole)?.what.contains("'b' has no credentials") == true)
    }

    @Test func webIdentityIsNotSigned() async {
        let sts = FakeSTS()
        let host = TestHost(
            variables: [
                "AWS_WEB_IDENTITY_TOKEN_FILE": "/var/token", "AWS_ROLE_ARN": "arn:aws:iam::1:role/pod",
                "AWS_ROLE_SESSION_NAME": "pod-1", "AWS_REGION": "eu-central-1",
            ], files: ["/var/token": "jwt.jwt.jwt\n"], transport: sts.transport)
        let resolution = await host.resolve()
        #expect(resolution.winner == .webIdentity)
        #expect(resolution.credentials?.accessKeyID == "ASIA-pod")
        #expect(sts.transport.requests.first?.headers["authorization"] == nil)
        #expect(sts.forms.first?.hasSuffix("RoleSessionName=pod-1&WebIdentityToken=jwt.jwt.jwt") == true)
    }

    @Test func webIdentityCanBeTheBaseOfAChain() async {
        let sts = FakeSTS()
        let config = """
            [profile a]
            role_arn = arn:aws:iam::1:role/a
            source_profile = web
            [profile web]
            role_arn = arn:aws:iam::1:role/web
            web_identity_token_file = /var/token
            """
        let host = TestHost(config: config, files: ["/var/token": "jwt"], transport: sts.transport)
        #expect(await host.resolve(profile: "a").credentials?.accessKeyID == "ASIA-a")
        #expect(sts.signers == ["", "ASIA-web"])
    }

    @Test(arguments: [
        (["AWS_WEB_IDENTITY_TOKEN_FILE": "/gone", "AWS_ROLE_ARN": "r"], "does not exist"),
        (["AWS_WEB_IDENTITY_TOKEN_FILE": "/gone"], "no role ARN"),
    ])
    func aWebIdentityThatFailsStopsTheChain(_ variables: [String: String], _ words: String) async {
        let resolution = await TestHost(variables: variables).resolve()
        #expect(resolution.failure(.webIdentity)?.what.contains(words) == true)
        #expect(resolution.report(.imds)?.outcome == .skipped("the chain stopped at Web identity (IRSA)"))
    }
}

@Suite struct SSOSourceTests {
    private let config = """
        [profile dev]
        sso_session = main
        sso_account_id = 012345678901
        sso_role_name = Read Only
        [sso-session main]
        sso_start_url = https://example.awsapps.com/start
        sso_region = eu-west-1
        """
    /// SHA-1 of "main".
    private let cachePath = "/home/me/.aws/sso/cache/b28b7af69320201d1cf206ebf28373980add1451.json"

    private func token(_ expiry: String) -> [String: String] {
        [cachePath: #"{"accessToken": "the-sso-token", "expiresAt": "\#(expiry)"}"#]
    }

    @Test func tradesTheCachedTokenForTheRolesCredentials() async throws {
        let transport = ScriptedTransport { _ throws(TransportError) in
            HTTPResponse(
                200,
                #"""
                {"roleCredentials": {"accessKeyId": "ASIASSO", "secretAccessKey": "s", "sessionToken": "t",
                 "expiration": 1795440000000}}
                """#)
        }
        let host = TestHost(config: config, files: token("2026-11-23T13:00:00Z"), transport: transport)
        let resolution = await host.resolve(profile: "dev")
        #expect(resolution.winner == .sso)
        #expect(resolution.credentials?.expiration == Date(timeIntervalSince1970: 1_795_440_000))
        let request = try #require(transport.requests.first)
        #expect(
            request.url == "https://portal.sso.eu-west-1.amazonaws.com/federation/credentials"
                + "?role_name=Read%20Only&account_id=012345678901")
        #expect(request.headers["x-amz-sso_bearer_token"] == "the-sso-token")
    }

    @Test func fipsAndDualStackChangeThePortalsHost() async {
        let transport = ScriptedTransport { _ throws(TransportError) in HTTPResponse(500, "") }
        let host = TestHost(
            variables: ["AWS_USE_FIPS_ENDPOINT": "true", "AWS_USE_DUALSTACK_ENDPOINT": "true"], config: config,
            files: token("2026-11-23T13:00:00Z"), transport: transport)
        _ = await host.resolve(profile: "dev")
        #expect(transport.requests.first?.url.hasPrefix("https://portal.sso-fips.eu-west-1.api.aws/") == true)
    }

    @Test func anExpiredTokenNamesTheCommand() async {
        let host = TestHost(config: config, files: token("2026-11-23T11:00:00Z"))
        let failure = await host.resolve(profile: "dev").failure(.sso)
        #expect(failure?.remedy == "Run: aws sso login --profile dev")
        #expect(failure?.what.contains("expired") == true)
    }

    @Test func noTokenNamesTheCommand() async {
        let failure = await TestHost(config: config).resolve(profile: "dev").failure(.sso)
        #expect(failure?.remedy == "Run: aws sso login --profile dev")
    }

    @Test func missingSettingsAreNamed() async {
        let resolution = await TestHost(config: "[profile dev]\nsso_account_id = 1").resolve(profile: "dev")
        #expect(
            resolution.failure(.sso)?.what
                == "The profile 'dev' uses SSO, but lacks sso_role_name, sso_start_url, sso_region")
        let gone = await TestHost(
            config: "[profile dev]\nsso_account_id = 1\nsso_session = man\n[sso-session main]\na=b"
        )
        .resolve(profile: "dev")
        #expect(gone.failure(.sso)?.remedy == "Did you mean 'main'?")
    }
}
