import Chainguard
import FoundationEssentials
import Transport

/// AWS and Chainguard on loopback: real sockets, real signatures, an organization of example data.
///
/// One port serves everything: AWS STS at `/`, the metadata service below `/latest`, the container credentials
/// endpoint below `/v2/credentials`, Chainguard's issuer below `/issuer` and its API below `/api`.
public final class Sandbox: Sendable {
    /// Chainguard's services, as they are reached here.
    public let endpoints: ChainguardEndpoints
    /// `http://127.0.0.1:PORT`, where AWS's services are.
    public let baseURL: String
    let options: SandboxOptions
    private let server: LoopbackServer
    private let failures: FailureRules

    /// Binds the port and answers from then on.
    /// - Throws: when the port is taken or the state file can't be read.
    public static func start(_ options: SandboxOptions = SandboxOptions()) async throws -> Sandbox {
        try await Sandbox(options)
    }

    private init(_ options: SandboxOptions) async throws {
        let failures = FailureRules(options.failures)
        server = try await LoopbackServer(port: options.port ?? 0, now: options.now) { port in
            { request in
                guard let mode = failures.next(for: request.path) else { return Reply(status: 404) }
                return await mode.spoil { Reply(status: 404) }
            }
        }
        self.options = options
        self.failures = failures
        baseURL = "http://127.0.0.1:\(server.port)"
        endpoints = Self.endpoints(baseURL)
    }

    static func endpoints(_ baseURL: String) -> ChainguardEndpoints {
        ChainguardEndpoints(
            api: "\(baseURL)/api", issuer: "\(baseURL)/issuer", console: "\(baseURL)/console")
    }

    /// Replaces what goes wrong on purpose.
    public func fail(_ rules: [FailureRule]) {
        failures.replace(with: rules)
    }

    /// Closes the port and every connection.
    public func stop() async {
        await server.stop()
    }
}
