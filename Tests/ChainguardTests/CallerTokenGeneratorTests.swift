import AWSCaller
import Chainguard
import FoundationEssentials
import TestSupport
import Testing

/// The signatures were made by botocore 1.43 (`SigV4Auth(Credentials(…), "sts", region).add_auth(request)` with the
/// clock set), and so by other people's code.
struct CallerTokenGeneratorTests {
    private let sample = CallerTokenSample.credentials
    private let uidp = CallerTokenSample.identity

    private func date(_ text: String) throws -> Date { try #require(AmzDate.parse(text)) }

    @Test func signsWhatBotocoreSigns() throws {
        let token = try CallerTokenGenerator(audience: "https://issuer.enforce.dev")
            .generate(identity: uidp, credentials: sample, at: date("20150830T123600Z"))
        #expect(
            token.request.headers["Authorization"]
                == "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/sts/aws4_request, "
                + "SignedHeaders=accept;chainguard-audience;chainguard-identity;host;x-amz-date, "
                + "Signature=a6278fdbef6f542870dce480ceb2e1121f6d5a63b5855b762556f05ba9bb801c")
    }

    @Test func signsTheSessionToken() throws {
        var credentials = sample
        credentials.accessKeyID = "ASIAEXAMPLE"
        credentials.sessionToken = Secret("AQoDYXdzEPT//////////wEXAMPLE+token==")
        let token = try CallerTokenGenerator(audience: "https://issuer.enforce.dev")
            .generate(identity: uidp, credentials: credentials, at: date("20260801T000000Z"))
        #expect(
            token.request.authorization?.signature
                == "6d65390ae410814eec2ceb8474af871014db6159d3cc0b6014d78b7ed27f3a7f")
        #expect(token.request.authorization?.signedHeaders.last == "x-amz-security-token")
        #expect(token.request.securityToken == credentials.sessionToken)
    }

    /// The region comes with the host, and the identity's two spaces are one in the canonical request.
    @Test func signsForARegionalHost() throws {
        let credentials = AWSCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: Secret("secret"))
        let token = try CallerTokenGenerator(
            audience: "https://issuer.example.com", stsHost: "sts.eu-west-1.amazonaws.com"
        ).generate(identity: "a  b", credentials: credentials, at: date("20240229T235959Z"))
        #expect(
            token.request.authorization?.signature
                == "96ddc38037aef0bfe7d508a614baed36c288820862aaada1d3ca166417df6630")
        #expect(token.request.identity == "a  b")
    }

    @Test func writesTheRequestByteForByte() throws {
        let token = try CallerTokenGenerator(audience: "https://issuer.enforce.dev")
            .generate(identity: uidp, credentials: sample, at: date("20150830T123600Z"))
        let expected = """
            POST /?Action=GetCallerIdentity&Version=2011-06-15 HTTP/1.1
            Host: sts.amazonaws.com
            Accept: application/json
            Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/sts/aws4_request, \
            SignedHeaders=accept;chainguard-audience;chainguard-identity;host;x-amz-date, \
            Signature=a6278fdbef6f542870dce480ceb2e1121f6d5a63b5855b762556f05ba9bb801c
            Chainguard-Audience: https://issuer.enforce.dev
            Chainguard-Identity: 0123456789abcdef0123456789abcdef01234567/0123456789abcdef
            X-Amz-Date: 20150830T123600Z


            """.replacing("\n", with: "\r\n")
        #expect(token.request.raw.reveal() == expected)
        #expect(token.text.reveal() == CallerTokenSample.encoded(Array(expected.utf8)))
    }

    /// Signatures made anew from the token's own parts, by a hash written out in the tests.
    @Test func everySignatureCanBeMadeAnew() throws {
        var random = SeededGenerator(seed: 4)
        let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/+=")
        func text(_ count: Int) -> String { String((0..<count).map { _ in letters.randomElement(using: &random)! }) }
        for round in 0..<100 {
            let secret = text(Int.random(in: 1...90, using: &random))
            let session = round.isMultiple(of: 2) ? text(Int.random(in: 1...4_000, using: &random)) : nil
            let date = Date(timeIntervalSince1970: Double(UInt32.random(in: .min ... .max, using: &random)))
            let token = try CallerTokenGenerator(audience: "https://\(text(9))").generate(
                identity: text(Int.random(in: 1...80, using: &random)),
                credentials: AWSCredentials(
                    accessKeyID: "AKID\(round)", secretAccessKey: Secret(secret),
                    sessionToken: session.map(Secret.init)),
                at: date)
            let request = token.request
            let signed = try #require(request.authorization?.signedHeaders)
            let values = signed.map { "\($0):\(request.headers[$0] ?? "")\n" }.joined()
            let canonical =
                "POST\n/\nAction=GetCallerIdentity&Version=2011-06-15\n\(values)\n\(signed.joined(separator: ";"))\n"
                + PlainSHA256.hex(PlainSHA256.hash([]))
            #expect(token.canonicalRequest.reveal() == canonical)
            let signature = PlainSHA256.signature(
                canonical, secret: secret, amzDate: request.headers["X-Amz-Date"] ?? "", region: "us-east-1")
            #expect(request.authorization?.signature == signature)
            #expect(signed == signed.sorted())
        }
    }

    @Test func isAcceptedByTheVerifier() throws {
        let token = try CallerTokenGenerator(audience: CallerTokenSample.audience)
            .generate(identity: uidp, credentials: sample, at: CallerTokenSample.now)
        #expect(try CallerTokenSample.verdict(token.text.reveal()) == "ok")
    }

    /// The signing key that is kept between tokens is the right one for each.
    @Test func oneGeneratorServesManyCallers() throws {
        let generator = CallerTokenGenerator(audience: CallerTokenSample.audience)
        var other = sample
        other.secretAccessKey = Secret("other")
        var signatures: Set<String> = []
        for (credentials, seconds) in [(sample, 0.0), (other, 0), (sample, 86_400), (sample, 0)] {
            let token = try generator.generate(
                identity: uidp, credentials: credentials, at: CallerTokenSample.now.addingTimeInterval(seconds))
            let fresh = try CallerTokenGenerator(audience: CallerTokenSample.audience).generate(
                identity: uidp, credentials: credentials, at: CallerTokenSample.now.addingTimeInterval(seconds))
            #expect(token == fresh)
            signatures.insert(token.request.authorization?.signature ?? "")
        }
        #expect(signatures.count == 3)
    }

    @Test func endsWithTheCredentials() throws {
        let generator = CallerTokenGenerator(audience: CallerTokenSample.audience)
        var credentials = sample
        let now = CallerTokenSample.now.addingTimeInterval(0.75)
        func expiry(_ end: Date?) throws -> Date {
            credentials.expiration = end
            return try generator.generate(identity: uidp, credentials: credentials, at: now).expires
        }
        #expect(try expiry(nil) == CallerTokenSample.now.addingTimeInterval(900))
        #expect(try expiry(now.addingTimeInterval(60)) == now.addingTimeInterval(60))
        #expect(try expiry(now.addingTimeInterval(3_600)) == CallerTokenSample.now.addingTimeInterval(900))
    }

    @Test(arguments: ["", " ", "\t", "a\nb", "a\r\nX-Evil: 1", "a\u{0}", "a\u{7F}", "a\u{85}b", "a\tb"])
    func refusesEmptyAndControlCharacters(_ text: String) {
        let generator = CallerTokenGenerator(audience: CallerTokenSample.audience)
        #expect(throws: Failure.self) { try generator.generate(identity: text, credentials: sample, at: .now) }
        #expect(throws: Failure.self) {
            try CallerTokenGenerator(audience: text).generate(identity: uidp, credentials: sample, at: .now)
        }
        var credentials = sample
        credentials.sessionToken = Secret(text)
        #expect(throws: Failure.self) { try generator.generate(identity: uidp, credentials: credentials, at: .now) }
        credentials = sample
        credentials.accessKeyID = text
        #expect(throws: Failure.self) { try generator.generate(identity: uidp, credentials: credentials, at: .now) }
    }

    @Test(arguments: ["", "sts.amazonaws.com:443", "STS.amazonaws.com", "sts.amazonaws.com/x", "a b"])
    func refusesHostsThatNoVerifierExpects(_ host: String) {
        let generator = CallerTokenGenerator(audience: CallerTokenSample.audience, stsHost: host)
        do {
            _ = try generator.generate(identity: uidp, credentials: sample, at: .now)
            Issue.record("accepted")
        } catch {
            #expect(error.category == .usage)
        }
    }

    @Test func showsNoSecretWhenPrinted() throws {
        var credentials = sample
        credentials.sessionToken = Secret("SESSIONSESSION")
        let token = try CallerTokenGenerator(audience: CallerTokenSample.audience)
            .generate(identity: uidp, credentials: credentials, at: CallerTokenSample.now)
        var dumped = ""
        dump(token, to: &dumped)
        dump(token.request, to: &dumped)
        dumped += "\(token) \(token.request)"
        #expect(!dumped.contains("SESSION"))
        #expect(!dumped.contains(token.request.authorization?.signature ?? ""))
    }
}
