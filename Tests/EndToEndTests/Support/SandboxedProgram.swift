import Chainguard
import Foundation
import Sandbox
import Transport

/// A sandbox of its own and the program pointed at it by variables, its operator signed in: what any other client is.
struct SandboxedProgram {
    let sandbox: Sandbox
    var program: Program

    static func with(
        caller: SandboxCaller.Name? = .role, signedIn: Bool = true, tls: SandboxCertificate? = nil,
        now: @escaping @Sendable () -> Date = { Date() }, _ body: (SandboxedProgram) async throws -> Void
    ) async throws {
        let sandbox = try await Sandbox.start(SandboxOptions(now: now, caller: caller, tls: tls))
        do {
            var program = Program(home: try TemporaryFolder())
            program.environment.merge(sandbox.environment) { $1 }
            if signedIn {
                try await TokenCache(folder: program.home.path + "/.cache/chainguard")
                    .write(sandbox.operatorTokens(), audience: sandbox.endpoints.audience, alias: nil)
            }
            try await body(SandboxedProgram(sandbox: sandbox, program: program))
        } catch {
            await sandbox.stop()
            throw error
        }
        await sandbox.stop()
    }
}

extension SandboxedProgram {
    /// The UIDP of an identity of the example organization.
    func identity(_ name: String) async throws -> String {
        let roots = sandbox.authority.map { TrustRoots.pem(Array($0.utf8)) } ?? .system
        let api = PlatformAPI(
            baseURL: sandbox.endpoints.api, token: try await sandbox.operatorTokens().token,
            transport: HTTPClientTransport(trustRoots: roots))
        guard let found = try await api.identities(IdentityQuery(name: name)).items.first else {
            throw CocoaError(.fileNoSuchFile)
        }
        return found.uid.text
    }

    /// A browser for `signin`: curl, which follows redirects.
    mutating func browse() throws {
        let path = program.home.path + "/browser"
        try Data("#!/bin/sh\nexec curl -sSL -o /dev/null \"$1\"\n".utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
        program.environment["BROWSER"] = path
    }

    var cache: TokenCache { TokenCache(folder: program.home.path + "/.cache/chainguard") }
}

/// A JSON answer, read loosely.
func json(_ text: String) throws -> [String: Any] {
    guard let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] else {
        throw CocoaError(.propertyListReadCorrupt)
    }
    return object
}
