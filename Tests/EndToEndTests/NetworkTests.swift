import Foundation
import Sandbox
import Testing

/// Networks as they are: certificate authorities of one's own, and `info --check`, which says where the way ends.
@Suite struct NetworkTests {
    @Test(arguments: ["--ca-file", "SSL_CERT_FILE", "AWS_CA_BUNDLE"])
    func anAuthorityIsLetInByFlagOrVariable(name: String) async throws {
        try await SandboxedProgram.with(tls: try SandboxCertificate()) { sandboxed in
            var program = sandboxed.program
            let path = try sandboxed.writeAuthority()
            let identity = try await sandboxed.identity("image-builder")
            var arguments = ["login", "--identity", identity, "--alias", "ci"]
            if name.hasPrefix("--") { arguments += [name, path] } else { program.environment[name] = path }
            let result = try await Program.run(Program.path, arguments, environment: program.environment)
            #expect(result.status == 0, "\(result.errors)")
        }
    }

    @Test func withoutItTheIssuerOfTheCertificateIsNamed() async throws {
        try await SandboxedProgram.with(tls: try SandboxCertificate()) { sandboxed in
            let result = try await sandboxed.program.run("roles", "list")
            #expect(result.status == 1)
            #expect(result.errors.contains("signed by cgid sandbox CA, which is not trusted here"))
            for way in ["--ca-file", "SSL_CERT_FILE", "AWS_CA_BUNDLE"] { #expect(result.errors.contains(way)) }
        }
    }

    @Test func aFileWithoutCertificatesIsWrongUsage() async throws {
        let program = Program(home: try TemporaryFolder())
        let path = program.home.path + "/ca.pem"
        try Data("nothing".utf8).write(to: URL(fileURLWithPath: path))
        let result = try await program.run("status", "--ca-file", path)
        #expect(result.status == 2)
        #expect(result.errors.contains("holds no PEM certificate"))
    }

    /// Another client, with the files that a person would use.
    @Test func theSandboxServesHTTPSToOthers() async throws {
        let program = Program(home: try TemporaryFolder())
        let script = """
            \(Program.path) sandbox --tls-ca-file ca.pem --identities 30 --export-env > env & sandbox=$!
            until [ -s env ]; do sleep 0.05; done
            . ./env
            curl -sS --http2 --cacert "$SSL_CERT_FILE" -o /dev/null -w '%{http_version} %{http_code}\\n' \
            "$CHAINGUARD_PLATFORM_ISSUER/.well-known/openid-configuration"
            \(Program.path) identities list -o id | wc -l
            kill $sandbox
            """
        let result = try await Program.run(
            "sh", ["-c", "cd \(program.home.path); \(script)"], environment: program.environment)
        #expect(result.output == "2 200\n30\n", "\(result.output) \(result.errors)")
    }

    @Test func aCheckOfWhatWorksIsATableAndJSON() async throws {
        try await SandboxedProgram.with(tls: try SandboxCertificate()) { sandboxed in
            var program = sandboxed.program
            program.environment["SSL_CERT_FILE"] = try sandboxed.writeAuthority()
            let table = try await program.run("info", "--check", "--timeout", "30")
            #expect(table.status == 0, "\(table.output)")
            #expect(table.output.contains("SERVICE") && table.output.contains("signed by cgid sandbox CA"))
            let document = try json(try await program.run("info", "--check", "--timeout", "30", "-o", "json").output)
            let endpoints = try #require(document["endpoints"] as? [[String: Any]])
            #expect(endpoints.count == 4)
            for endpoint in endpoints {
                #expect(endpoint["ok"] as? Bool == true)
                for step in ["dns", "tcp", "tls", "http"] {
                    #expect((endpoint[step] as? [String: Any])?["outcome"] as? String == "passed", "\(endpoint)")
                }
                #expect(
                    (endpoint["http"] as? [String: Any])?["detail"] as? String == "HTTP/2.0 \(status(of: endpoint))")
            }
        }
    }

    private func status(of endpoint: [String: Any]) -> String {
        let detail = (endpoint["http"] as? [String: Any])?["detail"] as? String
        return String(detail?.suffix(3) ?? "")
    }

    @Test func aCheckSaysAtWhichStepTheWayEnds() async throws {
        let now: @Sendable () -> Date = { Date() - 1200 }
        try await SandboxedProgram.with(now: now) { sandboxed in
            var program = sandboxed.program
            program.environment["CHAINGUARD_PLATFORM_ISSUER"] = "https://nowhere.invalid"
            program.environment["CHAINGUARD_PLATFORM_REGISTRY"] = "https://127.0.0.1:1"
            program.environment["AWS_ENDPOINT_URL_STS"] = sandboxed.sandbox.baseURL.replacing("http:", with: "https:")
            let result = try await program.run("info", "--check", "--timeout", "30", "-o", "json")
            #expect(result.status == 1)
            let endpoints = try #require(try json(result.output)["endpoints"] as? [[String: Any]])
            let problems = endpoints.map { $0["problem"] as? String ?? "" }
            #expect(problems == ["dns", "clock-ahead", "connection-refused", "tls-failed"])
            let offset = try #require(endpoints[1]["clockOffsetSeconds"] as? Int)
            #expect(abs(offset + 1200) <= 60)
            let table = try await program.run("info", "--check", "--timeout", "30")
            #expect(table.status == 1)
            #expect(table.output.contains("FAILED") && table.output.contains(" ahead"))
        }
    }
}

extension SandboxedProgram {
    /// A file with the certificate authority of a sandbox that serves TLS.
    func writeAuthority() throws -> String {
        let path = program.home.path + "/ca.pem"
        try Data((sandbox.authority ?? "").utf8).write(to: URL(fileURLWithPath: path))
        return path
    }
}
