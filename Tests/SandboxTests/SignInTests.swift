import AWSCaller
import Chainguard
import FoundationEssentials
import Sandbox
import Synchronization
import Testing
import Transport

/// Operators signing in through the sandbox's issuer, a script in the browser's place.
@Suite struct SignInTests {
    @Test func aBrowserBringsTheTokensBack() async throws {
        try await withSandbox { sandbox in
            let pages = Pages()
            let tokens = try await signIn(sandbox).inBrowser { url, port in
                Task { await pages.visit(url, port: port) }
            }
            let claims = try #require(JWTClaims(unverified: tokens.token.reveal()))
            #expect(claims.email == "operator@acme.example")
            #expect(claims.audience == [sandbox.endpoints.audience])
            let renewed = try await IssuerClient(issuer: sandbox.endpoints.issuer, transport: http)
                .refresh(refreshToken: try #require(tokens.refreshToken), audiences: [sandbox.endpoints.audience])
            #expect(!renewed.token.isEmpty)
            await pages.finished()
            #expect(pages.statuses == ["404 elsewhere", "404 another host", "200 Signed in"])
            #expect(pages.portIsFree)
        }
    }

    @Test func anUnknownAccountIsNamed() async throws {
        try await withSandbox { sandbox in
            let failure = await Self.failure {
                _ = try await signIn(sandbox, provider: "nobody.example").inBrowser { url, port in
                    Task { _ = await Pages().visit(url, port: port) }
                }
            }
            #expect(failure?.code == "not-registered")
            #expect(failure?.category == .notAllowed)
        }
    }

    @Test func nobodyComingEndsIt() async throws {
        try await withSandbox { sandbox in
            let failure = await Self.failure {
                _ = try await signIn(sandbox, patience: .milliseconds(20)).inBrowser { _, _ in }
            }
            #expect(failure?.what.hasPrefix("Nobody finished signing in") == true)
        }
    }

    @Test func aBrowserElsewhereLeavesAToken() async throws {
        try await withSandbox { sandbox in
            let address = Mutex("")
            // The person finishes only after the first question was answered with "not yet".
            let flow = signIn(sandbox) { _ in
                _ = try? await http.send(HTTPRequest(.get, address.withLock { $0 }))
                return true
            }
            let tokens = try await flow.headless { url in address.withLock { $0 = url } }
            #expect(JWTClaims(unverified: tokens.token.reveal())?.audience == [sandbox.endpoints.audience])
            #expect(tokens.refreshToken != nil)
        }
    }

    @Test func aTokenOfTheIssuerIsExchanged() async throws {
        try await withSandbox { sandbox in
            let identity = try await sandbox.identity("github-images-main")
            let token = try await sandbox.workloadToken(
                issuer: "https://token.actions.githubusercontent.com", subject: "repo:acme/images:ref:refs/heads/main")
            let tokens = try await signIn(sandbox).exchange(token, identity: identity)
            #expect(JWTClaims(unverified: tokens.token.reveal())?.subject == identity.text)
        }
    }

    @Test(arguments: ["https://evil.example/", "http://localhost.evil.example/", "http://u@localhost:1/", "localhost"])
    func tokensGoNowhereElse(redirect: String) async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.send(
                .get, "/issuer/oauth?exit=redirect&audience=a&redirect=\(redirect)")
            #expect(answer.status == 400)
        }
    }

    private func signIn(
        _ sandbox: Sandbox, provider: String? = nil, patience: Duration = .seconds(120),
        sleep: @escaping @Sendable (Duration) async -> Bool = RetryPolicy.wait
    ) -> OperatorSignIn {
        OperatorSignIn(
            issuer: IssuerClient(issuer: sandbox.endpoints.issuer, transport: http),
            page: SignInPage(
                issuer: sandbox.endpoints.issuer, audience: sandbox.endpoints.audience, connection: .github,
                identityProvider: provider), patience: patience, sleep: sleep)
    }

    private static func failure(_ body: () async throws -> Void) async -> Failure? {
        do {
            try await body()
            return nil
        } catch {
            return error as? Failure
        }
    }
}

/// A browser that a script drives: it knocks where it should not, then follows the issuer's redirect.
private final class Pages: Sendable {
    private let seen = Mutex<(statuses: [String], isFree: Bool, isDone: Bool)>(([], false, false))

    var statuses: [String] { seen.withLock { $0.statuses } }
    var portIsFree: Bool { seen.withLock { $0.isFree } }

    func visit(_ url: String, port: Int) async {
        let home = "http://127.0.0.1:\(port)"
        await note("elsewhere", HTTPRequest(.get, home + "/favicon.ico"))
        await note("another host", HTTPRequest(.get, home + "/callback?token=a.b.c", headers: ["Host": "evil.example"]))
        if let redirect = try? await http.send(HTTPRequest(.get, url)), let target = redirect.headers["Location"] {
            await note("", HTTPRequest(.get, target))
        }
        // Freed before `inBrowser` returns; asked until then.
        for _ in 0..<200 where !portIsFree {
            let isFree = (try? await http.send(HTTPRequest(.get, home + "/x", timeout: .milliseconds(200)))) == nil
            seen.withLock { $0.isFree = isFree }
            try? await Task.sleep(for: .milliseconds(5))
        }
        seen.withLock { $0.isDone = true }
    }

    func finished() async {
        while !seen.withLock({ $0.isDone }) { try? await Task.sleep(for: .milliseconds(5)) }
    }

    private func note(_ what: String, _ request: HTTPRequest) async {
        guard let answer = try? await http.send(request) else { return }
        let title = answer.text.contains("You are signed in") ? "Signed in" : what
        seen.withLock { $0.statuses.append("\(answer.status) \(title)") }
    }
}
