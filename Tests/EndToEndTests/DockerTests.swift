import AWSCaller
import Chainguard
import Foundation
import Testing

/// docker's credential helper, driven as docker drives it: by another name, a verb and stdin.
@Suite struct DockerTests {
    @Test func aLoginLetsDockerPull() async throws {
        try await SandboxedProgram.with { sandboxed in
            let program = try sandboxed.linkingHelper()
            let identity = try await sandboxed.identity("image-builder")
            let login = try await program.run("login", "--identity", identity, "--docker")
            #expect(login.status == 0, "\(login.errors)")
            // Of a registry's token the API tells no roles: that is no lack of any.
            #expect(login.output.contains(identity) && !login.output.contains("role"), "\(login.output)")
            let document = try json(try String(contentsOfFile: program.dockerConfiguration, encoding: .utf8))
            #expect(document["credHelpers"] as? [String: String] == ["cgr.dev": "cgid"])

            let fetched = try await program.docker("get", input: "cgr.dev\n")
            #expect(fetched.status == 0, "\(fetched.output)")
            let credentials = try json(fetched.output)
            #expect(credentials["ServerURL"] as? String == "cgr.dev")
            #expect(credentials["Username"] as? String == "_token")
            let token = try #require(credentials["Secret"] as? String)
            #expect(JWTClaims(unverified: token)?.audience == ["cgr.dev"])
            #expect(JWTClaims(unverified: token)?.subject == identity)
            #expect(!login.output.contains(token) && !login.errors.contains(token))
            #expect(try json(try await program.docker("list").output) as? [String: String] == ["cgr.dev": "_token"])

            #expect(try await program.docker("get", input: "https://index.docker.io/v1/").status == 1)
            let unnamed = try await program.docker("get", input: "\n")
            #expect(unnamed.status == 1 && unnamed.output == "no credentials server URL\n")
            #expect(try await program.docker("erase", input: "https://cgr.dev/").status == 0)
            let gone = try await program.docker("get", input: "cgr.dev")
            #expect(gone.status == 1)
            #expect(gone.output == "credentials not found in native keychain\n")
            #expect(try await program.docker("list").output.filter { !$0.isWhitespace } == "{}")
        }
    }

    /// Neither a live token nor a refresh token is left: the identity that it was for is assumed anew.
    @Test func anExpiredTokenIsMadeAnew() async throws {
        try await SandboxedProgram.with { sandboxed in
            let program = try sandboxed.linkingHelper()
            let identity = try await sandboxed.identity("image-builder")
            let claims = Data(#"{"sub":"\#(identity)","aud":"cgr.dev","exp":1}"#.utf8).base64EncodedString()
            try sandboxed.cache.write(IssuedTokens(token: Secret("e30.\(claims).e30")), audience: "cgr.dev")
            let fetched = try await program.docker("get", input: "https://cgr.dev/v2/")
            #expect(fetched.status == 0, "\(fetched.output)")
            let token = try #require(try json(fetched.output)["Secret"] as? String)
            #expect(try #require(JWTClaims(unverified: token)?.expiry) > Date())
        }
    }

    @Test func whatElseStandsInTheConfigurationStays() async throws {
        try await SandboxedProgram.with { sandboxed in
            let program = try sandboxed.linkingHelper()
            let folder = program.home.path + "/.docker"
            let elsewhere = program.home.path + "/dotfiles.json"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let old =
                "{\n\t\"auths\": {},\n\t\"unknown\": [\n\t\t1.50,\n\t\tnull\n\t],\n\t\"credHelpers\": {\n\t\t\"gcr.io\": \"gcloud\"\n\t}\n}\n"
            try Data(old.utf8).write(to: URL(fileURLWithPath: elsewhere))
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: elsewhere)
            try FileManager.default.createSymbolicLink(
                atPath: program.dockerConfiguration, withDestinationPath: elsewhere)
            let identity = try await sandboxed.identity("image-builder")
            for _ in 0..<2 {
                #expect(try await program.run("login", "--identity", identity, "--docker").status == 0)
            }
            let new = try String(contentsOfFile: elsewhere, encoding: .utf8)
            #expect(new == old.replacing("\"gcloud\"", with: "\"gcloud\",\n\t\t\"cgr.dev\": \"cgid\""))
            let attributes = try FileManager.default.attributesOfItem(atPath: elsewhere)
            #expect(attributes[.posixPermissions] as? Int == 0o644)
            #expect(
                try FileManager.default.destinationOfSymbolicLink(atPath: program.dockerConfiguration) == elsewhere)
        }
    }

    @Test func aConfigurationThatIsNoJSONIsLeftAlone() async throws {
        try await SandboxedProgram.with { sandboxed in
            var program = sandboxed.program
            program.environment["DOCKER_CONFIG"] = program.home.path + "/docker"
            try FileManager.default.createDirectory(
                atPath: program.home.path + "/docker", withIntermediateDirectories: true)
            let path = program.home.path + "/docker/config.json"
            try Data("{ // mine\n}".utf8).write(to: URL(fileURLWithPath: path))
            let result = try await program.run(
                "login", "--identity", try await sandboxed.identity("image-builder"), "--docker")
            #expect(result.status == 2)
            #expect(result.errors.contains("left as it is"))
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "{ // mine\n}")
        }
    }

    @Test func dockersOwnLoginIsRefusedWithTheWayIn() async throws {
        try await SandboxedProgram.with { sandboxed in
            let program = try sandboxed.linkingHelper()
            let stored = try await program.docker(
                "store", input: #"{"ServerURL":"cgr.dev","Username":"_token","Secret":"hush"}"#)
            #expect(stored.status == 1)
            #expect(stored.output.contains("cgid login --docker"))
            #expect(!stored.output.contains("hush") && !stored.errors.contains("hush"))
            #expect(try await program.docker("dance").status == 1)
        }
    }
}

extension SandboxedProgram {
    /// The program under the name that docker looks for, on the PATH.
    func linkingHelper() throws -> Program {
        var program = program
        program.environment["CHAINGUARD_PLATFORM_REGISTRY"] = "https://cgr.dev"
        let folder = program.home.path + "/bin"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: folder + "/docker-credential-cgid", withDestinationPath: Program.path)
        program.environment["PATH"] = "\(folder):\(program.environment["PATH"] ?? "")"
        return program
    }
}

extension Program {
    var dockerConfiguration: String { home.path + "/.docker/config.json" }

    /// What docker does for `credHelpers: {…: "cgid"}`.
    func docker(_ verb: String, input: String = "") async throws -> Result {
        try await Self.run("docker-credential-cgid", [verb], environment: environment, input: input)
    }
}
