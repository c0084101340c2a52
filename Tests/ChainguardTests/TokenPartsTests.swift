import AWSCaller
import Chainguard
import FoundationEssentials
import TestSupport
import Testing

@Suite struct TokenPartsTests {
    private func parts(_ text: String) throws -> TokenParts {
        TokenParts(try TokenDecoder.decode(text).request)
    }

    private func good() throws -> TokenRequest {
        let credentials = AWSCredentials(
            accessKeyID: "ASIAEXAMPLE", secretAccessKey: Secret("secret"), sessionToken: Secret("a/session+token=="))
        return try CallerTokenGenerator(audience: "https://issuer.enforce.dev").generate(
            identity: "2f9c1a7be0d34c58a1b6e4f0917d2c3a5b8e6f41", credentials: credentials,
            at: Date(timeIntervalSince1970: 1_795_435_200)
        ).request
    }

    /// Every byte belongs to exactly one part, and the parts stand in order.
    private func expectWhole(_ parts: TokenParts) {
        var end = 0
        for part in parts.parts {
            #expect(part.range.lowerBound == end && !part.range.isEmpty)
            end = part.range.upperBound
        }
        #expect(end == parts.text.reveal().utf8.count)
        #expect(parts.parts.allSatisfy { ($0.kind == .punctuation) == ($0.kind.explanation == nil) })
    }

    @Test func aGoodTokenHasEachPartOnce() throws {
        let parts = TokenParts(try good())
        expectWhole(parts)
        let named = parts.parts.filter { $0.kind != .punctuation }
        #expect(Set(named.map(\.kind)).count == named.count)
        let text = { kind in named.first { $0.kind == kind }.map(parts.text(of:)) }
        #expect(text(.method) == "POST")
        #expect(text(.path) == "/")
        #expect(text(.query) == "Action=GetCallerIdentity&Version=2011-06-15")
        #expect(text(.version) == "HTTP/1.1")
        #expect(text(.headerName("Host")) == "Host")
        #expect(text(.headerValue("host")) == "sts.amazonaws.com")
        #expect(text(.algorithm) == "AWS4-HMAC-SHA256")
        #expect(text(.accessKey) == "ASIAEXAMPLE")
        #expect(text(.scopeDate) == "20261123")
        #expect(text(.scopeRegion) == "us-east-1")
        #expect(text(.scopeService) == "sts")
        #expect(text(.scopeTerminator) == "aws4_request")
        #expect(text(.signedHeaders)?.hasPrefix("accept;chainguard-audience") == true)
        #expect(text(.signature)?.count == 64)
        #expect(text(.headerValue("x-amz-security-token")) == "a/session+token==")
        #expect(text(.body) == nil)
    }

    @Test func whatLetsSomebodyInIsSecretAndWhatIsCoveredIsSigned() throws {
        let parts = TokenParts(try good())
        #expect(parts.parts.filter(\.isSecret).map(\.kind) == [.signature, .headerValue("x-amz-security-token")])
        let unsigned = parts.parts.filter { !$0.isSigned && $0.kind != .punctuation }.map(\.kind)
        #expect(unsigned == [.version, .headerName("Authorization"), .accessKey, .signedHeaders, .signature])
    }

    @Test(arguments: [
        "POST / HTTP/1.1\nHost: a\n\n", "GET /x HTTP/2\r\nA:b\r\n  folded: on\r\n",
        "POST /?X-Amz-Signature=1 HTTP/1.1\r\n\r\n",
        "POST / HTTP/1.1\r\nAuthorization: x\r\nAuthorization: A Credential=a/b, Signature, ,=\r\n\r\nbody\r\nmore\n",
        "POST / HTTP/1.1\r\n:\r\n:x\r\nno colon\r\nCookie: a\r\n",
    ])
    func oddRequestsAreCutWholeToo(_ text: String) throws {
        expectWhole(try parts(text))
    }

    /// A good request, damaged at random places, in whatever way.
    @Test func anyDamageLeavesThePartsWhole() throws {
        let bytes = Array(try good().raw.reveal().utf8)
        var generator = SeededGenerator(seed: 7)
        let marks = Array("\r\n :;,=/?&\t%\u{7F}x0".utf8)
        for _ in 0..<2_000 {
            var damaged = bytes
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let place = Int.random(in: 0..<damaged.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: damaged.remove(at: place)
                case 1: damaged.insert(marks.randomElement(using: &generator) ?? 0, at: place)
                default: damaged[place] = marks.randomElement(using: &generator) ?? 0
                }
            }
            var request = try good()
            request.raw = Secret(String(decoding: damaged, as: UTF8.self))
            expectWhole(TokenParts(request))
        }
    }

    @Test func theFormsThatWereSignedComeFromTheRequestAlone() throws {
        let credentials = AWSCredentials(accessKeyID: "AKIAEXAMPLE", secretAccessKey: Secret("secret"))
        let token = try CallerTokenGenerator(audience: "https://issuer.enforce.dev").generate(
            identity: "2f9c1a7be0d34c58a1b6e4f0917d2c3a5b8e6f41", credentials: credentials, at: Date())
        #expect(token.request.canonicalRequest == token.canonicalRequest)
        #expect(token.request.stringToSign == token.stringToSign)
    }
}
