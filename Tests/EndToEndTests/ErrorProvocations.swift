import AWSCaller
import Chainguard
import Foundation
import Sandbox
import TestSupport

extension ErrorCatalogueTests {
    typealias Provocation = @Sendable () async throws -> Program.Result

    static let provocations: [String: Provocation] =
        loggingIn.merging(signing) { $1 }.merging(naming) { $1 }.merging(serving) { $1 }.merging(networks) { $1 }

    /// Logs in as an identity of the example organization.
    private static func login(
        as name: String = "image-builder", caller: SandboxCaller.Name? = .role, signedIn: Bool = true,
        tls: SandboxCertificate? = nil, skew: TimeInterval = 0, failures: [FailureRule] = [],
        _ change: @escaping @Sendable (inout SandboxedProgram) throws -> Void = { _ in },
        more: [String] = []
    ) async throws -> Program.Result {
        var result: Program.Result?
        let now: @Sendable () -> Date = { Date() + skew }
        try await SandboxedProgram.with(caller: caller, signedIn: signedIn, tls: tls, now: now) { sandboxed in
            var sandboxed = sandboxed
            let uid = UIDP(name)?.text
            let known = uid == nil ? try await sandboxed.identity(name) : ""
            try change(&sandboxed)
            sandboxed.sandbox.fail(failures)
            result = try await Program.run(
                Program.path, ["login", "--identity", uid ?? known, "--alias", "try"] + more,
                environment: sandboxed.program.environment)
        }
        return result!
    }

    /// Runs any other command.
    private static func run(
        _ arguments: [String], caller: SandboxCaller.Name? = .role, signedIn: Bool = true,
        failures: [FailureRule] = [],
        input: @escaping @Sendable (SandboxedProgram) async throws -> String = { _ in "" },
        _ change: @escaping @Sendable (inout SandboxedProgram) throws -> Void = { _ in }
    ) async throws -> Program.Result {
        var result: Program.Result?
        try await SandboxedProgram.with(caller: caller, signedIn: signedIn) { sandboxed in
            var sandboxed = sandboxed
            try change(&sandboxed)
            let text = try await input(sandboxed)
            sandboxed.sandbox.fail(failures)
            let identity = try await sandboxed.identity("image-builder")
            result = try await Program.run(
                Program.path, arguments.map { $0 == "IDENTITY" ? identity : $0 },
                environment: sandboxed.program.environment, input: text)
        }
        return result!
    }

    /// Presents a proof that was signed elsewhere.
    private static func present(
        _ caller: SandboxCaller.Name = .role, age: TimeInterval = 0, instead: String? = nil
    ) async throws -> Program.Result {
        try await run(
            ["signin", "--identity-token", "-", "--identity", "IDENTITY", "--alias", "try"],
            input: { sandboxed in
                let identity = try await sandboxed.identity("image-builder")
                return try instead
                    ?? CallerTokenGenerator(audience: sandboxed.sandbox.endpoints.issuer).generate(
                        identity: identity, credentials: SandboxCaller.named(caller).credentials, at: Date() - age
                    ).text.reveal()
            })
    }

    private static func set(_ name: String, _ value: String) -> @Sendable (inout SandboxedProgram) throws -> Void {
        { $0.program.environment[name] = value }
    }

    private static func setIssuer(_ url: String) -> @Sendable (inout SandboxedProgram) throws -> Void {
        set("CHAINGUARD_PLATFORM_ISSUER", url)
    }

    private static func whoami(failing code: String, status: Int = 403) async throws -> Program.Result {
        try await run(["whoami"], failures: [FailureRule("/", .awsError(code: code, status: status))])
    }

    private static let loggingIn: [String: Provocation] = [
        "identity-not-found": { try await login(as: "\(String(repeating: "a", count: 40))/0123456789abcdef") },
        "no-match": { try await login(as: "staging-builder") },
        "no-match-unread": { try await login(as: "staging-builder", signedIn: false) },
        "not-an-aws-identity": { try await login(as: "github-images-main") },
        "not-a-web-identity": { try await login(more: ["--web-identity"]) },
        "audience-mismatch": {
            try await login({ sandboxed in
                sandboxed.program.environment["CHAINGUARD_PLATFORM_ISSUER"] = sandboxed.sandbox.endpoints.issuer
                    .replacing("127.0.0.1", with: "localhost")
            })
        },
        "proof-expired": { try await present(age: 1000) },
        "proof-future": { try await present(age: -1000) },
        "wrong-partition": {
            try await login(caller: .govCloud, set("AWS_REGION", "us-gov-west-1"))
        },
        "sts-rejected": { try await present(.expired) },
        "proof-refused": { try await present(instead: "no proof at all") },
        "login-in-the-way": { try await run(["login", "--identity", "IDENTITY"]) },
        "no-role-bound": {
            try await SandboxedProgram.result { sandboxed in
                let created = try await sandboxed.program.run(
                    "identities", "create", "aws", "role", "roleless", "--aws-account-id", SandboxCaller.account,
                    "--aws-role-name", "image-builder", "-o", "id")
                return try await sandboxed.program.run(
                    "login", "--identity", created.output.trimmingCharacters(in: .newlines), "--alias", "try")
            }
        },
        "not-registered": { try await run(["signin", "--org-name", "nobody.example"], { try $0.browse() }) },
    ]

    private static let signing: [String: Provocation] = [
        "sts-unknown-key": { try await run(["whoami"], set("AWS_ACCESS_KEY_ID", "AKIANOBODY2222222222")) },
        "sts-signature": { try await run(["whoami"], set("AWS_SECRET_ACCESS_KEY", "wrong")) },
        "sts-session-expired": { try await run(["whoami"], caller: .expired) },
        "sts-unreadable": { try await whoami(failing: "IncompleteSignature", status: 400) },
        "sts-denied": { try await whoami(failing: "AccessDenied") },
        "sts-region-off": { try await whoami(failing: "RegionDisabledException") },
        "sts-busy": { try await whoami(failing: "Throttling", status: 400) },
        "clock-behind": { try await login(skew: 20 * 60) },
        "clock-ahead": { try await login(skew: -20 * 60) },
    ]

    private static let naming: [String: Provocation] = [
        "name-unknown": { try await run(["identities", "describe", "nosuch"]) },
        "name-ambiguous": {
            try await SandboxedProgram.result { sandboxed in
                _ = try await create("image-builder", at: "platform", sandboxed)
                return try await sandboxed.program.run("identities", "describe", "image-builder")
            }
        },
        "name-taken": {
            try await SandboxedProgram.result { try await create("image-builder", at: "acme.example", $0) }
        },
        "creation-unfinished": {
            try await SandboxedProgram.result { sandboxed in
                var options = SandboxOptions()
                options.add(.bindingRefused)
                sandboxed.sandbox.fail(options.failures)
                _ = try await create("half-made", at: "acme.example", sandboxed)
                return try await create("half-made", at: "acme.example", sandboxed)
            }
        },
        "no-credentials": { try await Program(home: try TemporaryFolder()).run("whoami") },
        "profile-unknown": { try await run(["whoami", "--profile", "nosuch"]) },
    ]

    private static func create(
        _ name: String, at parent: String, _ sandboxed: SandboxedProgram
    ) async throws -> Program.Result {
        try await sandboxed.program.run(
            "identities", "create", "aws", "role", name, "--aws-account-id", SandboxCaller.account, "--aws-role-name",
            "image-builder", "--parent", parent, "--role", "viewer")
    }

    private static let serving: [String: Provocation] = [
        "captive-portal": { try await login(failures: [FailureRule("/issuer", .webPage)]) },
        "redirected": { try await login(failures: [FailureRule("/issuer", .redirect(to: "http://192.0.2.1/"))]) },
        "answer-not-understood": { try await login(failures: [FailureRule("/issuer", .oversized(bytes: 9))]) },
        "rate-limited": { try await login(failures: [FailureRule("/issuer", .rateLimited(retryAfter: 17))]) },
        "service-unavailable": { try await login(failures: [FailureRule("/issuer", .status(500))]) },
        "token-refused": {
            try await run(["roles", "list"], signedIn: false, { try $0.keep(expiry: Date() + 3600) })
        },
        "token-expired": { try await run(["roles", "list"], signedIn: false, { try $0.keep(expiry: Date() - 60) }) },
        "not-allowed": {
            try await SandboxedProgram.result { sandboxed in
                _ = try await sandboxed.program.run(
                    "login", "--identity", try await sandboxed.identity("image-builder"), "--alias", "puller")
                var program = sandboxed.program
                program.environment["XDG_CACHE_HOME"] = program.home.path + "/other"
                let token = try sandboxed.cache.read(audience: sandboxed.sandbox.endpoints.audience, alias: "puller")
                try TokenCache(folder: program.home.path + "/other/chainguard").write(
                    IssuedTokens(token: token!.token), audience: sandboxed.sandbox.endpoints.audience)
                return try await program.run("identities", "list")
            }
        },
        "not-signed-in": { try await run(["roles", "list"], signedIn: false) },
    ]

    private static let networks: [String: Provocation] = [
        "address-invalid": { try await login(setIssuer("https://user:word@example.com")) },
        "address-insecure": { try await login(setIssuer("http://192.0.2.1")) },
        "dns": { try await login(setIssuer("https://nowhere.invalid")) },
        "connection-refused": { try await login(setIssuer("https://127.0.0.1:1")) },
        "connection-failed": { try await login(failures: [FailureRule("/issuer", .doneButCut)]) },
        "connect-timeout": {
            let listener = try RawListener(isFull: true)
            let result = try await login(setIssuer("https://127.0.0.1:\(listener.port)"), more: ["--timeout", "2"])
            return withExtendedLifetime(listener) { result }
        },
        "proxy-unreachable": {
            try await login({
                $0.program.environment["HTTPS_PROXY"] = "http://127.0.0.1:1"
                $0.program.environment["CHAINGUARD_PLATFORM_ISSUER"] = "https://issuer.corp.example"
            })
        },
        "proxy-authentication": { try await proxied(refusing: "407 Proxy Authentication Required") },
        "proxy-refused": { try await proxied(refusing: "403 Forbidden") },
        "read-timeout": {
            try await login(failures: [FailureRule("/issuer", .slow(.seconds(60)))], more: ["--timeout", "1"])
        },
        "tls-untrusted": { try await login(tls: try SandboxCertificate()) },
        "tls-expired": { try await trusting(.expired) },
        "tls-not-yet-valid": { try await trusting(.notYetValid) },
        "tls-wrong-host": { try await trusting(.otherHost) },
        "tls-failed": {
            try await login({ sandboxed in
                sandboxed.program.environment["CHAINGUARD_PLATFORM_ISSUER"] = sandboxed.sandbox.endpoints.issuer
                    .replacing("http:", with: "https:")
            })
        },
        "answer-too-large": { try await login(failures: [FailureRule("/issuer", .oversized(bytes: 3 << 20))]) },
        "answer-not-http": {
            let listener = try RawListener(greeting: "SSH-2.0-OpenSSH_9.2\r\n")
            let result = try await login(setIssuer("http://127.0.0.1:\(listener.port)"))
            return withExtendedLifetime(listener) { result }
        },
    ]

    private static func proxied(refusing answer: String) async throws -> Program.Result {
        try await ConnectProxy.with(upstream: 1, refusing: answer) { proxy in
            try await login {
                $0.program.environment["HTTPS_PROXY"] = proxy.url
                $0.program.environment["CHAINGUARD_PLATFORM_ISSUER"] = "https://issuer.corp.example"
            }
        }
    }

    /// The authority is trusted; what is wrong is the certificate.
    private static func trusting(_ flaw: SandboxCertificate.Flaw) async throws -> Program.Result {
        let certificate = try SandboxCertificate(flaw: flaw)
        let uid = "\(String(repeating: "a", count: 40))/0123456789abcdef"
        return try await login(as: uid, tls: certificate) { sandboxed in
            let path = sandboxed.program.home.path + "/ca.pem"
            try Data(certificate.authority.utf8).write(to: URL(fileURLWithPath: path))
            sandboxed.program.environment["SSL_CERT_FILE"] = path
        }
    }
}

extension SandboxedProgram {
    /// The same with a result.
    static func result<Value>(_ body: (SandboxedProgram) async throws -> Value) async throws -> Value {
        var result: Value?
        try await with { result = try await body($0) }
        return result!
    }

    /// Keeps a token that nobody signed.
    func keep(expiry: Date) throws {
        let claims = #"{"sub":"x","aud":"\#(sandbox.endpoints.audience)","exp":\#(Int(expiry.timeIntervalSince1970))}"#
        let parts = [#"{"alg":"none"}"#, claims, "x"].map {
            Data($0.utf8).base64EncodedString().replacing("=", with: "")
        }
        try cache.write(
            IssuedTokens(token: Secret(parts.joined(separator: "."))), audience: sandbox.endpoints.audience)
    }
}
