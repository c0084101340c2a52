import Foundation
import Testing

/// The token's bytes, checked by a signer that shares nothing with cgid: openssl, driven by a shell.
@Suite struct TokenBytesTests {
    static let identity = "0123456789abcdef0123456789abcdef01234567/0123456789abcdef"
    static let secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"

    @Test(arguments: [nil, "IQoJb3JpZ2luX2VjEXAMPLE+/token=="])
    func opensslComputesTheSameSignature(sessionToken: String?) async throws {
        var program = Program(home: try TemporaryFolder())
        program.environment["AWS_ACCESS_KEY_ID"] = sessionToken == nil ? "AKIAIOSFODNN7EXAMPLE" : "ASIAIOSFODNN7EXAMPLE"
        program.environment["AWS_SECRET_ACCESS_KEY"] = Self.secret
        program.environment["AWS_SESSION_TOKEN"] = sessionToken
        let created = try await program.run(
            "token", "create", "--identity", Self.identity, "--now", "2026-03-04T05:06:07Z")
        #expect(created.status == 0, "\(created.errors)")

        let request = try decoded(created.output)
        #expect(
            request.hasPrefix(
                "POST /?Action=GetCallerIdentity&Version=2011-06-15 HTTP/1.1\r\nHost: sts.amazonaws.com\r\n"))
        #expect(request.hasSuffix("\r\n\r\n"))
        #expect(request.contains("\r\nX-Amz-Date: 20260304T050607Z\r\n"))
        #expect(request.lowercased().contains("x-amz-security-token") == (sessionToken != nil))

        let signature = try await opensslSignature(of: canonicalRequest(sessionToken: sessionToken))
        #expect(request.contains("Signature=\(signature)\r\n"))
    }

    private func decoded(_ token: String) throws -> String {
        let text = token.trimmingCharacters(in: .newlines)
        #expect(text.count % 4 == 0, "padded")
        #expect(!text.contains("+") && !text.contains("/"), "the URL alphabet")
        let standard = text.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
        return String(decoding: try #require(Data(base64Encoded: standard)), as: UTF8.self)
    }

    /// Written out by hand from "Create a signed AWS API request" (IAM User Guide).
    private func canonicalRequest(sessionToken: String?) -> String {
        let tokenHeader = sessionToken.map { "x-amz-security-token:\($0)\n" } ?? ""
        return """
            POST
            /
            Action=GetCallerIdentity&Version=2011-06-15
            accept:application/json
            chainguard-audience:https://issuer.enforce.dev
            chainguard-identity:\(Self.identity)
            host:sts.amazonaws.com
            x-amz-date:20260304T050607Z
            \(tokenHeader)
            accept;chainguard-audience;chainguard-identity;host;x-amz-date\(sessionToken == nil ? "" : ";x-amz-security-token")
            e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
            """
    }

    private func opensslSignature(of canonicalRequest: String) async throws -> String {
        let script = """
            set -eu
            hmac() { openssl dgst -sha256 -mac HMAC -macopt "hexkey:$1" | sed 's/.*= *//'; }
            hash=$(printf %s "$CANONICAL" | openssl dgst -sha256 | sed 's/.*= *//')
            key=$(printf %s "AWS4$SECRET" | od -An -v -tx1 | tr -d ' \\n')
            for part in 20260304 us-east-1 sts aws4_request; do key=$(printf %s "$part" | hmac "$key"); done
            printf 'AWS4-HMAC-SHA256\\n20260304T050607Z\\n20260304/us-east-1/sts/aws4_request\\n%s' "$hash" | hmac "$key"
            """
        let result = try await Program.run(
            "/bin/sh", ["-c", script],
            environment: [
                "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "SECRET": Self.secret,
                "CANONICAL": canonicalRequest,
            ])
        #expect(result.status == 0, "\(result.errors)")
        return result.output.trimmingCharacters(in: .newlines)
    }
}
