import AWSCaller
import Chainguard
import FoundationEssentials
import Synchronization
import Testing
import Transport

/// The verifier's last step: what is sent to STS, and what its answers mean.
struct CallerTokenSTSTests {
    private typealias Sample = CallerTokenSample

    private static let answer = """
        {"GetCallerIdentityResponse":{"GetCallerIdentityResult":{"Account":"123456789012",\
        "Arn":"arn:aws:iam::123456789012:user/x","UserId":"AIDAX"},"ResponseMetadata":{"RequestId":"r"}}}
        """

    private func verdict(_ answer: HTTPResponse) async throws -> String {
        let sts = RecordingSTS(answer)
        let verifier = try Sample.verifier(sts)
        do {
            let claims = try await verifier.verify(Sample.token(), now: Sample.now)
            return "\(claims.account) \(claims.arn) \(claims.userID)"
        } catch {
            return error.code.rawValue
        }
    }

    @Test func readsTheAnswer() async throws {
        let answer = HTTPResponse(status: 200, body: Array(Self.answer.utf8))
        #expect(try await verdict(answer) == "123456789012 arn:aws:iam::123456789012:user/x AIDAX")
    }

    @Test(arguments: [201, 204, 302, 403, 500, 503])
    func onlyStatus200Counts(_ status: Int) async throws {
        #expect(try await verdict(HTTPResponse(status: status, body: Array(Self.answer.utf8))) == "rejected")
    }

    @Test(arguments: ["", "{}", "<GetCallerIdentityResponse/>", "[]", #"{"GetCallerIdentityResponse":{}}"#])
    func anUnreadableAnswerIsNoVerdict(_ body: String) async throws {
        #expect(try await verdict(HTTPResponse(status: 200, body: Array(body.utf8))) == "sts_unavailable")
    }

    @Test func anUnreachableSTSIsNoVerdict() async throws {
        let verifier = try Sample.verifier(RefusingTransport())
        await #expect(throws: VerificationError.self) { try await verifier.verify(Sample.token(), now: Sample.now) }
        do {
            _ = try await verifier.verify(Sample.token(), now: Sample.now)
        } catch {
            #expect(error.code == .stsUnavailable)
        }
    }

    @Test func repeatsWhatSTSSays() async throws {
        let refusal = #"{"Error":{"Code":"SignatureDoesNotMatch","Message":"no","Type":"Sender"},"RequestId":"r"}"#
        let verifier = try Sample.verifier(RecordingSTS(HTTPResponse(status: 403, body: Array(refusal.utf8))))
        do {
            _ = try await verifier.verify(Sample.token(), now: Sample.now)
        } catch {
            #expect(error.message == "STS answered 403: SignatureDoesNotMatch: no")
        }
    }

    @Test func aFailingTokenNeverReachesSTS() async throws {
        let sts = RecordingSTS(HTTPResponse(status: 200, body: Array(Self.answer.utf8)))
        let verifier = try Sample.verifier(sts)
        for token in ["", Sample.token(line: "GET / HTTP/1.1"), Sample.token(replacing: "X-Amz-Date", by: "x")] {
            _ = try? await verifier.verify(token, now: Sample.now)
        }
        #expect(sts.requests.isEmpty)
    }

    /// The request is rebuilt: its target, its host and its body are not the token's.
    @Test func sendsOnlyWhatWasSignedAndExpected() async throws {
        let sts = RecordingSTS(HTTPResponse(status: 200, body: Array(Self.answer.utf8)))
        let verifier = try Sample.verifier(sts, endpoint: "http://127.0.0.1:4566/aws/")
        var headers = Sample.headers.filter { $0.0 != "Authorization" }
        headers += [
            ("Authorization", Sample.authorization), ("X-Evil", "1"), ("X-Amz-Security-Token", "unsigned"),
            ("Cookie", "a"), ("Content-Length", "4"),
        ]
        let token = Sample.token(headers, line: "POST /evil?Action=Evil HTTP/1.1", end: "\r\nbody")
        _ = try await verifier.verify(token, now: Sample.now)
        let request = try #require(sts.requests.first)
        #expect(request.method == .post)
        #expect(request.url == "http://127.0.0.1:4566/aws/?Action=GetCallerIdentity&Version=2011-06-15")
        #expect(request.body.isEmpty)
        #expect(
            request.headers.fields.map(\.name).sorted() == [
                "Accept", "Authorization", "Chainguard-Audience", "Chainguard-Identity", "Host", "X-Amz-Date",
            ])
        #expect(request.headers["Host"] == "sts.amazonaws.com")
        #expect(request.maximumAnswerBytes <= 1 << 20)
        #expect(!request.allowsPlainHTTP)
    }

    @Test func sendsASignedSessionToken() async throws {
        let sts = RecordingSTS(HTTPResponse(status: 200, body: Array(Self.answer.utf8)))
        var credentials = Sample.credentials
        credentials.sessionToken = Secret("SESSION")
        let token = try CallerTokenGenerator(audience: Sample.audience)
            .generate(identity: Sample.identity, credentials: credentials, at: Sample.now)
        _ = try await Sample.verifier(sts).verify(token.text.reveal(), now: Sample.now)
        #expect(sts.requests.first?.headers["X-Amz-Security-Token"] == "SESSION")
        #expect(sts.requests.first?.url.hasPrefix("https://sts.amazonaws.com/?") == true)
    }
}

/// An STS that remembers what it was asked.
private final class RecordingSTS: HTTPTransport {
    private let answer: HTTPResponse
    private let received = Mutex<[HTTPRequest]>([])

    init(_ answer: HTTPResponse) {
        self.answer = answer
    }

    var requests: [HTTPRequest] { received.withLock { $0 } }

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        received.withLock { $0.append(request) }
        return answer
    }
}
