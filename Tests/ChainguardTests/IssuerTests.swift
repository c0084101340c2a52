import AWSCaller
import FoundationEssentials
import Testing
import Transport

@testable import Chainguard

@Suite struct IssuerTests {
    static let token = #"{"token":"T","refreshToken":"R","expiry":"2026-08-01T13:00:00Z"}"#

    func client(_ service: ScriptedService, _ pauses: Pauses = Pauses()) -> IssuerClient {
        IssuerClient(issuer: "https://issuer.test/", transport: service, retry: pauses.policy())
    }

    @Test func exchangePostsAForm() async throws {
        let service = ScriptedService { _, _ in .json(Self.token) }
        let tokens = try await client(service).exchange(
            bearer: Secret("proof"), identity: Example.identity(1), audiences: ["https://api.test", "cgr.dev"],
            scopes: ["a b"], capabilities: ["x"], identityProvider: "idp")
        #expect(tokens.token.reveal() == "T")
        #expect(tokens.refreshToken?.reveal() == "R")
        #expect(tokens.expiry == Timestamp.parse("2026-08-01T13:00:00Z"))
        let request = try #require(service.requests.first)
        #expect(request.method == .post)
        #expect(request.url == "https://issuer.test/sts/exchange")
        #expect(request.headers["authorization"] == "Bearer proof")
        #expect(request.headers["content-type"] == "application/x-www-form-urlencoded")
        #expect(request.maximumAnswerBytes == 1 << 20)
        #expect(request.values("aud") == ["https://api.test", "cgr.dev"])
        #expect(request.values("identity") == [Example.identity(1).text])
        #expect(request.values("scopes") == ["a b"])
        #expect(request.values("cap") == ["x"])
        #expect(request.values("identity_provider") == ["idp"])
    }

    @Test func unavailableIsTriedThreeTimes() async {
        let pauses = Pauses()
        let service = ScriptedService { _, _ in .refusal(503, .unavailable, "later") }
        let failure = await failure {
            _ = try await client(service, pauses).exchange(bearer: Secret("p"), identity: nil, audiences: ["a"])
        }
        #expect(service.requests.count == 3)
        #expect(pauses.all == [.milliseconds(107), .milliseconds(107)])
        #expect(failure?.category == .service)
        #expect(failure?.detail == "later (Unavailable)")
    }

    @Test func aLateAnswerCounts() async throws {
        let service = ScriptedService { _, number in
            number < 3 ? .json("", status: 502) : .json(Self.token)
        }
        let tokens = try await client(service).exchange(bearer: Secret("p"), identity: nil, audiences: ["a"])
        #expect(tokens.token.reveal() == "T")
    }

    @Test(arguments: [
        (500, RPCCode.internal, 1, 3), (504, .deadlineExceeded, 1, 3), (500, .unknown, 1, 1),
        (401, .unauthenticated, 1, 1), (503, .unavailable, 3, 3), (499, .cancelled, 1, 1),
    ])
    func whatIsTriedAgain(status: Int, code: RPCCode, exchanges: Int, refreshes: Int) async {
        let service = ScriptedService { _, _ in .refusal(status, code, "no") }
        _ = try? await client(service).exchange(bearer: Secret("p"), identity: nil, audiences: ["a"])
        #expect(service.requests.count == exchanges)
        _ = try? await client(service).refresh(refreshToken: Secret("r"), audiences: ["a"])
        #expect(service.requests.count == exchanges + refreshes)
    }

    @Test func cancellationEndsIt() async {
        let service = ScriptedService { _, _ in .broken(.cancelled) }
        let failure = await failure {
            _ = try await client(service).exchange(bearer: Secret("p"), identity: nil, audiences: ["a"])
        }
        #expect(service.requests.count == 1)
        #expect(failure?.category == .cancelled)
    }

    @Test func theBodysCodeBeatsTheStatus() async {
        let service = ScriptedService { _, _ in .refusal(500, .unavailable, "restarting") }
        _ = try? await client(service).exchange(bearer: Secret("p"), identity: nil, audiences: ["a"])
        #expect(service.requests.count == 3)
    }

    @Test func anErrorBodyIsReadTo4KiB() async {
        let long = String(repeating: "x", count: 5_000)
        let service = ScriptedService { _, _ in .refusal(403, .unavailable, long) }
        let failure = await failure {
            _ = try await client(service).exchange(bearer: Secret("p"), identity: nil, audiences: ["a"])
        }
        #expect(service.requests.count == 1)
        #expect(failure?.detail == "HTTP 403, PermissionDenied")
    }

    @Test func redirectsAreNotFollowed() async {
        let service = ScriptedService { _, _ in .json("", status: 302, headers: ["Location": "https://evil.test/?t=1"])
        }
        let failure = await failure {
            _ = try await client(service).exchange(bearer: Secret("p"), identity: nil, audiences: ["a"])
        }
        #expect(service.requests.count == 1)
        #expect(failure?.detail.contains("https://evil.test/,") == true)
    }

    @Test(arguments: [
        ("[]", "no object"), ("{}", "without `token`"),
        (#"{"token":"#, "ends early"),
    ])
    func garbageIsNamed(body: String, detail: String) async {
        let service = ScriptedService { _, _ in .json(body) }
        let failure = await failure {
            _ = try await client(service).exchange(bearer: Secret("p"), identity: nil, audiences: ["a"])
        }
        #expect(failure?.what == "Chainguard's issuer answered something that is not a token")
        #expect(failure?.detail.contains(detail) == true)
    }

    @Test func refreshRotates() async throws {
        let service = ScriptedService { _, _ in .json(#"{"token":{"token":"T2"},"refresh_token":{"token":"R2"}}"#) }
        let tokens = try await client(service).refresh(refreshToken: Secret("R1"), audiences: ["https://api.test"])
        #expect(tokens.token.reveal() == "T2")
        #expect(tokens.refreshToken?.reveal() == "R2")
        #expect(service.requests.first?.url == "https://issuer.test/sts/exchange_refresh_token")
        #expect(service.requests.first?.headers["authorization"] == "Bearer R1")
        #expect(service.requests.first?.values("aud") == ["https://api.test"])
    }

    @Test func aRefreshTokenThatIsNotReplacedIsKept() async throws {
        let service = ScriptedService { _, _ in .json(#"{"token":{"token":"T2"}}"#) }
        let tokens = try await client(service).refresh(refreshToken: Secret("R1"), audiences: ["a"])
        #expect(tokens.refreshToken?.reveal() == "R1")
    }

    @Test(arguments: [
        (RPCCode.notFound, "identity not found", "knows no identity"),
        (.permissionDenied, "caller does not match", "does not let this caller in"),
        (
            .permissionDenied, "arn:aws:sts::1:assumed-role/expired-audience/x is not let in",
            "does not let this caller in"
        ),
        (.unauthenticated, "invalid audience", "audience"),
        (.unauthenticated, "token has expired", "too old"),
        (.unauthenticated, "token is dated in the future", "in the future"),
        (.unauthenticated, "rejected by STS", "AWS did not accept"),
        (.unauthenticated, "STS: the security token is expired", "AWS did not accept"),
        (.unauthenticated, "a user of that name exists", "did not accept the signed request"),
        (.unauthenticated, "nope", "did not accept the signed request"),
    ])
    func refusalsHaveACauseAndARemedy(code: RPCCode, message: String, cause: String) async {
        let service = ScriptedService { _, _ in .refusal(400, code, message) }
        let failure = await failure {
            _ = try await client(service).exchange(
                bearer: Secret("p"), identity: Example.identity(1), audiences: ["a"])
        }
        #expect(failure?.what.contains(cause) == true)
        #expect(failure?.remedy.isEmpty == false)
        // That there is no such identity is said already.
        #expect(failure?.detail.hasPrefix(message) == (code != .notFound))
        #expect(failure?.category == .notAllowed)
    }

    @Test func aMissingNetworkIsNamed() async {
        let service = ScriptedService { _, _ in .broken(.unknownHost) }
        let failure = await failure {
            _ = try await client(service).exchange(bearer: Secret("p"), identity: nil, audiences: ["a"])
        }
        #expect(failure?.what == "Chainguard's issuer at example.test has a name that does not resolve")
        #expect(failure?.category == .service)
    }

    @Test func claimsAreRead() throws {
        let one = try #require(
            JWTClaims(unverified: Example.jwt(#"{"iss":"i","sub":"s","aud":"a","exp":1785589200,"iat":1785585600.5}"#)))
        #expect(one.issuer == "i")
        #expect(one.subject == "s")
        #expect(one.audience == ["a"])
        #expect(one.expiry == Date(timeIntervalSince1970: 1_785_589_200))
        #expect(one.issuedAt == Date(timeIntervalSince1970: 1_785_585_600.5))
        #expect(JWTClaims(unverified: Example.jwt(#"{"aud":["a","b"],"exp":"x"}"#))?.audience == ["a", "b"])
        #expect(JWTClaims(unverified: "a.b") == nil)
        #expect(JWTClaims(unverified: "a.!!.c") == nil)
        #expect(JWTClaims(unverified: Example.jwt("[]")) == nil)
    }
}
