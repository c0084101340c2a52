import AWSCaller
import Foundation
import Sandbox
import Synchronization
import Testing
import Transport

/// Every credential source over real sockets against the sandbox's services: what it gives, and each way it fails.
@Suite struct EverySourceTests {
    // One after the other: what is timed here must not wait for ninety other sandboxes.
    @Test(.serialized, arguments: Scenario.all)
    func comesOutAsDocumented(_ scenario: Scenario) async throws {
        try await withTemporaryFolder { home in
            let options = SandboxOptions(
                now: { noon }, caller: scenario.instance, allowsIMDSv1: scenario.allowsIMDSv1,
                failures: scenario.failures)
            try await withSandbox(options) { sandbox in
                let caller = try await scenario.detect(in: sandbox, home: home)
                scenario.check(caller)
            }
        }
    }

    @Test func anSSOTokenIsRenewedOnceByManyAtOnce() async throws {
        try await withTemporaryFolder { home in
            try await withSandbox { sandbox in
                let counter = RenewalCounter()
                let scenario = Scenario("", .caller(.sso, "dana@acme.example"), profile: "admin").with(
                    \.ssoLifetime, -60)
                let detector = try await scenario.detector(in: sandbox, home: home, transport: counter)
                await withTaskGroup(of: DetectedCaller.self) { group in
                    for _ in 0..<4 { group.addTask { await detector.detect() } }
                    for await caller in group { scenario.check(caller) }
                }
                #expect(counter.renewals.withLock { $0 } == 1)
            }
        }
    }
}

/// Counts the calls of `CreateToken`.
private final class RenewalCounter: HTTPTransport {
    let renewals = Mutex(0)

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        if request.url.hasSuffix("/token") { renewals.withLock { $0 += 1 } }
        return try await http.send(request)
    }
}

/// A host: its variables and files, what goes wrong, and what has to come of it.
struct Scenario: Sendable, CustomTestStringConvertible {
    enum Outcome: Sendable {
        /// The source that wins, and how the caller's ARN ends.
        case caller(CredentialSource, String)
        /// The source that the chain stops at, and words of its failure.
        case stops(CredentialSource, String)
        /// Credentials are found, but STS refuses them with these words.
        case refused(String)
        /// No source has credentials; words of the failure.
        case nobody(String)
    }

    var testDescription: String
    var outcome: Outcome
    var profile: String?
    /// `BASE` and `HOME` in values stand for the sandbox's URL and the home folder.
    var variables: [String: String] = [:]
    /// Added to the sandbox's own config file, which has the profiles deployer, release, publish, admin, vault and pod.
    var config = ""
    /// Texts by path below the home folder; an empty one removes the file.
    var files: [String: String] = [:]
    /// `nil` is a machine whose metadata service has no role.
    var instance: SandboxCaller.Name?
    var allowsIMDSv1 = false
    var failures: [FailureRule] = []
    /// In seconds; `nil` leaves the SSO token of the sandbox as it is.
    var ssoLifetime: Int?
    var ssoChanges: [String: String] = [:]
    /// A pod token to write instead of the sandbox's own.
    var podToken: PodToken?

    struct PodToken: Sendable {
        var subject = "system:serviceaccount:ci:image-builder"
        var audience = "sts.amazonaws.com"
        var lifetime = Duration.seconds(600)
        var issuer: String?
        var isForged = false
    }

    init(_ name: String, _ outcome: Outcome, profile: String? = nil) {
        testDescription = name
        self.outcome = outcome
        self.profile = profile
    }

    /// The same with something else about it.
    func with<Value>(_ path: WritableKeyPath<Scenario, Value>, _ value: Value) -> Scenario {
        var copy = self
        copy[keyPath: path] = value
        return copy
    }
}

// MARK: - Running

extension Scenario {
    func detect(in sandbox: Sandbox, home: String) async throws -> DetectedCaller {
        try await detector(in: sandbox, home: home).detect()
    }

    /// Writes the files and makes what reads them.
    func detector(
        in sandbox: Sandbox, home: String, transport: any HTTPTransport = http
    ) async throws -> CallerDetector {
        for (path, text) in try await allFiles(sandbox, home) {
            let file = URL(fileURLWithPath: "\(home)/\(path)")
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        var environment = sandbox.environment.filter { !$0.key.hasPrefix("AWS_CONTAINER_") }
        environment["HOME"] = home
        environment.merge(variables.mapValues { filled($0, sandbox, home) }) { $1 }
        let context = HostContext(
            environment: Environment(environment), files: PosixFiles(), transport: transport, now: { noon },
            writer: PrivateFiles())
        return CallerDetector(context: context, profile: profile)
    }

    private func filled(_ text: String, _ sandbox: Sandbox, _ home: String) -> String {
        text.replacingOccurrences(of: "BASE", with: sandbox.baseURL).replacingOccurrences(of: "HOME", with: home)
    }

    private func allFiles(_ sandbox: Sandbox, _ home: String) async throws -> [String: String] {
        var all = try await sandbox.awsFiles(home: home)
        all[".aws/config", default: ""] += filled(config, sandbox, home)
        if let ssoLifetime {
            let members = sandbox.cachedSSOToken(lifetime: ssoLifetime).merging(ssoChanges) { $1 }
            let path = try #require(all.keys.first { $0.hasPrefix(".aws/sso/cache/") })
            all[path] = String(decoding: try JSONEncoder().encode(members.filter { $0.value != "" }), as: UTF8.self)
        }
        if let podToken { all[".aws/pod-token"] = try await podToken.text(sandbox) }
        for (path, text) in files { all[path] = text.isEmpty ? nil : filled(text, sandbox, home) }
        return all
    }

    func check(_ caller: DetectedCaller) {
        let resolution = caller.resolution
        switch outcome {
        case .caller(let source, let arn):
            #expect(resolution.winner == source, "\(caller.failure?.description ?? "")")
            #expect(caller.answer?.identity.arn.description.hasSuffix(arn) == true, "\(caller.failure as Any)")
        case .stops(let source, let words):
            let report = resolution.reports.first { if case .failed = $0.outcome { true } else { false } }
            #expect(report?.source == source)
            #expect(caller.failure?.description.contains(words) == true, "\(caller.failure?.description ?? "none")")
            #expect(resolution.credentials == nil)
        case .refused(let words):
            #expect(resolution.credentials != nil)
            #expect(caller.answer == nil)
            #expect(caller.failure?.description.contains(words) == true, "\(caller.failure?.description ?? "none")")
        case .nobody(let words):
            #expect(resolution.reports.allSatisfy { if case .notConfigured = $0.outcome { true } else { false } })
            #expect(caller.failure?.description.contains(words) == true, "\(caller.failure?.description ?? "none")")
        }
    }
}

extension Scenario.PodToken {
    func text(_ sandbox: Sandbox) async throws -> String {
        let token =
            if let issuer {
                try await sandbox.workloadToken(issuer: issuer, subject: subject, audience: audience).reveal()
            } else {
                try await sandbox.podToken(subject: subject, audience: audience, lifetime: lifetime).reveal()
            }
        return isForged ? String(token.dropLast(8)) + "AAAAAAAA" : token
    }
}
