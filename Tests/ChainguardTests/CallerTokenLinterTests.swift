import AWSCaller
import Chainguard
import FoundationEssentials
import Testing

struct CallerTokenLinterTests {
    private typealias Sample = CallerTokenSample

    private func codes(_ text: String, now: Date = Sample.now) -> [String] {
        TokenLinter(identity: Sample.identity, now: now).lint(text).map(\.code)
    }

    private func codes(_ name: String, _ value: String?) -> [String] {
        codes(Sample.token(replacing: name, by: value))
    }

    private func authorization(
        key: String = "AKIDEXAMPLE", scope: String = "20231114/us-east-1/sts/aws4_request",
        signed: String = Sample.signedHeaders, signature: String = String(repeating: "ab", count: 32)
    ) -> String {
        "AWS4-HMAC-SHA256 Credential=\(key)/\(scope), SignedHeaders=\(signed), Signature=\(signature)"
    }

    @Test func findsNothingInAGoodToken() throws {
        #expect(codes(Sample.token()).isEmpty)
        let token = try CallerTokenGenerator(audience: Sample.audience)
            .generate(identity: Sample.identity, credentials: Sample.credentials, at: Sample.now)
        #expect(codes(token.text.reveal()).isEmpty)
    }

    @Test func findsWhatOldCurlDoes() {
        #expect(codes("Authorization", authorization(signed: "host;x-amz-date")) == ["unsigned-binding-headers"])
        let dropped = authorization(signed: Sample.signedHeaders + ";x-amz-security-token")
        #expect(codes("Authorization", dropped) == ["empty-security-token"])
        #expect(
            codes(Sample.token(line: "POST /?Action=GetCallerIdentity&Version=2011-06-15 HTTP/2")).contains(
                "http2-request-line"))
        #expect(codes("") == ["empty-token"])
    }

    @Test func findsMisaddressedTokens() {
        #expect(codes("Chainguard-Audience", "https://issuer.enforce.dev/") == ["audience-trailing-slash"])
        #expect(codes("Chainguard-Audience", "https://other") == ["audience"])
        #expect(codes("Chainguard-Audience", nil).contains("missing-audience"))
        #expect(codes("Chainguard-Identity", "other") == ["identity"])
        #expect(codes("Chainguard-Identity", nil).contains("missing-identity"))
        #expect(codes("Host", "sts.eu-west-1.amazonaws.com") == ["host"])
        #expect(codes("Host", nil) == ["missing-host"])
        #expect(codes("Accept", nil).contains("no-accept"))
        #expect(codes("Accept", "*/*") == ["accept-not-json"])
        let linter = TokenLinter(now: Sample.now)
        #expect(linter.lint(Sample.token(replacing: "Chainguard-Identity", by: "me")).map(\.code) == ["identity-form"])
    }

    @Test func findsOddRequests() {
        #expect(codes(Sample.token(line: "GET /?Action=GetCallerIdentity&Version=2011-06-15 HTTP/1.1")) == ["method"])
        #expect(codes(Sample.token(line: "POST /x?Action=GetCallerIdentity&Version=2011-06-15 HTTP/1.1")) == ["path"])
        #expect(codes(Sample.token(line: "POST /?Action=AssumeRole HTTP/1.1")) == ["action"])
        #expect(codes(Sample.token(line: "POST https://sts.amazonaws.com/ HTTP/1.1")) == ["absolute-target"])
        #expect(
            codes(Sample.token(line: "POST /?Action=GetCallerIdentity&Version=2011-06-15 HTTP/1.0")) == ["http-version"]
        )
        #expect(codes(Sample.token(eol: "\n", end: "\n")) == ["lf-line-ends"])
        #expect(codes(Sample.token(end: "\r\nAction=GetCallerIdentity")) == ["body"])
        #expect(codes("Accept", "application/json,\r\n text/xml").contains("folded-header"))
        #expect(codes(Sample.token(Sample.headers + [("X-Amz-Date", "x")])) == ["duplicate-header"])
    }

    @Test func findsTokensOfOthers() {
        for (header, name) in [
            ("X-Vault-AWS-IAM-Server-ID", "Vault"), ("x-k8s-aws-id", "EKS"), ("X-Teleport-Challenge", "Teleport"),
        ] {
            var headers = Sample.headers + [(header, "x")]
            headers[2].1 = authorization(signed: "host;x-amz-date;\(header.lowercased())")
            let findings = TokenLinter(now: Sample.now).lint(Sample.token(headers))
            let finding = findings.first { $0.code == "other-relying-party" }
            #expect(finding?.severity == .error)
            #expect(finding?.explanation.contains(name) == true)
        }
    }

    @Test func findsBadSignatures() {
        #expect(codes("Authorization", nil) == ["no-authorization"])
        #expect(codes("Authorization", "Basic abc") == ["authorization-form"])
        #expect(codes("Authorization", authorization(signature: "xyz")) == ["signature-form"])
        #expect(
            codes("Authorization", authorization(scope: "20231114/eu-west-1/sts/aws4_request")) == ["scope-region"])
        #expect(codes("Authorization", authorization(scope: "20231114/us-east-1/s3/aws4_request")) == ["scope-service"])
        #expect(codes("Authorization", authorization(scope: "20231113/us-east-1/sts/aws4_request")) == ["scope-date"])
        #expect(
            codes("Authorization", authorization(signed: Sample.signedHeaders + ";x-extra")) == ["signed-header-absent"]
        )
    }

    @Test func findsKeysAndTokensThatDoNotBelongTogether() {
        #expect(codes("Authorization", authorization(key: "ASIAEXAMPLE")) == ["temporary-key-without-token"])
        var headers = Sample.headers + [("X-Amz-Security-Token", "t")]
        #expect(codes(Sample.token(headers)) == ["unsigned-security-token"])
        headers[2].1 = authorization(key: "AKIAEXAMPLE", signed: Sample.signedHeaders + ";x-amz-security-token")
        #expect(codes(Sample.token(headers)) == ["long-term-key-with-token"])
        headers[6].1 = ""
        #expect(codes(Sample.token(headers)) == ["empty-security-token"])
    }

    @Test func findsTimesThatDoNotFit() {
        let token = Sample.token()
        #expect(codes(token, now: Sample.now.addingTimeInterval(901)) == ["expired"])
        #expect(codes(token, now: Sample.now.addingTimeInterval(900)) == ["near-expiry"])
        #expect(codes(token, now: Sample.now.addingTimeInterval(780)).isEmpty)
        #expect(codes(token, now: Sample.now.addingTimeInterval(-301)) == ["future-dated"])
        #expect(codes(token, now: Sample.now.addingTimeInterval(-300)) == ["clock-ahead"])
        #expect(codes("X-Amz-Date", nil).contains("missing-date"))
        #expect(codes("X-Amz-Date", "yesterday").contains("date-form"))
        #expect(codes("X-Amz-Date", "20231114T221320.5Z") == ["fractional-date"])
    }

    @Test func putsTheWorstFirst() {
        let findings = TokenLinter(identity: "other", now: Sample.now.addingTimeInterval(850))
            .lint(Sample.token(eol: "\n", end: "\n"))
        #expect(findings.map(\.severity) == [.error, .warning, .note])
        #expect(findings.allSatisfy { !$0.place.isEmpty && !$0.explanation.isEmpty })
    }
}
