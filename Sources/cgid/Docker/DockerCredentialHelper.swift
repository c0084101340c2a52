import AWSCaller
import Chainguard
import FoundationEssentials

/// docker's credential helper protocol (docker/docker-credential-helpers): a verb as the argument, a server's URL or
/// JSON on stdin, JSON on stdout; what goes wrong is said on stdout too, with exit code 1.
struct DockerCredentialHelper {
    /// The program's name that makes it a helper: docker puts `docker-credential-` before what its configuration says.
    static let name = "cgid"
    static let programName = "docker-credential-" + name
    /// The user that goes with a Chainguard token at the registry.
    static let user = "_token"
    /// These words tell docker to go on without credentials, as for public images.
    static let notFound = "credentials not found in native keychain"
    static let serverMissing = "no credentials server URL"

    enum Verb: String {
        case get, store, erase, list, version
    }

    struct Answer: Equatable {
        var text: String
        var status: Int32 = 0

        static func refusal(_ text: String) -> Answer { Answer(text: text, status: 1) }
    }

    let runtime: Runtime

    /// Registry tokens are for the registry's host.
    var audience: String { Self.host(of: runtime.endpoints.registry) }

    func answer(_ verb: Verb, input: String) async -> Answer {
        if verb == .get || verb == .erase, Self.trimmed(input).isEmpty { return .refusal(Self.serverMissing) }
        do throws(Failure) {
            switch verb {
            case .get: return try await credentials(for: input)
            case .erase: return try erase(input)
            case .list: return try list()
            case .store:
                return .refusal("cgid makes its own tokens: use 'cgid login --docker', not 'docker login'")
            case .version: return Answer(text: CgidCommand.version)
            }
        } catch {
            return .refusal("\(error)")
        }
    }

    private struct Credentials: Encodable {
        let serverURL: String
        let username: String
        let secret: String

        enum CodingKeys: String, CodingKey {
            case serverURL = "ServerURL"
            case username = "Username"
            case secret = "Secret"
        }
    }

    private func credentials(for server: String) async throws(Failure) -> Answer {
        guard Self.host(of: server) == audience, try runtime.cache.read(audience: audience) != nil else {
            return .refusal(Self.notFound)
        }
        let token = try await runtime.registryToken(audience: audience)
        let document = Credentials(serverURL: Self.trimmed(server), username: Self.user, secret: token.reveal())
        return try json(document)
    }

    /// `docker logout`
    private func erase(_ server: String) throws(Failure) -> Answer {
        guard Self.host(of: server) == audience else { return .refusal(Self.notFound) }
        try runtime.cache.remove(audience: audience)
        return Answer(text: "")
    }

    private func list() throws(Failure) -> Answer {
        let isKept = try runtime.cache.read(audience: audience) != nil
        return try json(isKept ? [audience: Self.user] : [:])
    }

    private func json(_ value: some Encodable) throws(Failure) -> Answer {
        do {
            return Answer(text: try JSONOutput.text(value))
        } catch {
            throw Failure("The answer to docker can't be written", detail: "\(error)")
        }
    }

    private static func trimmed(_ text: String) -> String { text.filter { !$0.isWhitespace } }

    /// docker names a registry as `cgr.dev` or as a URL.
    static func host(of server: String) -> String {
        let text = trimmed(server)
        let address = text.split(separator: "://", maxSplits: 1).last.map(String.init) ?? text
        return String(address.prefix { $0 != "/" }).lowercased()
    }
}

extension DockerCredentialHelper {
    /// Runs as the program that docker started.
    /// - Returns: the exit code.
    static func run(_ arguments: [String]) -> Int32 {
        guard arguments.count == 1, let verb = Verb(rawValue: arguments[0]) else {
            Console.complain("Usage: \(programName) get|store|erase|list|version")
            return 1
        }
        let answer: Answer
        do {
            let input = verb == .list || verb == .version ? [] : try StandardInput.read(limit: 1 << 16)
            answer = try Blocking.wait {
                let runtime = try await Runtime.make(
                    try CommonOptions.parse([]), try Preferences.ofPerson())
                return await DockerCredentialHelper(runtime: runtime).answer(
                    verb, input: String(decoding: input, as: UTF8.self))
            }
        } catch {
            answer = .refusal("\(error)")
        }
        if !answer.text.isEmpty { Console.answer(answer.text) }
        return answer.status
    }
}

extension Runtime {
    /// A token for the registry: the kept one, refreshed; or the identity that it was for, assumed anew.
    func registryToken(audience: String) async throws(Failure) -> Secret {
        let refusal: Failure
        do throws(Failure) {
            return try await usableToken(audience: audience, alias: nil)
        } catch {
            refusal = error
        }
        guard let subject = try cache.read(audience: audience)?.claims?.subject, let identity = UIDP(subject),
            !identity.isRoot
        else { throw refusal }
        _ = try await loginFlow().run(identity: identity, audience: audience)
        return try await usableToken(audience: audience, alias: nil)
    }
}
