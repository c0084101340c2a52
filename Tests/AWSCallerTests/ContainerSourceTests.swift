import FoundationEssentials
import Testing
import Transport

@testable import AWSCaller

@Suite struct ContainerSourceTests {
    private static let document = """
        {"AccessKeyId": "ASIAC", "SecretAccessKey": "s", "Token": "t", "Expiration": "2026-11-23T18:00:00Z",
         "AccountId": "012345678901", "Extra": {"deep": [1]}}
        """

    private func answering(_ status: Int = 200, _ body: String = document) -> ScriptedTransport {
        ScriptedTransport { _ throws(TransportError) in HTTPResponse(status, body) }
    }

    @Test func asksTheRelativeURIFirstAndKeepsItsQuery() async throws {
        let transport = answering()
        let host = TestHost(
            variables: [
                "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/creds?id=7",
                "AWS_CONTAINER_CREDENTIALS_FULL_URI": "https://other.example/x",
            ], transport: transport)
        let resolution = await host.resolve()
        #expect(resolution.winner == .container)
        #expect(resolution.credentials?.expiration == Timestamp.parse("2026-11-23T18:00:00Z"))
        #expect(resolution.credentials?.accountID == "012345678901")
        let request = try #require(transport.requests.first)
        #expect(request.url == "http://169.254.170.2/v2/creds?id=7")
        #expect(request.allowsPlainHTTP && !request.usesProxy)
        #expect(request.headers["authorization"] == nil)
    }

    @Test(arguments: [
        "http://localhost:8080/x", "http://127.1.2.3/x", "http://[::1]/x", "http://169.254.170.2/x",
        "http://169.254.170.23/v1/credentials", "http://[fd00:ec2::23]/v1", "http://[FD00:0EC2:0::0:23]/v1",
        "http://[::ffff:127.0.0.1]/", "https://anything.example/x",
    ])
    func asksAllowedHosts(_ url: String) async {
        let transport = answering()
        _ = await TestHost(variables: ["AWS_CONTAINER_CREDENTIALS_FULL_URI": url], transport: transport).resolve()
        #expect(transport.requests.map(\.url) == [url])
    }

    @Test(arguments: [
        "http://169.254.169.254/x", "http://example.com/x", "http://127.0.0.1.example.com/", "http://[::2]/",
        "http://169.254.170.2@evil.example/", "ftp://127.0.0.1/", "nonsense", "http://127.0.0.1 /",
    ])
    func refusesOtherHostsWithoutAsking(_ url: String) async {
        let transport = answering()
        let host = TestHost(variables: ["AWS_CONTAINER_CREDENTIALS_FULL_URI": url], transport: transport)
        let resolution = await host.resolve()
        #expect(resolution.failure(.container) != nil)
        #expect(transport.requests.isEmpty)
        #expect(
            resolution.report(.imds)?.outcome == .skipped("the chain stopped at \(CredentialSource.container.title)"))
    }

    @Test func theTokenFileBeatsTheTokenAndGoesOutVerbatim() async throws {
        let transport = answering()
        let host = TestHost(
            variables: [
                "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1/x",
                "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "/token", "AWS_CONTAINER_AUTHORIZATION_TOKEN": "variable",
            ], files: ["/token": "Basic from file"], transport: transport)
        _ = await host.resolve()
        #expect(transport.requests.first?.headers["authorization"] == "Basic from file")
    }

    @Test(arguments: ["bad\n", "a\r\nX: y"])
    func aTokenWithALineBreakIsNeitherSentNorShown(_ token: String) async {
        let transport = answering()
        let host = TestHost(
            variables: [
                "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1/x", "AWS_CONTAINER_AUTHORIZATION_TOKEN": token,
            ], transport: transport)
        let failure = await host.resolve().failure(.container)
        #expect(failure?.what.contains("line break") == true)
        #expect(failure?.description.contains("bad") == false)
        #expect(transport.requests.isEmpty)
    }

    @Test(arguments: ["creds", "@evil.example/", ":80/x"])
    func aRelativeURIBeginsWithASlash(_ text: String) async {
        let transport = answering()
        let host = TestHost(variables: ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": text], transport: transport)
        #expect(await host.resolve().failure(.container)?.what.contains("does not begin with '/'") == true)
        #expect(transport.requests.isEmpty)
    }

    @Test func anEmptyTokenFileIsAnError() async {
        let host = TestHost(
            variables: [
                "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/x", "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "/t",
            ], files: ["/t": ""], transport: answering())
        #expect(await host.resolve().failure(.container)?.what.contains("is empty") == true)
    }

    @Test func retriesAServersErrorsAndNotRefusals() async {
        for (status, tries) in [(500, 3), (503, 3), (403, 1), (404, 1)] {
            let transport = answering(status, #"{"code": "Nope", "message": "no role"}"#)
            let host = TestHost(variables: ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/x"], transport: transport)
            let failure = await host.resolve().failure(.container)
            #expect(transport.requests.count == tries)
            #expect(failure?.what.contains("status \(status)") == true)
            #expect(failure?.detail == "Nope: no role")
        }
    }

    @Test(arguments: ["", "{}", "<html>", #"{"AccessKeyId": "a", "SecretAccessKey": "s", "Expiration": "soon"}"#])
    func garbageIsAFailure(_ body: String) async {
        let host = TestHost(
            variables: ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/x"], transport: answering(200, body))
        #expect(await host.resolve().failure(.container)?.what.contains("no credentials") == true)
    }
}
