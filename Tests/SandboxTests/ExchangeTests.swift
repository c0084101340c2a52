import AWSCaller
import Chainguard
import FoundationEssentials
import Sandbox
import Testing
import Transport

@Suite struct ExchangeTests {
    private struct Issued: Decodable {
        var token: String
        var refreshToken: String
        var expiry: String
    }

    @Test func aMatchingCallerGetsATokenOfItsIdentity() async throws {
        try await withSandbox { sandbox async throws in
            let identity = try await sandbox.identity("image-builder")
            let tokens = try await sandbox.login(as: "image-builder")
            let claims = try #require(JWTClaims(unverified: tokens.token.reveal()))
            #expect(claims.issuer == sandbox.endpoints.issuer)
            #expect(claims.subject == identity.text)
            #expect(claims.audience == [sandbox.endpoints.audience])
            #expect(tokens.expiry == noon + 3600)
            #expect(tokens.refreshToken != nil)
        }
    }

    @Test func queryAndFormSayTheSame() async throws {
        try await withSandbox { sandbox async throws in
            let identity = try await sandbox.identity("image-builder")
            let bearer = try sandbox.callerToken(for: identity)
            let answer = try await sandbox.send(
                .get,
                "/issuer/sts/exchange?aud=cgr.dev&aud=other&identity=\(identity.text.replacing("/", with: "%2F"))",
                headers: ["Authorization": "Bearer \(bearer.reveal())"])
            let issued: Issued = try answer.decoded()
            #expect(JWTClaims(unverified: issued.token)?.audience == ["cgr.dev", "other"])
        }
    }

    @Test(arguments: [
        ("staging-builder", "account 123456789012"), ("release-signer", "ARN arn:aws:sts::123456789012"),
        ("image-builder-pinned", "user id AROABUILDER2222222222:ci-run-4711"),
        ("deployer", "ARN"), ("github-images-main", "can't be assumed with an AWS token"),
    ])
    func anIdentityThatDoesNotMatchIsDeniedAndTheFieldNamed(name: String, words: String) async throws {
        try await withSandbox { sandbox async throws in
            let identity = try await sandbox.identity(name)
            let answer = try await sandbox.exchange(try sandbox.callerToken(for: identity), identity: identity)
            #expect(answer.status == 403)
            #expect(answer.rpc?.code == 7)
            #expect(answer.rpc?.message.lowercased().contains(words.lowercased()) == true, "\(answer.text)")
        }
    }

    @Test func aTokenIsCheckedAsDocumentedBeforeAnythingElse() async throws {
        try await withSandbox { sandbox async throws in
            let identity = try await sandbox.identity("image-builder")
            let other = try await sandbox.identity("nightly-scan")
            let keys = SandboxCaller.named(.role).credentials
            func refusal(_ token: Secret) async throws -> String {
                let answer = try await sandbox.exchange(token, identity: identity)
                #expect(answer.status == 401)
                #expect(answer.rpc?.code == 16)
                return String(answer.rpc?.message.split(separator: ":").first ?? "")
            }
            let forAnother = try CallerTokenGenerator(audience: "https://issuer.enforce.dev")
                .generate(identity: identity.text, credentials: keys, at: noon).text
            #expect(try await refusal(forAnother) == "invalid_audience")
            #expect(try await refusal(try sandbox.callerToken(for: other)) == "invalid_identity")
            #expect(try await refusal(try sandbox.callerToken(for: identity, at: noon - 901)) == "expired")
            #expect(try await refusal(try sandbox.callerToken(for: identity, at: noon + 301)) == "future_dated")
            #expect(try await refusal(Secret("not a token")) == "invalid_encoding")
            #expect(try await refusal(try sandbox.callerToken(.expired, for: identity)) == "rejected")
            #expect(try await refusal(try sandbox.callerToken(.govCloud, for: identity)) == "rejected")
            let untrimmed = Secret(try sandbox.callerToken(for: identity).reveal().replacing("=", with: "") + "A")
            #expect(try await refusal(untrimmed) == "invalid_encoding")
        }
    }

    @Test func theStandardAlphabetIsTranslatedAndNothingElseForgiven() async throws {
        try await withSandbox { sandbox async throws in
            let identity = try await sandbox.identity("image-builder")
            // A byte sequence after the final empty line, which no reader looks at, brings both letters in.
            let request = Data(base64Encoded: Self.standard(try sandbox.callerToken(for: identity).reveal()))!
            let aligned = request + Data(repeating: 0, count: (3 - request.count % 3) % 3)
            let encoded = (aligned + Data([0xfb, 0xff, 0xbf])).base64EncodedString()
            #expect(encoded.contains("+") && encoded.contains("/"))
            #expect(try await sandbox.exchange(Secret(encoded), identity: identity).status == 200)
            #expect(try await sandbox.exchange(Secret("A" + encoded), identity: identity).status == 401)
        }
    }

    private static func standard(_ text: String) -> String {
        text.replacing("-", with: "+").replacing("_", with: "/")
    }

    @Test func whatIsMissingOrUnknownIsSaid() async throws {
        try await withSandbox { sandbox async throws in
            let identity = try await sandbox.identity("image-builder")
            let gone = try #require(UIDP("\(identity.root)/0123456789abcdef"))
            let bearer = try sandbox.callerToken(for: gone)
            #expect(try await sandbox.exchange(bearer, identity: gone).rpc?.code == 5)
            #expect(try await sandbox.exchange(bearer, identity: nil).rpc?.code == 3)
            #expect(try await sandbox.exchange(bearer, identity: nil, extra: "&identity=x").rpc?.code == 3)
            #expect(try await sandbox.send(.post, "/issuer/sts/exchange").rpc?.code == 16)
            let noAudience = try await sandbox.send(
                .post, "/issuer/sts/exchange", headers: ["Authorization": "Bearer \(bearer.reveal())"])
            #expect(noAudience.rpc?.code == 3)
        }
    }

    @Test func whatSTSAnswersInsteadOfAVerdictLetsNobodyIn() async throws {
        let failures = [FailureRule("/", .status(503))]
        try await withSandbox(SandboxOptions(now: { noon }, failures: failures)) { sandbox async throws in
            let identity = try await sandbox.identity("image-builder")
            let answer = try await sandbox.exchange(try sandbox.callerToken(for: identity), identity: identity)
            #expect(answer.rpc?.code == 16)
            sandbox.fail([FailureRule("/", .garbage)])
            let garbled = try await sandbox.exchange(try sandbox.callerToken(for: identity), identity: identity)
            #expect(garbled.status == 503)
            #expect(garbled.rpc?.code == 14)
        }
    }

    @Test func aRefreshTokenWorksOnce() async throws {
        try await withSandbox { sandbox async throws in
            let issuer = IssuerClient(issuer: sandbox.endpoints.issuer, transport: http)
            let first = try #require(try await sandbox.login(as: "image-builder").refreshToken)
            let refreshed = try await issuer.refresh(refreshToken: first, audiences: [sandbox.endpoints.audience])
            #expect(try await sandbox.call(.get, "/auth/v1/ok", as: refreshed.token).status == 200)
            await #expect(throws: Failure.self) {
                try await issuer.refresh(refreshToken: first, audiences: [sandbox.endpoints.audience])
            }
            let second = try #require(refreshed.refreshToken)
            #expect(second != first)
            _ = try await issuer.refresh(refreshToken: second, audiences: [sandbox.endpoints.audience])
        }
    }

    @Test func aRefreshTokenSaysWhenItEnds() async throws {
        struct Body: Decodable {
            var exp: Double
        }
        let clock = TestClock(noon)
        try await withSandbox(SandboxOptions(now: { clock.now })) { sandbox async throws in
            let tokens = try await sandbox.operatorTokens()
            let text = try #require(tokens.refreshToken).reveal()
            let body = try JSONDecoder().decode(Body.self, from: try #require(Data(base64Encoded: text)))
            clock.now = Date(timeIntervalSince1970: body.exp)
            let answer = try await sandbox.send(
                .post, "/issuer/sts/exchange_refresh_token?aud=a", headers: ["Authorization": "Bearer \(text)"])
            #expect(answer.rpc?.code == 16)
        }
    }
}
