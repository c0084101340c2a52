import Foundation
import Testing

/// The token commands through the built program: exit codes, codes in JSON, and what is read from where.
@Suite struct TokenCommandTests {
    private static let identity = TokenBytesTests.identity
    private static let now = "2026-03-04T05:06:07Z"

    /// A machine with long-term keys and no network.
    private func offline(_ sessionToken: String? = nil) throws -> Program {
        var program = Program(home: try TemporaryFolder())
        program.environment["AWS_ACCESS_KEY_ID"] = "AKIAIOSFODNN7EXAMPLE"
        program.environment["AWS_SECRET_ACCESS_KEY"] = TokenBytesTests.secret
        program.environment["AWS_SESSION_TOKEN"] = sessionToken
        return program
    }

    private func token(_ program: Program, identity: String = identity) async throws -> String {
        let created = try await program.run(
            "token", "create", "--identity", identity, "--allow-any-identity", "--now", Self.now)
        try #require(created.status == 0, "\(created.errors)")
        return created.output
    }

    @Test func aLongSessionTokenTravelsWhole() async throws {
        let session = String(repeating: "Ab9+/", count: 8_000) + "=="
        let program = try offline(session)
        let text = try await token(program)
        #expect(text.utf8.count > 50_000 && text.hasSuffix("\n"))
        let verdict = try await program.run(
            "token", "verify", "-", "--identity", Self.identity, "--offline", "--now", Self.now, input: text)
        #expect(verdict.status == 0, "\(verdict.errors)")
    }

    @Test(arguments: ["", "a\nb", "a\rb", "tab\there", "esc\u{1B}[31m", "c1\u{9B}"])
    func controlCharactersAndNothingAreRefusedAlways(_ value: String) async throws {
        let program = try offline()
        for arguments in [
            ["--identity", value, "--allow-any-identity"], ["--identity", Self.identity, "--audience", value],
            ["--identity", Self.identity, "--sts-host", value],
        ] {
            let result = try await Program.run(
                Program.path, ["token", "create"] + arguments, environment: program.environment)
            #expect(result.status == 2)
            #expect(result.output.isEmpty)
            #expect(!result.errors.contains("\u{1B}"))
        }
    }

    @Test func aTokenNamesOneAudience() async throws {
        let program = try offline()
        let two = try await program.run(
            "token", "create", "--identity", Self.identity, "--audience", "https://a", "--audience", "https://b")
        #expect(two.status == 2 && two.output.isEmpty)
        #expect(two.errors.contains("exactly one"))
        let other = try await program.run(
            "token", "create", "--identity", Self.identity, "--audience", "https://a", "--now", Self.now)
        let verdict = try await program.run(
            "token", "verify", "--identity", Self.identity, "--audience", "https://b", "--audience", "https://a",
            "--offline", "--now", Self.now, input: other.output)
        #expect(verdict.status == 0, "\(verdict.errors)")
    }

    @Test func anotherHostIsSignedForWithAWarning() async throws {
        let program = try offline()
        let created = try await program.run(
            "token", "create", "--identity", Self.identity, "--sts-host", "sts.eu-west-1.amazonaws.com")
        #expect(created.status == 0)
        #expect(created.errors.contains("sts.amazonaws.com"))
        #expect(created.output.split(separator: "\n").count == 1)
    }

    @Test func withoutKeysThereIsNoToken() async throws {
        let result = try await Program(home: try TemporaryFolder()).run("token", "create", "--identity", Self.identity)
        #expect(result.status == 3)
        #expect(result.output.isEmpty)
    }

    /// Arguments added to `verify`, the verdict's code, the exit code.
    @Test(arguments: [
        (["--clock-skew", "-1"], "invalid_configuration", 2), (["--clock-skew=-1"], "invalid_configuration", 2),
        (["--identity", ""], "invalid_configuration", 2), (["--sts-host", ""], "invalid_configuration", 2),
        (["--sts-endpoint", "http://sts.amazonaws.com"], "invalid_configuration", 2),
        (["--sts-endpoint", "http://192.0.2.1:80/x"], "invalid_configuration", 2),
        (["--sts-endpoint", "ftp://localhost"], "invalid_configuration", 2),
        (["--sts-endpoint", "nonsense"], "invalid_configuration", 2),
        (["--audience", "https://other"], "invalid_audience", 5),
        (["--identity", "other"], "invalid_identity", 5),
        (["--now", "2026-03-04T05:21:08Z"], "expired", 5), (["--now", "2026-03-04T05:01:06Z"], "future_dated", 5),
        (["--now", "2026-03-04T05:06:06Z", "--clock-skew", "0"], "future_dated", 5),
        (["--sts-host", "sts.eu-west-1.amazonaws.com"], "invalid_request", 5),
        (["--sts-endpoint", "http://127.0.0.1:9"], "sts_unavailable", 1),
    ])
    func everyVerdictHasItsCode(arguments: [String], code: String, status: Int32) async throws {
        let program = try offline()
        var options = ["--identity", Self.identity, "--now", Self.now]
        for index in stride(from: 0, to: options.count, by: 2) where arguments.contains(options[index]) {
            options[index + 1] = arguments[arguments.firstIndex(of: options[index])! + 1]
        }
        let rest = arguments.filter { !options.contains($0) }
        let result = try await Program.run(
            Program.path, ["token", "verify", "-", "-o", "json"] + options + rest, environment: program.environment,
            input: try await token(program))
        #expect(result.status == status, "\(result.errors)")
        let answer = try json(result.output)
        #expect(answer["ok"] as? Bool == false)
        #expect(answer["error"] as? String == code)
        #expect((answer["message"] as? String)?.isEmpty == false)
        #expect(result.errors.split(separator: "\n").count == 1)
    }

    @Test(arguments: [
        ("", 5), ("\n", 5), (" TOKEN", 5), ("TOKEN", 0), ("TOKEN\n", 0), ("TOKEN\r\n", 0), ("TOKEN\n\n", 0),
        ("TOKEN ", 5), ("Bearer TOKEN", 5),
    ])
    func verifyReadsStdinAsChainguardWould(_ shape: String, _ status: Int32) async throws {
        let program = try offline()
        let text = try await token(program).trimmingCharacters(in: .newlines)
        let result = try await program.run(
            "token", "verify", "--identity", Self.identity, "--offline", "--now", Self.now, "-o", "json",
            input: shape.replacingOccurrences(of: "TOKEN", with: text))
        #expect(result.status == status)
        #expect(try json(result.output)["ok"] as? Bool == (status == 0))
    }

    @Test func boundsAreInclusive() async throws {
        let program = try offline()
        let text = try await token(program)
        for moment in ["2026-03-04T05:21:07Z", "2026-03-04T05:01:07Z", "2026-03-04T06:06:07+01:00"] {
            let result = try await program.run(
                "token", "verify", "--identity", Self.identity, "--offline", "--now", moment, input: text)
            #expect(result.status == 0, "\(moment) \(result.errors)")
        }
    }

    /// `--sts-endpoint` keeps its path, and the AWS SDKs' variables name the endpoint too.
    @Test func stsIsAskedWhereItWasConfigured() async throws {
        try await SandboxedProgram.with { sandboxed in
            var program = sandboxed.program
            let text = try await program.run("token", "create", "--identity", Self.identity).output
            let verify = ["token", "verify", "-", "--identity", Self.identity, "-o", "json"]
            func ask(_ arguments: String...) async throws -> Program.Result {
                try await Program.run(
                    Program.path, verify + arguments, environment: program.environment, input: text)
            }
            let byVariable = try await ask()
            #expect(byVariable.status == 0, "\(byVariable.errors)")
            let claims = try #require(try json(byVariable.output)["claims"] as? [String: Any])
            #expect(Set(claims.keys) == ["userId", "account", "arn"])
            program.environment["AWS_ENDPOINT_URL_STS"] = nil
            program.environment["AWS_ENDPOINT_URL"] = sandboxed.sandbox.baseURL
            #expect(try await ask().status == 0)
            program.environment["AWS_ENDPOINT_URL"] = "http://192.0.2.1"
            #expect(try json(try await ask().output)["error"] as? String == "invalid_configuration")
            #expect(try await ask("--sts-endpoint", sandboxed.sandbox.baseURL + "/").status == 0)
            let prefixed = try await ask("--sts-endpoint", sandboxed.sandbox.baseURL + "/no/such/prefix")
            #expect(try json(prefixed.output)["error"] as? String != nil, "the prefix travels")
        }
    }

    @Test(arguments: [
        ("", "empty-token"), (" \n", "empty-token"), ("%%%", "not-base64"), ("aGVsbG8=", "not-a-request"),
        ("eyJhbGciOiJub25lIn0.eyJpc3MiOiJodHRwczovL2kiLCJhdWQiOiJhIn0.c2ln", "json-web-token"),
        ("\u{1B}]0;title\u{7}", "not-base64"), ("GET / HTTP/2\r\n\r\n", "http2-request-line"),
        (String(repeating: "A", count: 200_000), "not-a-request"),
    ])
    func inspectAcceptsAnything(_ text: String, _ code: String) async throws {
        let result = try await offline().run("token", "inspect", "-o", "json", input: text)
        #expect(result.status == 5, "\(result.errors)")
        let findings = try #require(try json(result.output)["findings"] as? [[String: Any]])
        #expect(findings.contains { $0["code"] as? String == code }, "\(findings)")
        #expect(!result.output.contains("\u{1B}"))
    }

    @Test func inspectForgivesWhatPeoplePaste() async throws {
        let program = try offline()
        let text = try await token(program).trimmingCharacters(in: .newlines)
        for (pasted, code) in [
            ("'\(text)'\n", "quotes"), ("Authorization: Bearer \(text)", "bearer-prefix"), ("  \(text)", "white-space"),
            (String(text.prefix(70)) + "\n" + text.dropFirst(70), "line-breaks"),
        ] {
            let result = try await program.run("token", "inspect", "--now", Self.now, "-o", "json", input: pasted)
            let answer = try json(result.output)
            #expect(answer["identity"] as? String == Self.identity)
            let findings = try #require(answer["findings"] as? [[String: Any]])
            #expect(findings.contains { ($0["code"] as? String ?? "").contains(code) }, "\(findings)")
        }
        let good = try await program.run("token", "inspect", text, "--now", Self.now)
        #expect(good.status == 0)
        #expect(good.output.contains("no findings"))
    }

    @Test(arguments: SignRequestCase.all)
    func signRequestAgreesWithAWSsSuite(_ test: SignRequestCase) async throws {
        var program = Program(home: try TemporaryFolder())
        program.environment["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE"
        program.environment["AWS_SECRET_ACCESS_KEY"] = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
        for input in [test.request, test.request.replacingOccurrences(of: "\n", with: "\r\n")] {
            let result = try await Program.run(
                Program.path,
                [
                    "debug", "sign-request", "--region", "us-east-1", "--service", "service", "--time",
                    "20150830T123600Z",
                ] + test.options, environment: program.environment, input: input)
            #expect(result.status == 0, "\(result.errors)")
            let answer = try json(result.output)
            let signature = answer["signature"] as? String ?? answer["authorization"] as? String ?? ""
            #expect(signature.hasSuffix(test.signature), "\(answer["canonicalRequest"] ?? "")")
            #expect((answer["signature"] != nil) == test.options.contains("--presign"))
        }
    }
}

/// A case of the published AWS Signature Version 4 suite, as its files write it.
struct SignRequestCase: Sendable, CustomTestStringConvertible {
    let name: String
    let request: String
    let signature: String
    var options: [String] = []
    var testDescription: String { name }

    private static let host = "Host:example.amazonaws.com\n"

    static let all: [SignRequestCase] = [
        .init(
            name: "get-vanilla", request: "GET / HTTP/1.1\n\(host)X-Amz-Date:20150830T123600Z\n\n",
            signature: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
        .init(
            name: "get-utf8", request: "GET /ሴ HTTP/1.1\n\(host)X-Amz-Date:20150830T123600Z",
            signature: "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85"),
        .init(
            name: "get-space", request: "GET /example space/ HTTP/1.1\n\(host)",
            signature: "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741"),
        .init(
            name: "get-relative", request: "GET /example/.. HTTP/1.1\n\(host)",
            signature: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
        .init(
            name: "get-slashes", request: "GET //example// HTTP/1.1\n\(host)",
            signature: "9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84"),
        .init(
            name: "get-header-key-duplicate",
            request: "GET / HTTP/1.1\n\(host)My-Header1:value2\nMy-Header1:value2\nMy-Header1:value1\n",
            signature: "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea"),
        .init(
            name: "get-header-value-trim",
            request: "GET / HTTP/1.1\n\(host)My-Header1: value1\nMy-Header2: \"a   b   c\"\n",
            signature: "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736"),
        .init(
            name: "get-header-value-multiline",
            request: "GET / HTTP/1.1\n\(host)My-Header1:value1\n  value2\n     value3\n",
            signature: "cfd34249e4b1c8d6b91ef74165d41a32e5fab3306300901bb65a51a73575eefd"),
        .init(
            name: "post-x-www-form-urlencoded",
            request: "POST / HTTP/1.1\nContent-Type:application/x-www-form-urlencoded\n\(host)\nParam1=value1",
            signature: "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"),
        .init(
            name: "get-slashes-unnormalized", request: "GET //example// HTTP/1.1\n\(host)",
            signature: "87cca117541a147f6df867677d98a7d80dff226d2bfca9e4ffa899665623c7e5",
            options: ["--no-normalize-path"]),
        .init(
            name: "get-relative-unnormalized", request: "GET /example/.. HTTP/1.1\n\(host)",
            signature: "eca7ead57bb5aa5c8e28007acd4ff04e1ff9a0ff3b237ec1554a184887ff9282",
            options: ["--no-normalize-path"]),
        .init(
            name: "get-vanilla presigned", request: "GET / HTTP/1.1\n\(host)X-Amz-Date:20150830T123600Z\n\n",
            signature: "e93c787ed7f371d5c6b165c1b38ede9550f4dce4144713e844b25b7192d3865d",
            options: ["--presign", "--expires", "3600"]),
    ]
}
