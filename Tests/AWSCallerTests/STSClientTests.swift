import FoundationEssentials
import Synchronization
import TestSupport
import Testing
import Transport

@testable import AWSCaller

private let credentials = AWSCredentials(accessKeyID: "AKIAX", secretAccessKey: Secret("s"), sessionToken: Secret("t"))

@Suite struct STSClientTests {
    private static let json = """
        {"GetCallerIdentityResponse": {"GetCallerIdentityResult": {"Account": "012345678901",
        "Arn": "arn:aws:sts::012345678901:assumed-role/r/s", "UserId": "AROAX:s"},
        "ResponseMetadata": {"RequestId": "req-1"}}}
        """
    private static let xml = """
        <?xml version="1.0" encoding="UTF-8"?>
        <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
          <GetCallerIdentityResult>
            <Arn>arn:aws:sts::012345678901:assumed-role/r/s</Arn>
            <UserId>AROAX:s</UserId>
            <Account>012345678901</Account>
          </GetCallerIdentityResult>
          <ResponseMetadata><RequestId>req-1</RequestId></ResponseMetadata>
        </GetCallerIdentityResponse>
        """

    /// What is worth another try (STS API Reference, "Common Errors"), and what is not.
    @Test(arguments: [
        (400, "Throttling", true), (400, "ThrottlingException", true), (429, "TooManyRequestsException", true),
        (503, "RequestLimitExceeded", true), (500, "InternalFailure", true), (503, "", true),
        (400, "IncompleteSignature", false), (403, "AccessDenied", false), (403, "ExpiredToken", false),
    ])
    func onlyFaultsOfTheServiceAreTriedAgain(_ status: Int, _ code: String, _ isRetried: Bool) async throws {
        let refusal = code.isEmpty ? "" : #"{"Error": {"Code": "\#(code)", "Message": "m"}}"#
        let transport = ScriptedTransport { _ throws(TransportError) in HTTPResponse(status, refusal) }
        let pauses = Mutex<[Duration]>([])
        let policy = RetryPolicy(
            attempts: 3, backoff: .milliseconds(100), growth: 2, jitter: { .milliseconds(7) },
            sleep: { pause in
                pauses.withLock { $0.append(pause) }
                return true
            })
        await #expect(throws: Failure.self) {
            try await STSClient(context: TestHost(transport: transport).context, retry: policy).getCallerIdentity(
                credentials: credentials,
                endpoint: STSEndpoint(url: "https://sts.example", signingRegion: "eu-west-1", origin: "a test"))
        }
        #expect(transport.requests.count == (isRetried ? 3 : 1))
        #expect(pauses.withLock { $0 } == (isRetried ? [.milliseconds(107), .milliseconds(207)] : []))
    }

    private func ask(_ response: HTTPResponse, at url: String = "https://sts.example") async throws(Failure)
        -> CallerAnswer
    {
        let transport = ScriptedTransport { _ throws(TransportError) in response }
        return try await STSClient(context: TestHost(transport: transport).context).getCallerIdentity(
            credentials: credentials, endpoint: STSEndpoint(url: url, signingRegion: "eu-west-1", origin: "a test"))
    }

    @Test(arguments: [json, xml])
    func readsBothForms(_ body: String) async throws {
        let answer = try await ask(HTTPResponse(200, body, headers: ["Date": "Mon, 23 Nov 2026 12:10:00 GMT"]))
        #expect(answer.identity.account == "012345678901")
        #expect(answer.identity.arn.description == "arn:aws:sts::012345678901:assumed-role/r/s")
        #expect(answer.identity.userID == "AROAX:s")
        #expect(answer.requestID == "req-1")
        #expect(answer.clockDifference == .seconds(600))
    }

    @Test func sendsASignedFormToTheEndpointsPath() async throws {
        let transport = ScriptedTransport { _ throws(TransportError) in HTTPResponse(200, Self.json) }
        let host = TestHost(transport: transport)
        _ = try await STSClient(context: host.context).getCallerIdentity(
            credentials: credentials,
            endpoint: STSEndpoint(url: "https://proxy.example:8443/sts", signingRegion: "eu-west-1", origin: ""))
        let request = try #require(transport.requests.first)
        #expect(request.method == .post)
        #expect(request.url == "https://proxy.example:8443/sts")
        #expect(request.body == Array("Action=GetCallerIdentity&Version=2011-06-15".utf8))
        #expect(request.headers["accept"] == "application/json")
        #expect(request.headers["x-amz-date"] == "20261123T120000Z")
        let expected = SigV4Signer(credentials: credentials, region: "eu-west-1", service: "sts").sign(
            SignableRequest(
                method: "POST", path: "/sts",
                headers: [
                    "host": "proxy.example:8443", "accept": "application/json",
                    "content-type": "application/x-www-form-urlencoded; charset=utf-8",
                ], body: request.body), at: testNow)
        #expect(request.headers["authorization"] == expected.authorization)
    }

    @Test(arguments: [
        ("InvalidClientTokenId", "does not know this access key"), ("SignatureDoesNotMatch", "does not belong"),
        ("ExpiredToken", "has expired"), ("IncompleteSignature", "could not read the signature"),
        ("AccessDenied", "refused GetCallerIdentity"), ("RegionDisabledException", "not switched on"),
    ])
    func explainsErrorsInBothForms(_ code: String, _ words: String) async {
        let bodies = [
            #"{"Error": {"Code": "\#(code)", "Message": "the <words>", "Type": "Sender"}, "RequestId": "r"}"#,
            "<ErrorResponse><Error><Code>\(code)</Code><Message>the &lt;words&gt;</Message></Error></ErrorResponse>",
        ]
        for body in bodies {
            let failure = await #expect(throws: Failure.self) { try await ask(HTTPResponse(403, body)) }
            #expect(failure?.what.contains(words) == true, "\(failure?.what ?? "")")
            #expect(failure?.detail == "\(code): the <words>")
            #expect(failure?.remedy.isEmpty == false)
        }
    }

    @Test(arguments: [
        ("Mon, 23 Nov 2026 12:20:00 GMT", "20 min behind"), ("Mon, 23 Nov 2026 09:00:00 GMT", "3 h ahead of"),
    ])
    func saysHowFarAndWhichWayTheClockIsOff(_ date: String, _ words: String) async {
        let body = #"{"Error": {"Code": "SignatureDoesNotMatch", "Message": "Signature expired: …"}}"#
        let failure = await #expect(throws: Failure.self) {
            try await ask(HTTPResponse(403, body, headers: ["Date": date]))
        }
        #expect(failure?.what.contains(words) == true, "\(failure?.what ?? "")")
        #expect(failure?.remedy.contains("clock") == true)
    }

    @Test(arguments: [
        (200, ""), (200, "<html></html>"), (200, "{}"), (200, "[]"), (502, "Bad Gateway"), (301, ""),
        (200, "<GetCallerIdentityResponse><GetCallerIdentityResult>"),
    ])
    func garbageIsAFailure(_ status: Int, _ body: String) async {
        await #expect(throws: Failure.self) { try await ask(HTTPResponse(status, body)) }
    }

    @Test func anEndpointThatIsNoURLIsAFailure() async {
        await #expect(throws: Failure.self) { try await ask(HTTPResponse(200, Self.json), at: "sts.example") }
    }
}

@Suite struct XMLElementTests {
    private func parse(_ text: String) -> XMLElement? { XMLElement.parse(Array(text.utf8)) }

    @Test func readsTextAttributesAndReferences() {
        let root = parse("<?xml version='1.0'?>\n<a x='1' y=\"2\"><b/><c>1 &lt; 2 &amp; &#x41;&#66;</c></a>\n")
        #expect(root?.name == "a")
        #expect(root?["b"]?.text == "")
        #expect(root?.text("c") == "1 < 2 & AB")
    }

    @Test(arguments: [
        "", "a", "<a>", "<a></b>", "<a/><b/>", "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "<a>&x;</a>",
        "<a><!-- --></a>",
        "<a b></a>", "<a b='1></a>", "<a>&#xD800;</a>", "<a>&#;</a>", "</a>", "<a", "<a><b></a></b>",
    ])
    func refusesAllElse(_ text: String) {
        #expect(parse(text) == nil)
    }

    @Test func isBounded() {
        #expect(parse(String(repeating: "<a>", count: 10_000)) == nil)
        #expect(parse("<a>" + String(repeating: "x", count: 1 << 18) + "</a>") == nil)
    }

    @Test func neverCrashesOnRandomText() {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<3_000 {
            let text = generator.text(from: "<>/=?!ab'\"&#;x1 \n", upTo: 40)
            if let root = parse(text) { #expect(!root.name.isEmpty) }
        }
    }
}
