import AWSCaller
import FoundationEssentials
import Sandbox
import Testing
import Transport

@Suite struct STSTests {
    static let query = "Action=GetCallerIdentity&Version=2011-06-15"

    /// Signs a GetCallerIdentity request and sends it as `change` leaves it.
    private func ask(
        _ sandbox: Sandbox, _ credentials: AWSCredentials, at date: Date = noon, region: String = "us-east-1",
        service: String = "sts", host: String? = nil, accept: String = "application/json", method: HTTPMethod = .post,
        change: (inout HTTPHeaders) -> Void = { _ in }
    ) async throws -> HTTPResponse {
        let request = SignableRequest(
            method: method.rawValue, query: Self.query,
            headers: ["Host": host ?? String(sandbox.baseURL.dropFirst(7)), "Accept": accept])
        var headers = SigV4Signer(credentials: credentials, region: region, service: service)
            .sign(request, at: date).headers
        change(&headers)
        return try await http.send(HTTPRequest(method, "\(sandbox.baseURL)/?\(Self.query)", headers: headers))
    }

    private struct ErrorBody: Decodable {
        var error: [String: String]

        private enum CodingKeys: String, CodingKey {
            case error = "Error"
        }
    }

    private func expect(
        _ code: String, _ status: Int, saying text: String = "", _ answer: HTTPResponse,
        location: SourceLocation = #_sourceLocation
    ) throws {
        #expect(answer.status == status, sourceLocation: location)
        let error = try answer.decoded(as: ErrorBody.self).error
        #expect(error["Code"] == code, sourceLocation: location)
        if !text.isEmpty {
            #expect(error["Message"]?.contains(text) == true, "\(error)", sourceLocation: location)
        }
    }

    @Test(arguments: [
        (SandboxCaller.Name.role, "arn:aws:sts::123456789012:assumed-role/image-builder/ci-run-4711"),
        (.user, "arn:aws:iam::123456789012:user/ci/deployer"),
        (.root, "arn:aws:iam::123456789012:root"),
    ])
    func aKnownCallerIsToldWhoItIs(name: SandboxCaller.Name, arn: String) async throws {
        try await withSandbox { sandbox async throws in
            let caller = SandboxCaller.named(name)
            for method in [HTTPMethod.post, .get] {
                let answer = try await ask(sandbox, caller.credentials, method: method)
                #expect(answer.status == 200)
                #expect(answer.text.contains("\"Arn\":\"\(arn)\""))
                #expect(answer.text.contains("\"UserId\":\"\(caller.identity.userID)\""))
            }
        }
    }

    @Test func withoutAcceptTheAnswerIsXML() async throws {
        try await withSandbox { sandbox async throws in
            let good = try await ask(sandbox, SandboxCaller.named(.role).credentials, accept: "*/*")
            #expect(good.headers["content-type"] == "text/xml")
            #expect(good.text.contains("<Account>123456789012</Account>"))
            let bad = try await sandbox.send(.post, "/?\(Self.query)")
            #expect(bad.status == 403)
            #expect(bad.text.contains("<Code>MissingAuthenticationToken</Code>"))
        }
    }

    @Test func anActionInAFormBodyIsTakenToo() async throws {
        try await withSandbox { sandbox async throws in
            let client = STSClient(
                context: HostContext(
                    environment: Environment(), files: PosixFiles(), transport: http, now: { noon }))
            let answer = try await client.getCallerIdentity(
                credentials: SandboxCaller.named(.user).credentials,
                endpoint: STSEndpoint(url: sandbox.baseURL, signingRegion: "eu-central-1", origin: "test"))
            #expect(answer.identity == SandboxCaller.named(.user).identity)
            #expect(answer.clockDifference == .zero)
        }
    }

    @Test func keysThatAreNotKnownAreRefused() async throws {
        try await withSandbox { sandbox async throws in
            let unknown = AWSCredentials(accessKeyID: "AKIAUNKNOWN222222222", secretAccessKey: Secret("x"))
            try expect("InvalidClientTokenId", 403, try await ask(sandbox, unknown))
            var wrongToken = SandboxCaller.named(.role).credentials
            wrongToken.sessionToken = Secret("other")
            try expect("InvalidClientTokenId", 403, try await ask(sandbox, wrongToken))
            wrongToken.sessionToken = nil
            try expect("InvalidClientTokenId", 403, try await ask(sandbox, wrongToken))
        }
    }

    @Test func aWrongSecretOrAChangedRequestIsAWrongSignature() async throws {
        try await withSandbox { sandbox async throws in
            var wrong = SandboxCaller.named(.role).credentials
            wrong.secretAccessKey = Secret("wrong")
            try expect("SignatureDoesNotMatch", 403, saying: "we calculated", try await ask(sandbox, wrong))
            let changed = try await ask(sandbox, SandboxCaller.named(.role).credentials) { headers in
                headers["Accept"] = nil
                headers.add("Accept", "application/JSON")
            }
            try expect("SignatureDoesNotMatch", 403, changed)
        }
    }

    @Test func aSignatureLivesForFifteenMinutes() async throws {
        try await withSandbox { sandbox async throws in
            let keys = SandboxCaller.named(.role).credentials
            #expect(try await ask(sandbox, keys, at: noon - 900).status == 200)
            try expect(
                "SignatureDoesNotMatch", 403, saying: "Signature expired", try await ask(sandbox, keys, at: noon - 901))
            #expect(try await ask(sandbox, keys, at: noon + 300).status == 200)
            try expect(
                "SignatureDoesNotMatch", 403, saying: "not yet current", try await ask(sandbox, keys, at: noon + 301))
        }
    }

    @Test func theScopeHasToFitTheHostTheServiceAndTheDate() async throws {
        try await withSandbox { sandbox async throws in
            let keys = SandboxCaller.named(.role).credentials
            let global = "sts.amazonaws.com"
            #expect(try await ask(sandbox, keys, host: global).status == 200)
            try expect(
                "SignatureDoesNotMatch", 403, saying: "valid region",
                try await ask(sandbox, keys, region: "eu-west-1", host: global))
            #expect(
                try await ask(sandbox, keys, region: "eu-west-1", host: "sts.eu-west-1.amazonaws.com").status == 200)
            try expect("SignatureDoesNotMatch", 403, saying: "'sts'", try await ask(sandbox, keys, service: "iam"))
            let otherDay = try await ask(sandbox, keys) { $0["x-amz-date"] = "20260731T120000Z" }
            try expect("SignatureDoesNotMatch", 403, saying: "'20260801' != '20260731'", otherDay)
        }
    }

    @Test func govCloudKeysAreUnknownAtTheGlobalHost() async throws {
        try await withSandbox { sandbox async throws in
            let keys = SandboxCaller.named(.govCloud).credentials
            #expect(try await ask(sandbox, keys, region: "us-gov-west-1").status == 200)
            try expect("InvalidClientTokenId", 403, try await ask(sandbox, keys, host: "sts.amazonaws.com"))
        }
    }

    @Test func whatIsMissingIsNamed() async throws {
        try await withSandbox { sandbox async throws in
            let keys = SandboxCaller.named(.role).credentials
            let unsigned = try await ask(sandbox, keys) { $0["Authorization"] = nil }
            try expect("MissingAuthenticationToken", 403, unsigned)
            let undated = try await ask(sandbox, keys) { $0["x-amz-date"] = nil }
            try expect("IncompleteSignature", 400, saying: "X-Amz-Date", undated)
            let partial = try await ask(sandbox, keys) { $0["Authorization"] = "AWS4-HMAC-SHA256 Credential=a/b" }
            try expect("IncompleteSignature", 400, saying: "requires 'Signature' parameter", partial)
            try expect(
                "ExpiredToken", 403, try await ask(sandbox, SandboxCaller.named(.expired).credentials))
        }
    }
}
