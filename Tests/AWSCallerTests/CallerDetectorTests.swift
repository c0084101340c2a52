import FoundationEssentials
import Synchronization
import Testing
import Transport

@testable import AWSCaller

@Suite struct CallerDetectorTests {
    private func sts(
        _ arn: String = "arn:aws:iam::012345678901:user/ann", userID: String = "AIDAX",
        date: String = "Mon, 23 Nov 2026 12:00:00 GMT"
    ) -> ScriptedTransport {
        let body = """
            {"GetCallerIdentityResponse": {"GetCallerIdentityResult":
            {"Account": "012345678901", "Arn": "\(arn)", "UserId": "\(userID)"}}}
            """
        return ScriptedTransport { _ throws(TransportError) in HTTPResponse(200, body, headers: ["Date": date]) }
    }

    private let keys = ["AWS_ACCESS_KEY_ID": "AKIAENV", "AWS_SECRET_ACCESS_KEY": "s", "AWS_REGION": "us-east-1"]

    private func texts(_ caller: DetectedCaller) -> String {
        caller.findings.map { "\($0.severity.rawValue): \($0.text)" }.joined(separator: "\n")
    }

    @Test func tellsWhoIsCalling() async {
        let transport = sts()
        let caller = await TestHost(variables: keys, transport: transport).detect()
        #expect(caller.answer?.identity.userName == "ann")
        #expect(caller.region == RegionChoice(name: "us-east-1", location: "AWS_REGION"))
        #expect(caller.endpoint?.url == "https://sts.us-east-1.amazonaws.com")
        #expect(caller.failure == nil)
        #expect(caller.findings == [])
        #expect(transport.requests.count == 1)
    }

    @Test func reportsProgressInOrder() async {
        let seen = Mutex<[CallerDetector.Progress]>([])
        let detector = CallerDetector(context: TestHost(variables: keys, transport: sts()).context)
        let caller = await detector.detect { step in seen.withLock { $0.append(step) } }
        let steps = seen.withLock { $0 }
        #expect(steps.first == .asking(.environment))
        #expect(steps.last == caller.endpoint.map { .askingSTS($0) })
        let reports = steps.compactMap { if case .report(let report) = $0 { report } else { nil } }
        #expect(reports == caller.resolution.reports)
    }

    @Test func asksNothingWithoutCredentials() async {
        let transport = ScriptedTransport.silent
        let host = TestHost(variables: ["AWS_EC2_METADATA_DISABLED": "true"], transport: transport)
        let caller = await host.detect()
        #expect(caller.failure?.category == .noCredentials)
        #expect(caller.endpoint == nil)
        #expect(transport.requests.isEmpty)
    }

    @Test(arguments: [
        (["AWS_PROFILE": "work"], "warning: AWS_PROFILE names 'work', but the keys in the environment win"),
        (
            ["AWS_PROFILE": "work", "AWS_DEFAULT_PROFILE": "gone"],
            "warning: AWS_PROFILE names 'work', but the keys in the environment win"
        ),
        (["AWS_SESSION_TOKEN": "t"], "warning: AWS_SESSION_TOKEN stands beside a long-term key"),
        (
            ["AWS_ENDPOINT_URL": "https://e.example"],
            "warning: STS is asked at https://e.example, set by AWS_ENDPOINT_URL"
        ),
        (["AWS_ENDPOINT_URL": "http://e.example"], "go over plain http"),
        (["AWS_REGION": "cn-north-1"], "warning: The credentials are of the partition aws, but the region cn-north-1"),
        (["AWS_REGION": ""], "note: No region is set"),
        (["AWS_CREDENTIAL_EXPIRATION": "2026-11-23T11:00:00Z"], "warning: The credentials expired at 20261123T110000Z"),
        (
            ["AWS_WEB_IDENTITY_TOKEN_FILE": "/t", "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://169.254.170.23/"],
            "warning: Both IRSA (AWS_WEB_IDENTITY_TOKEN_FILE) and EKS Pod Identity"
        ),
        (
            ["AWS_WEB_IDENTITY_TOKEN_FILE": "/t", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/x"],
            "warning: Both IRSA (AWS_WEB_IDENTITY_TOKEN_FILE) and the ECS task role"
        ),
        (["AWS_PROFILE": "wrok"], "warning: The profile 'wrok' named by AWS_PROFILE is in neither AWS file"),
        (
            ["AWS_PROFILE": "half"],
            "warning: Half a key pair in the profile 'half': aws_secret_access_key (~/.aws/config:4)"
        ),
    ])
    func findsWhatIsOddAboutTheHost(_ variables: [String: String], _ text: String) async {
        let host = TestHost(
            variables: keys.merging(variables) { $1 },
            config: "[profile work]\nregion = us-east-1\n[profile half]\naws_secret_access_key = s", transport: sts())
        let caller = await host.detect()
        #expect(texts(caller).contains(text), "\(texts(caller))")
    }

    @Test(arguments: [
        ("arn:aws:iam::012345678901:root", "warning: The caller is the account's root user"),
        ("arn:aws:sts::012345678901:federated-user/bob", "warning: The caller is a federated user"),
        (
            "arn:aws:sts::012345678901:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/ann",
            "note: The role belongs to IAM Identity Center, permission set Admin"
        ),
    ])
    func findsWhatIsOddAboutTheCaller(_ arn: String, _ text: String) async {
        let caller = await TestHost(variables: keys, transport: sts(arn)).detect()
        #expect(texts(caller).hasPrefix(text), "\(texts(caller))")
    }

    @Test func warnsOfAClockThatIsOff() async {
        let off = await TestHost(variables: keys, transport: sts(date: "Mon, 23 Nov 2026 11:54:00 GMT")).detect()
        #expect(texts(off).hasPrefix("warning: This host's clock is 6 min ahead of AWS's"), "\(texts(off))")
        let right = await TestHost(variables: keys, transport: sts(date: "Mon, 23 Nov 2026 11:55:30 GMT")).detect()
        #expect(right.findings == [])
    }

    @Test func namesAFileThatDoesNotParse() async {
        let caller = await TestHost(variables: keys, config: "[profile").detect()
        #expect(texts(caller).hasPrefix("warning: ~/.aws/config:1 does not parse"), "\(texts(caller))")
    }

    @Test func namesTheHopLimitWhenTheMetadataServiceIsSilent() async {
        let transport = ScriptedTransport { request throws(TransportError) in
            throw TransportError(.timeout, host: request.url)
        }
        let caller = await TestHost(transport: transport).detect()
        #expect(caller.findings.contains { $0.remedy.contains("hop limit") })
        #expect(caller.failure?.what.hasPrefix("No AWS credentials are configured on this host. ") == true)
        #expect(caller.failure?.remedy.hasPrefix("Configure some (aws configure)") == true)
        #expect(caller.failure?.category == .noCredentials && caller.failure?.code == "no-credentials")
    }

    @Test func saysWhenAnInstanceHasNoRole() async {
        let transport = ScriptedTransport { request throws(TransportError) in
            request.method == .put ? HTTPResponse(200, "token") : HTTPResponse(404, "")
        }
        let caller = await TestHost(transport: transport).detect()
        #expect(texts(caller).contains("warning: This is an EC2 instance without a role"), "\(texts(caller))")
    }

    @Test func saysWhichCommandSignsInAgain() async {
        let config = """
            [profile dev]
            sso_start_url = https://example.awsapps.com/start
            sso_region = us-east-1
            sso_account_id = 012345678901
            sso_role_name = R
            """
        let caller = await TestHost(config: config).detect(profile: "dev")
        #expect(caller.findings.first?.remedy == "Run: aws sso login --profile dev")
    }

    @Test func anotherProfileLeavesNothingOfTheFirst() async {
        let files = "[a]\naws_access_key_id = AKIAA\naws_secret_access_key = s\n[b]\nregion = eu-west-1"
        let host = TestHost(variables: ["AWS_EC2_METADATA_DISABLED": "true"], credentials: files, transport: sts())
        #expect(await host.detect(profile: "a").answer != nil)
        let other = await host.detect(profile: "b")
        #expect(other.answer == nil && other.resolution.credentials == nil)
        #expect(other.region == RegionChoice(name: "eu-west-1", location: "~/.aws/credentials:5"))
    }
}

@Suite struct SecrecyTests {
    private static let marks = ["MARK-SECRET", "MARK-TOKEN", "MARK-CONTAINER", "MARK-JWT", "MARK-COMMAND"]

    private func expectNoMark(_ value: Any) {
        var text = ""
        dump(value, to: &text)
        text += "\(value)" + String(reflecting: value)
        for mark in Self.marks { #expect(!text.contains(mark), "\(mark) can be seen") }
    }

    @Test func secretsAreNotSeenInAnythingThatComesOut() async {
        let variables = [
            "AWS_ACCESS_KEY_ID": "AKIAENV", "AWS_SECRET_ACCESS_KEY": "MARK-SECRET", "AWS_SESSION_TOKEN": "MARK-TOKEN",
            "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1/",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN": "MARK-CONTAINER\n",
        ]
        let credentials = """
            [default]
            aws_access_key_id = AKIADEFAULT
            aws_secret_access_key = MARK-SECRET
            aws_session_token = MARK-TOKEN
            credential_process = x MARK-COMMAND
            """
        var host = TestHost(variables: variables, credentials: credentials)
        expectNoMark(await host.detect())
        expectNoMark(await host.detect(profile: "default"))
        expectNoMark(host.context.environment)
        expectNoMark((try? SharedConfig.load(host.context)) as Any)
        host.credentials = "[default]\ncredential_process = x MARK-COMMAND"
        host.processes.result.standardOutput = Array("MARK-SECRET".utf8)
        expectNoMark(await host.detect(profile: "default"))
        host.credentials = nil
        host.variables["AWS_ACCESS_KEY_ID"] = nil
        host.variables["AWS_SECRET_ACCESS_KEY"] = nil
        expectNoMark(await host.detect())
    }

    @Test func aSecretEncodesAndPrintsRedacted() throws {
        let secret = Secret("MARK-SECRET")
        expectNoMark(secret)
        expectNoMark([secret])
        #expect(String(decoding: try JSONEncoder().encode([secret]), as: UTF8.self) == #"["<redacted>"]"#)
        #expect(secret.reveal() == "MARK-SECRET")
    }
}
