import AWSCaller
import Chainguard
import FoundationEssentials
import Sandbox
import Testing
import Transport

/// The core libraries against the sandbox, configured by nothing but its environment.
@Suite struct WholeStoryTests {
    private func detector(_ sandbox: Sandbox) -> CallerDetector {
        CallerDetector(
            context: HostContext(
                environment: Environment(sandbox.environment), files: NoFiles(), transport: http, now: { noon }))
    }

    @Test(arguments: [
        (SandboxCaller.Name.role, CredentialSource.environment), (.user, .environment), (.container, .container),
        (.instance, .imds),
    ])
    func theCallerIsFoundWhereItsCredentialsAre(name: SandboxCaller.Name, source: CredentialSource) async throws {
        try await withSandbox(SandboxOptions(now: { noon }, caller: name)) { sandbox async throws in
            let found = await detector(sandbox).detect()
            #expect(
                found.answer?.identity == SandboxCaller.named(name).identity, "\(String(describing: found.failure))")
            #expect(found.resolution.winner == source)
        }
    }

    @Test func withoutCredentialsTheChainSaysWhatWasTried() async throws {
        try await withSandbox(SandboxOptions(now: { noon }, caller: nil)) { sandbox async throws in
            let found = await detector(sandbox).detect()
            #expect(found.answer == nil)
            #expect(found.resolution.winner == nil)
            #expect(found.resolution.reports.contains { $0.source == .imds })
        }
    }

    @Test func aLoginGoesThroughItsStagesAndIsKept() async throws {
        try await withTemporaryFolder { folder async throws in
            try await withSandbox { sandbox async throws in
                let cache = TokenCache(folder: "\(folder)/chainguard")
                let flow = LoginFlow(
                    detector: detector(sandbox),
                    issuer: IssuerClient(issuer: sandbox.endpoints.issuer, transport: http),
                    endpoints: sandbox.endpoints, cache: cache, transport: http, now: { noon })
                let identity = try await sandbox.identity("image-builder")
                let outcome = try await flow.run(identity: identity)
                #expect(outcome.subject.subject == identity.text)
                #expect(outcome.subject.granted?.map(\.role) == ["registry.pull"])
                #expect(outcome.expiry == noon + 3600)
                #expect(try cache.read(audience: sandbox.endpoints.audience) != nil)
            }
        }
    }
}
