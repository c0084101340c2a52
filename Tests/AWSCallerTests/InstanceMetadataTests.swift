import FoundationEssentials
import Testing
import Transport

@testable import AWSCaller

/// A metadata service as a test describes it.
struct FakeInstance: Sendable {
    var tokenStatus = 200
    var tokenError: TransportError.Reason?
    var isV1Allowed = true
    var isExtendedServed = true
    var role: String? = "app"
    var document = """
        {"Code": "Success", "Type": "AWS-HMAC", "AccessKeyId": "ASIAI", "SecretAccessKey": "s", "Token": "t",
         "Expiration": "2026-11-23T18:00:00Z", "AccountId": "012345678901"}
        """

    var transport: ScriptedTransport {
        ScriptedTransport { request throws(TransportError) in try answer(request) }
    }

    private func answer(_ request: HTTPRequest) throws(TransportError) -> HTTPResponse {
        if request.method == .put {
            if let tokenError { throw TransportError(tokenError, host: "imds") }
            return HTTPResponse(tokenStatus, "the-token")
        }
        let token = request.headers["x-aws-ec2-metadata-token"]
        guard token == "the-token" || (token == nil && isV1Allowed) else { return HTTPResponse(401, "") }
        let path = request.url.split(separator: "/").suffix(2).map(String.init)
        if request.url.contains("-extended"), !isExtendedServed { return HTTPResponse(404, "") }
        guard let role else { return HTTPResponse(404, "") }
        if request.url.hasSuffix("/") { return HTTPResponse(200, role) }
        return path.last == role ? HTTPResponse(200, document) : HTTPResponse(404, "")
    }
}

@Suite struct InstanceMetadataTests {
    @Test func asksATokenThenTheRoleThenItsCredentials() async {
        let transport = FakeInstance().transport
        let resolution = await TestHost(transport: transport).resolve()
        #expect(resolution.winner == .imds)
        #expect(resolution.credentials?.accountID == "012345678901")
        let base = "http://169.254.169.254/latest"
        #expect(
            transport.requests.map { "\($0.method.rawValue) \($0.url)" } == [
                "PUT \(base)/api/token", "GET \(base)/meta-data/iam/security-credentials-extended/",
                "GET \(base)/meta-data/iam/security-credentials-extended/app",
            ])
        #expect(transport.requests[0].headers["x-aws-ec2-metadata-token-ttl-seconds"] == "21600")
        #expect(transport.requests.allSatisfy { !$0.usesProxy && $0.timeout == .seconds(1) })
        #expect(resolution.report(.imds)?.origins.map(\.value) == ["http://169.254.169.254", "app"])
    }

    @Test func fallsBackToTheOlderPath() async {
        let transport = FakeInstance(isExtendedServed: false).transport
        #expect(await TestHost(transport: transport).resolve().winner == .imds)
        #expect(transport.requests.last?.url.hasSuffix("/iam/security-credentials/app") == true)
    }

    @Test(arguments: [
        FakeInstance(tokenStatus: 404), FakeInstance(tokenStatus: 405), FakeInstance(tokenError: .timeout),
    ])
    func fallsBackToVersionOne(_ instance: FakeInstance) async {
        #expect(await TestHost(transport: instance.transport).resolve().winner == .imds)
        let host = TestHost(variables: ["AWS_EC2_METADATA_V1_DISABLED": "true"], transport: instance.transport)
        #expect(await host.resolve().failure(.imds) != nil)
    }

    @Test(arguments: [400, 403])
    func aRefusedTokenIsNoReasonForVersionOne(_ status: Int) async {
        let transport = FakeInstance(tokenStatus: status).transport
        #expect(await TestHost(transport: transport).resolve().failure(.imds)?.what.contains("\(status)") == true)
        #expect(transport.requests.count == 1)
    }

    @Test func aTokenTimeoutWithTokensRequiredNamesTheHopLimit() async {
        let instance = FakeInstance(tokenError: .timeout, isV1Allowed: false)
        let failure = await TestHost(transport: instance.transport).resolve().failure(.imds)
        #expect(failure?.remedy.contains("hop limit") == true)
    }

    @Test func nobodyThereMeansNotConfigured() async {
        let instance = FakeInstance(tokenError: .connectionRefused)
        let resolution = await TestHost(transport: instance.transport).resolve()
        guard case .notConfigured(let reason) = resolution.report(.imds)?.outcome else {
            Issue.record("not reported as not configured")
            return
        }
        #expect(reason.contains("169.254.169.254"))
    }

    @Test func anInstanceWithoutARoleIsNamed() async {
        let resolution = await TestHost(transport: FakeInstance(role: nil).transport).resolve()
        #expect(
            resolution.report(.imds)?.outcome
                == .notConfigured("the instance has no role: no instance profile is attached to it"))
    }

    @Test func aDocumentThatIsNoSuccessIsAFailureWithItsMessage() async {
        let document = #"{"Code": "AssumeRoleUnauthorizedAccess", "Message": "EC2 cannot assume the role"}"#
        let resolution = await TestHost(transport: FakeInstance(document: document).transport).resolve()
        #expect(
            resolution.failure(.imds)?.detail == "AssumeRoleUnauthorizedAccess: EC2 cannot assume the role")
    }

    @Test func retriesServerErrorsThoughSilenceIsFinal() async {
        let broken = FakeInstance(tokenStatus: 500).transport
        _ = await TestHost(transport: broken).resolve()
        #expect(broken.requests.count == 3)
        let silent = FakeInstance(tokenError: .connectTimeout).transport
        _ = await TestHost(transport: silent).resolve()
        #expect(silent.requests.count == 1)
    }

    @Test func asksForANamedRoleWithoutTheList() async {
        let transport = FakeInstance().transport
        let host = TestHost(config: "[default]\nec2_instance_profile_name = app", transport: transport)
        #expect(await host.resolve().winner == .imds)
        #expect(transport.requests.map(\.url).allSatisfy { !$0.hasSuffix("/") })
    }

    @Test func whatHasExpiredIsStillUsed() async throws {
        let document =
            #"{"Code": "Success", "AccessKeyId": "A", "SecretAccessKey": "s", "Token": "t", "#
            + #""Expiration": "2026-11-23T11:00:00Z"}"#
        let resolution = await TestHost(transport: FakeInstance(document: document).transport).resolve()
        #expect(try resolution.usableCredentials(at: testNow).expiration == Timestamp.parse("2026-11-23T11:00:00Z"))
    }

    @Test func retriesServerErrorsAsOftenAsTold() async {
        let transport = FakeInstance(tokenStatus: 503).transport
        let host = TestHost(variables: ["AWS_METADATA_SERVICE_NUM_ATTEMPTS": "4"], transport: transport)
        #expect(await host.resolve().failure(.imds) != nil)
        #expect(transport.requests.count == 4)
    }

    @Test func aTokenThatRanOutIsReplacedOnce() async {
        let instance = FakeInstance(isV1Allowed: false)
        let inner = instance.transport
        let puts = ScriptedTransport { request throws(TransportError) in
            HTTPResponse(request.method == .put ? 200 : 401, "other-token")
        }
        #expect(await TestHost(transport: puts).resolve().failure(.imds)?.what.contains("401") == true)
        #expect(puts.requests.map(\.method) == [.put, .get, .put, .get])
        #expect(await TestHost(transport: inner).resolve().winner == .imds)
    }

    @Test(arguments: [
        (["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE": "IPv6"], "http://[fd00:ec2::254]/latest/api/token"),
        (["AWS_IMDS_USE_IPV6": "true"], "http://[fd00:ec2::254]/latest/api/token"),
        (["AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://127.0.0.1:9/"], "http://127.0.0.1:9/latest/api/token"),
        (
            [
                "AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://[::1]:9", "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE": "ipv6",
            ], "http://[::1]:9/latest/api/token"
        ),
    ])
    func choosesTheEndpoint(_ variables: [String: String], _ url: String) async {
        let transport = FakeInstance().transport
        #expect(await TestHost(variables: variables, transport: transport).resolve().winner == .imds)
        #expect(transport.requests.first?.url == url)
    }

    @Test(arguments: [
        ["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE": "IPv5"], ["AWS_EC2_METADATA_SERVICE_ENDPOINT": "not a url"],
    ])
    func aWrongSettingIsAnErrorBeforeAnyRequest(_ variables: [String: String]) async {
        let transport = FakeInstance().transport
        #expect(await TestHost(variables: variables, transport: transport).resolve().failure(.imds) != nil)
        #expect(transport.requests.isEmpty)
    }

    @Test func honoursItsTimeout() async {
        let transport = FakeInstance().transport
        _ = await TestHost(variables: ["AWS_METADATA_SERVICE_TIMEOUT": "2.5"], transport: transport).resolve()
        #expect(transport.requests.first?.timeout == .milliseconds(2_500))
    }
}
