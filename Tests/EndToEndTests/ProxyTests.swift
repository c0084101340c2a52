import Foundation
import Sandbox
import TestSupport
import Testing

/// A network whose only way out is a proxy.
@Suite struct ProxyTests {
    /// The sandbox by names that only the proxy knows, for host names of this machine go past it.
    private func behindProxy<Result: Sendable>(
        refusing: String? = nil, trusting: Bool = true, names: [String] = ["*.corp.example"],
        _ body: @Sendable (SandboxedProgram, ConnectProxy) async throws -> Result
    ) async throws {
        try await SandboxedProgram.with(tls: try SandboxCertificate(names: names)) { sandboxed in
            let port = try #require(URL(string: sandboxed.sandbox.baseURL)?.port)
            _ = try await ConnectProxy.with(upstream: port, refusing: refusing) { proxy in
                var sandboxed = sandboxed
                for name in ["ISSUER", "API", "REGISTRY"] {
                    sandboxed.program.environment["CHAINGUARD_PLATFORM_\(name)"] =
                        "https://\(name.lowercased()).corp.example"
                }
                sandboxed.program.environment["AWS_ENDPOINT_URL_STS"] = "https://aws.corp.example"
                sandboxed.program.environment["HTTPS_PROXY"] = proxy.url
                if trusting { sandboxed.program.environment["SSL_CERT_FILE"] = try sandboxed.writeAuthority() }
                return try await body(sandboxed, proxy)
            }
        }
    }

    private func check(_ program: Program) async throws -> (result: Program.Result, endpoints: [[String: Any]]) {
        let result = try await program.run("info", "--check", "--timeout", "30", "-o", "json")
        return (result, try #require(try json(result.output)["endpoints"] as? [[String: Any]], "\(result.errors)"))
    }

    @Test func everyStepOfACheckGoesThroughIt() async throws {
        try await behindProxy { sandboxed, proxy in
            let (result, endpoints) = try await check(sandboxed.program)
            #expect(result.status == 0, "\(result.output)")
            #expect(endpoints.count == 4)
            for endpoint in endpoints {
                let details = ["dns", "tcp", "tls", "http"].map {
                    (endpoint[$0] as? [String: Any])?["detail"] as? String ?? ""
                }
                #expect(details[0] == "127.0.0.1 (proxy 127.0.0.1)" && details[1] == "port \(proxy.port) open")
                #expect(details[2].contains("signed by cgid sandbox CA"))
                #expect(details[3].hasPrefix("HTTP/2.0 "), "\(details)")
            }
            let asked = Set(proxy.requests.map { $0.line.split(separator: " ").dropFirst().first ?? "" })
            #expect(asked == Set(["issuer", "api", "registry", "aws"].map { "\($0).corp.example:443" }))
        }
    }

    @Test func requestsGoThroughItWithItsNameAndPassword() async throws {
        try await behindProxy { sandboxed, proxy in
            var program = sandboxed.program
            program.environment["HTTPS_PROXY"] = "http://ada:s%40cret@127.0.0.1:\(proxy.port)"
            let result = try await program.run("whoami")
            #expect(result.status == 0, "\(result.errors)")
            let credentials = Data("ada:s@cret".utf8).base64EncodedString()
            #expect(proxy.requests.map(\.line) == ["CONNECT aws.corp.example:443 HTTP/1.1"])
            #expect(proxy.requests.first?.authorization == "Basic \(credentials)")
        }
    }

    /// A proxy that opens TLS shows a certificate of its own authority.
    @Test func theAuthorityOfAProxyThatOpensTLSIsNamed() async throws {
        try await behindProxy(trusting: false) { sandboxed, _ in
            let result = try await sandboxed.program.run("whoami")
            #expect(result.status != 0)
            #expect(result.errors.contains("signed by cgid sandbox CA, which is not trusted here"))
            let (checked, endpoints) = try await check(sandboxed.program)
            #expect(checked.status == 1)
            #expect(endpoints.allSatisfy { $0["problem"] as? String == "tls-untrusted" }, "\(endpoints)")
        }
    }

    /// The sandbox's certificate is for the proxy's address, among others.
    @Test func aCertificateForTheProxysAddressIsNoCertificateForTheService() async throws {
        try await behindProxy(names: []) { sandboxed, _ in
            let result = try await sandboxed.program.run("whoami")
            #expect(result.errors.contains("[tls-wrong-host]"), "\(result.errors)")
        }
    }

    @Test(arguments: [
        ("403 Forbidden", "proxy-refused"), ("502 Bad Gateway", "proxy-refused"),
        ("407 Proxy Authentication Required", "proxy-authentication"),
    ])
    func aProxyThatRefusesIsNamed(_ answer: String, _ code: String) async throws {
        try await behindProxy(refusing: answer) { sandboxed, proxy in
            let result = try await sandboxed.program.run("whoami")
            #expect(result.status != 0)
            #expect(result.errors.contains("[\(code)]"), "\(result.errors)")
            #expect(result.errors.contains("The proxy 127.0.0.1:\(proxy.port)"))
            #expect(result.errors.contains("aws.corp.example") && result.errors.contains("HTTPS_PROXY"))
            let (_, endpoints) = try await check(sandboxed.program)
            #expect(endpoints.allSatisfy { $0["problem"] as? String == code }, "\(endpoints)")
        }
    }

    @Test func aProxyThatCannotBeReachedIsNamedAndNotTheService() async throws {
        for (proxy, words) in [
            ("127.0.0.1:1", "refused the connection"), ("proxy.invalid:3128", "has a name that does not resolve"),
        ] {
            var program = Program(home: try TemporaryFolder())
            program.environment.merge([
                "https_proxy": "http://ada:s3cret@\(proxy)", "AWS_ACCESS_KEY_ID": "AKIAEXAMPLE0000000AA",
                "AWS_SECRET_ACCESS_KEY": "not-a-real-secret", "AWS_REGION": "us-east-1",
            ]) { $1 }
            let result = try await program.run("whoami")
            #expect(result.errors.contains("The proxy \(proxy) on the way to "), "\(result.errors)")
            #expect(result.errors.contains(words) && result.errors.contains("Correct https_proxy"), "\(result.errors)")
            #expect(!result.errors.contains("s3cret"))
            let (_, endpoints) = try await check(program)
            #expect(endpoints.allSatisfy { $0["problem"] as? String == "proxy-unreachable" }, "\(endpoints)")
        }
    }

    @Test func aProxyOfAnotherKindIsWrongUsage() async throws {
        var program = Program(home: try TemporaryFolder())
        program.environment["HTTPS_PROXY"] = "https://ada:s3cret@proxy.example"
        let result = try await program.run("status")
        #expect(result.status == 2)
        #expect(result.errors.contains("HTTPS_PROXY") && !result.errors.contains("s3cret"), "\(result.errors)")
    }

    @Test func exceptionsGoPastIt() async throws {
        try await behindProxy { sandboxed, proxy in
            var program = sandboxed.program
            program.environment["NO_PROXY"] = "other.example, corp.example"
            let result = try await program.run("whoami")
            // Only the proxy knows that name.
            #expect(result.errors.contains("aws.corp.example") && result.errors.contains("[dns]"), "\(result.errors)")
            #expect(proxy.requests.isEmpty)
        }
    }

    @Test func thisHostsMetadataIsNeverAskedForThroughIt() async throws {
        try await ConnectProxy.with(upstream: 1) { proxy in
            var program = Program(home: try TemporaryFolder())
            program.environment["AWS_EC2_METADATA_DISABLED"] = nil
            program.environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = "http://169.254.0.1:1"
            program.environment["AWS_METADATA_SERVICE_TIMEOUT"] = "1"
            program.environment["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] = "/task"
            for name in ["HTTP_PROXY", "HTTPS_PROXY", "http_proxy"] { program.environment[name] = proxy.url }
            let result = try await program.run("whoami")
            #expect(result.status == 3, "\(result.errors)")
            #expect(proxy.requests.isEmpty)
        }
    }
}
